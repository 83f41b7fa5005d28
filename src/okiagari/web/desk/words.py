"""What roles and kinds of teams are called."""

from django.utils.translation import gettext_lazy

from okiagari.desk.subjects import Role

ROLES = {
    Role.SUPPORT: gettext_lazy("Support desk"),
    Role.PR: gettext_lazy("PR desk"),
    Role.DEVELOPER: gettext_lazy("Developer"),
    Role.MEMBER: gettext_lazy("Team member"),
    Role.EXECUTIVE: gettext_lazy("Executive"),
    Role.APPROVER: gettext_lazy("Approver"),
    Role.AUDITOR: gettext_lazy("Auditor"),
    Role.ADMINISTRATOR: gettext_lazy("Administrator"),
    Role.PARTNER: gettext_lazy("Outside partner"),
}
TEAM_KINDS = {
    "psirt": gettext_lazy("Product security team"),
    "csirt": gettext_lazy("Company incident team"),
    "development": gettext_lazy("Development"),
    "support": gettext_lazy("Support desk"),
    "pr": gettext_lazy("PR desk"),
    "executives": gettext_lazy("Executives"),
    "approvers": gettext_lazy("Approvers"),
}
