"""What can be wrong with a signing key."""

from okiagari.problems import Kind, define, gettext_noop

NO_PASSPHRASE = define(
    "keys.no_passphrase",
    Kind.UNAVAILABLE,
    gettext_noop("The signing key is locked, and no passphrase is set."),
    gettext_noop("Set OKIAGARI_KEY_PASSPHRASE, or OKIAGARI_KEY_PASSPHRASE_FILE with the file that holds it."),
)
WRONG_PASSPHRASE = define(
    "keys.wrong_passphrase",
    Kind.UNAVAILABLE,
    gettext_noop("The passphrase does not open the signing key %(fingerprint)s."),
    gettext_noop("Set OKIAGARI_KEY_PASSPHRASE to the one the key was created or imported with."),
)
SHORT_PASSPHRASE = define(
    "keys.short_passphrase",
    Kind.INVALID,
    gettext_noop("The passphrase of the signing key is too short."),
    gettext_noop("Use %(least)s characters or more."),
)
LOST = define(
    "keys.lost",
    Kind.UNAVAILABLE,
    gettext_noop("%(file)s of the signing keys cannot be read: %(why)s"),
    gettext_noop("Put the folder keys of the data folder back from a backup, or rotate the key."),
)
NOT_A_KEY = define(
    "keys.not_a_key",
    Kind.INVALID,
    gettext_noop("This is not an OpenPGP key that can sign: %(why)s"),
    gettext_noop(
        "Export one key with `gpg --armor --export-secret-keys NAME`, protected by nothing or by what"
        " OKIAGARI_KEY_PASSPHRASE says; of a key held elsewhere, bring the public part with --public."
    ),
)
UNPROTECTED = define(
    "keys.unprotected",
    Kind.INVALID,
    gettext_noop("The secret key is not protected by a passphrase, so it is not taken over the network."),
    gettext_noop(
        "Protect it with the passphrase of the installation (`gpg --edit-key NAME passwd`) and export it"
        " again; or bring it on the server with `okiagari keys import`."
    ),
)
NOT_OURS = define(
    "keys.not_ours",
    Kind.INVALID,
    gettext_noop("The passphrase of the installation does not open this key."),
    gettext_noop(
        "Give the key the passphrase that OKIAGARI_KEY_PASSPHRASE holds (`gpg --edit-key NAME passwd`), and"
        " export it again."
    ),
)
SECRET_INSIDE = define(
    "keys.secret_inside",
    Kind.INVALID,
    gettext_noop("The file holds the secret key, not only the public one. It was not kept."),
    gettext_noop("Export the public part alone with `gpg --armor --export NAME`."),
)
TOO_LARGE = define(
    "keys.too_large",
    Kind.INVALID,
    gettext_noop("A file with one key has at most %(most)s KiB."),
    gettext_noop(
        "Export one key alone, without the signatures of others (`--export-options export-minimal`)."
    ),
)
KNOWN = define(
    "keys.known",
    Kind.CONFLICT,
    gettext_noop("The key %(fingerprint)s is on the ring already."),
    gettext_noop("`okiagari keys list` shows what is there."),
)
ONE_SIGNS = define(
    "keys.one_signs",
    Kind.CONFLICT,
    gettext_noop("The key %(fingerprint)s already signs."),
    gettext_noop("`okiagari keys rotate` puts another in its place and signs everything again."),
)
NONE_SIGNS = define(
    "keys.none_signs",
    Kind.NOT_FOUND,
    gettext_noop("No key signs yet."),
    gettext_noop("Make one with `okiagari keys create`, or bring one with `okiagari keys import`."),
)
OTHER_SIGNS = define(
    "keys.other_signs",
    Kind.STALE,
    gettext_noop("Another key signs by now: %(fingerprint)s."),
    gettext_noop("Somebody has rotated since you looked. Look again before you put one more in its place."),
)
NAMELESS = define(
    "keys.nameless",
    Kind.INVALID,
    gettext_noop("The maker has no contact address to call the key by."),
    gettext_noop("Name the key, such as “PSIRT <psirt@maker.example>”."),
)
YEARS = define(
    "keys.years",
    Kind.INVALID,
    gettext_noop("A key is made for one year to %(most)s years."),
    gettext_noop("Three years are usual; rotate before they are over."),
)
NO_SUCH_KEY = define(
    "keys.no_such_key",
    Kind.NOT_FOUND,
    gettext_noop("There is no key %(fingerprint)s on the ring."),
    gettext_noop("`okiagari keys list` shows what is there."),
)
SIGNS = define(
    "keys.signs",
    Kind.CONFLICT,
    gettext_noop("The key %(fingerprint)s is the one that signs."),
    gettext_noop(
        "Rotate first; or stop signing altogether (--stop-signing), and what is published goes out unsigned."
    ),
)
EXPIRED = define(
    "keys.expired",
    Kind.UNAVAILABLE,
    gettext_noop("The signing key %(fingerprint)s expired on %(day)s; nobody accepts what it signs."),
    gettext_noop("Put a new one in its place with `okiagari keys rotate`."),
)
NO_COMMAND = define(
    "keys.no_command",
    Kind.UNAVAILABLE,
    gettext_noop("The signing key is held elsewhere, and no command is set that signs with it."),
    gettext_noop(
        "Set OKIAGARI_SIGN_COMMAND to a program that reads bytes and writes an armored detached signature."
    ),
)
COMMAND_FAILED = define(
    "keys.command_failed",
    Kind.UNAVAILABLE,
    gettext_noop("The signing command did not sign: %(why)s"),
    gettext_noop(
        "Run it by hand: bytes on standard input, an armored detached signature on standard output."
    ),
)
