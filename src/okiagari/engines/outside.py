"""What can be wrong with asking an address outside; without the HTTP client, which takes time to load."""

from okiagari.problems import Kind, define, gettext_noop

UNREACHABLE = define(
    "outside.unreachable",
    Kind.UNAVAILABLE,
    gettext_noop("%(host)s did not answer (%(why)s)."),
    gettext_noop("It is tried again by itself. If it lasts, look at the network of this machine."),
)
NOT_ALLOWED = define(
    "outside.not_allowed",
    Kind.CONFLICT,
    gettext_noop("%(host)s is not asked: it is no public address, or one without https."),
    gettext_noop("Check the address in the settings: https, and a host that is public."),
)
