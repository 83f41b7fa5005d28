"""What can be wrong with a catalogue, or with a word about it."""

from okiagari.problems import Kind, define, gettext_noop

UNREADABLE = define(
    "catalog.unreadable",
    Kind.INVALID,
    gettext_noop("The file cannot be read (%(place)s): %(why)s"),
    gettext_noop("It must be a catalogue in YAML or JSON, saved as UTF-8, without YAML anchors."),
)
FILE_TOO_LARGE = define(
    "catalog.file_too_large",
    Kind.TOO_LARGE,
    gettext_noop("The file is larger than %(megabytes)s MiB."),
    gettext_noop("Split it into several files; lines come before the products that use them."),
)
WRONG_SHAPE = define(
    "catalog.wrong_shape",
    Kind.INVALID,
    gettext_noop("The catalogue cannot be read at %(place)s: %(why)s."),
    gettext_noop("The guide lists every field of a catalogue and what it may hold."),
)
UNKNOWN_REFERENCE = define(
    "catalog.unknown_reference",
    Kind.INVALID,
    gettext_noop("%(place)s names “%(key)s”, which is not in the catalogue."),
    gettext_noop("Add it to the same file, or correct the name."),
)
WRONG_CHOICE = define(
    "catalog.wrong_choice",
    Kind.INVALID,
    gettext_noop("%(place)s cannot be “%(value)s”."),
    gettext_noop("It must be one of: %(allowed)s."),
)
WRONG_TEXT = define(
    "catalog.wrong_text",
    Kind.INVALID,
    gettext_noop("%(place)s is empty, too long or holds characters that cannot be shown."),
    gettext_noop("Write 1 to %(limit)s characters on one line."),
)
WRONG_KEY = define(
    "catalog.wrong_key",
    Kind.INVALID,
    gettext_noop("%(place)s cannot be “%(value)s”."),
    gettext_noop("A key has 1 to 80 letters of a to z, digits, hyphens and underscores."),
)
WRONG_ADDRESS = define(
    "catalog.wrong_address",
    Kind.INVALID,
    gettext_noop("%(place)s is not an address of the web: “%(value)s”."),
    gettext_noop("It begins with https:// or http:// and has up to %(limit)s characters."),
)
WRONG_PURL = define(
    "catalog.wrong_purl",
    Kind.INVALID,
    gettext_noop("%(place)s is not a package URL: “%(value)s”."),
    gettext_noop("It looks like pkg:generic/openssl@1.0.2k; leave it empty if there is none."),
)
WRONG_SPAN = define(
    "catalog.wrong_span",
    Kind.INVALID,
    gettext_noop(
        "%(name)s %(version)s would begin in %(since)s, which is newer than %(until)s, its last release."
    ),
    gettext_noop("Swap the two releases, or correct the order of the line."),
)
NO_SUCH_COMPONENT = define(
    "catalog.no_such_component",
    Kind.NOT_FOUND,
    gettext_noop("The list has no component “%(name)s”."),
    gettext_noop("Look at the list again; somebody may have taken it away."),
)
RULE_TOO_DEEP = define(
    "catalog.rule_too_deep",
    Kind.INVALID,
    gettext_noop("The search rule is nested more than %(most)s times."),
    gettext_noop("Say the same with fewer brackets; values of one kind can stand in one list."),
)
RULE_SHAPE = define(
    "catalog.rule_shape",
    Kind.INVALID,
    gettext_noop("“%(key)s” of a search rule holds a list of rules."),
    gettext_noop("Write it as any: [{family: …}, {category: …}]."),
)
WRONG_CHECKSUM = define(
    "catalog.wrong_checksum",
    Kind.INVALID,
    gettext_noop("%(place)s is not a SHA-256 checksum."),
    gettext_noop("It has 64 hexadecimal digits; sha256sum prints it."),
)
WRONG_COUNT = define(
    "catalog.wrong_count",
    Kind.INVALID,
    gettext_noop("%(place)s cannot be %(value)s."),
    gettext_noop("It is a whole number, 0 or more."),
)
WRONG_DATE = define(
    "catalog.wrong_date",
    Kind.INVALID,
    gettext_noop("%(place)s: “%(value)s” is not a date."),
    gettext_noop("Write 2016-10-28, 2016-10, late 2016-10 or 2016; leave it empty if it is not known."),
)
SAID_TWICE = define(
    "catalog.said_twice",
    Kind.INVALID,
    gettext_noop("%(place)s names “%(key)s” twice."),
    gettext_noop("Keep one of the two entries."),
)
WRONG_RULE = define(
    "catalog.wrong_rule",
    Kind.INVALID,
    gettext_noop("“%(key)s” is not something products can be searched by."),
    gettext_noop("A search rule may use: %(allowed)s."),
)
NO_SUCH_PRODUCT = define(
    "catalog.no_such_product",
    Kind.NOT_FOUND,
    gettext_noop("There is no product “%(model)s” in the catalogue."),
    gettext_noop("Write the model number as the catalogue has it, or add the product first."),
)
NO_SUCH_LINE = define(
    "catalog.no_such_line",
    Kind.NOT_FOUND,
    gettext_noop("There is no firmware line “%(line)s”."),
    gettext_noop("Write its key as the catalogue has it, or add the line first."),
)
NO_SUCH_RELEASE = define(
    "catalog.no_such_release",
    Kind.NOT_FOUND,
    gettext_noop("There is no release “%(text)s” on %(line)s."),
    gettext_noop("Add the release, or an alias for it, to the firmware line."),
)
NO_SUCH_ALIAS = define(
    "catalog.no_such_alias",
    Kind.NOT_FOUND,
    gettext_noop("There is no alias “%(alias)s” on %(line)s."),
    gettext_noop("Load the line again; somebody may have taken it away."),
)
THERE_ALREADY = define(
    "catalog.there_already",
    Kind.CONFLICT,
    gettext_noop("“%(key)s” is in the catalogue already."),
    gettext_noop("Change the entry that is there, or choose another name."),
)
ALIAS_TAKEN = define(
    "catalog.alias_taken",
    Kind.CONFLICT,
    gettext_noop("“%(alias)s” already means release %(text)s on %(line)s."),
    gettext_noop("One text can mean only one release on a line; correct the other one first."),
)
ORDER_DIFFERS = define(
    "catalog.order_differs",
    Kind.CONFLICT,
    gettext_noop("On %(line)s, %(text)s comes before %(other)s; the entry has them the other way round."),
    gettext_noop("Correct the entry, or move the release on the page of the line first."),
)
REQUIRES_NEWER = define(
    "catalog.requires_newer",
    Kind.INVALID,
    gettext_noop("Release %(text)s cannot pass through %(requires)s, which is not older."),
    gettext_noop("A required release comes earlier on the same line."),
)
NEEDS_REASON = define(
    "catalog.needs_reason",
    Kind.INVALID,
    gettext_noop("This needs a reason."),
    gettext_noop("Say in one sentence why; it stays with the change."),
)
WRONG_PURL_VERSION = define(
    "catalog.wrong_purl_version",
    Kind.INVALID,
    gettext_noop("%(place)s names a version: “%(value)s”."),
    gettext_noop("Leave the part from @ on out: the version of each release is added by itself."),
)
WRONG_CPE_PART = define(
    "catalog.wrong_cpe_part",
    Kind.INVALID,
    gettext_noop("%(place)s is a CPE of another kind: “%(value)s”."),
    gettext_noop("After cpe:2.3: stands o for firmware, h for hardware, a for applications; here: %(part)s."),
)
WRONG_CPE_VERSION = define(
    "catalog.wrong_cpe_version",
    Kind.INVALID,
    gettext_noop("%(place)s names a version: “%(value)s”."),
    gettext_noop("Write * for version and update: the version of each release is added by itself."),
)
WRONG_PATTERN = define(
    "catalog.wrong_pattern",
    Kind.INVALID,
    gettext_noop("%(place)s is not a pattern of numbers: “%(value)s”."),
    gettext_noop(
        "? is one sign, * any number of them, once at most: XY12*. Up to %(most)s, each once, without blanks."
    ),
)
NEEDS_WORDS = define(
    "catalog.needs_words",
    Kind.INVALID,
    gettext_noop("The step says nothing, or too much (%(place)s)."),
    gettext_noop("Write what to do in this step, in up to %(most)s characters."),
)
NEEDS_ALT = define(
    "catalog.needs_alt",
    Kind.INVALID,
    gettext_noop("What the picture shows is not written in both languages (%(place)s)."),
    gettext_noop(
        "Write it in Japanese and English, in up to %(most)s characters: not everybody sees pictures."
    ),
)
WRONG_PICTURE = define(
    "catalog.wrong_picture",
    Kind.INVALID,
    gettext_noop("%(place)s is not a picture."),
    gettext_noop(
        "In a file of the catalogue it is the name of a picture beside it, a data: address of a PNG, JPEG "
        "or WebP, or the SHA-256 of one that the catalogue has."
    ),
)
TOO_MANY_STEPS = define(
    "catalog.too_many_steps",
    Kind.INVALID,
    gettext_noop("%(place)s has too many steps."),
    gettext_noop("Up to %(most)s; say several things in one step."),
)
NO_SUCH_STEP = define(
    "catalog.no_such_step",
    Kind.NOT_FOUND,
    gettext_noop("There is no step %(number)s."),
    gettext_noop("Somebody may have taken it away; look at the list again."),
)
NO_SUCH_PICTURE = define(
    "catalog.no_such_picture",
    Kind.NOT_FOUND,
    gettext_noop("The catalogue has no picture %(sha256)s."),
    gettext_noop("Send the picture itself."),
)
NO_SUCH_REVISION = define(
    "catalog.no_such_revision",
    Kind.NOT_FOUND,
    gettext_noop("%(model)s has no hardware revision “%(revision)s”."),
    gettext_noop("Add it as a target first."),
)
