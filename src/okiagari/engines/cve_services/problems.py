"""What CVE Services refuse, and what to do about it. Their own words are kept, cut and without the key."""

from okiagari.problems import Kind, define, gettext_noop

KEY_REFUSED = define(
    "cve_services.key_refused",
    Kind.CONFLICT,
    gettext_noop("CVE Services do not accept the account (%(why)s)."),
    gettext_noop(
        "Check OKIAGARI_CVE_API_USER, OKIAGARI_CVE_API_KEY and OKIAGARI_CVE_ORG_NAME; a key can be reset"
        " there."
    ),
)
NO_QUOTA = define(
    "cve_services.no_quota",
    Kind.CONFLICT,
    gettext_noop("CVE Services give no more ids: the quota is used up."),
    gettext_noop("Publish or reject ids that are reserved, or ask the root CNA for a higher quota."),
)
NOT_OWNER = define(
    "cve_services.not_owner",
    Kind.CONFLICT,
    gettext_noop("%(cve)s belongs to another CNA."),
    gettext_noop("Ask the CNA that gave it; nothing was written."),
)
INVALID = define(
    "cve_services.invalid",
    Kind.CONFLICT,
    gettext_noop("CVE Services do not accept the record: %(why)s"),
    gettext_noop("Look at what the advisory says there, and publish an edition with it mended."),
)
BUSY = define(
    "cve_services.busy",
    Kind.TOO_MANY,
    gettext_noop("CVE Services are busy (%(why)s)."),
    gettext_noop("It is tried again by itself."),
)
UNCLEAR = define(
    "cve_services.unclear",
    Kind.UNAVAILABLE,
    gettext_noop("CVE Services gave an answer that cannot be understood (%(why)s)."),
    gettext_noop("It is tried again by itself. If it lasts, check OKIAGARI_CVE_API_URL."),
)
REFUSED = define(
    "cve_services.refused",
    Kind.CONFLICT,
    gettext_noop("CVE Services refused it: %(why)s"),
    gettext_noop("Mend what they name and try again."),
)
