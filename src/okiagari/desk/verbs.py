"""The table of verbs: what each needs. Read by `permits` alone.

verb -> (level of the grant on the scope, roles that may). "public" means anybody at the door.
"role@own": that role may only with what belongs to one of its own teams (see `permits.require_for`).
A developer works where the team was let in; an executive where a case was brought to them.
"""

_WORKERS = ("member",)
_BUILDERS = ("member", "developer")
_OWNERS = ("member", "developer@own")
_INSIDE = ("member", "developer", "support", "pr", "executive", "approver")
_READERS = (*_INSIDE, "partner")

VERBS: dict[str, tuple[str, ...]] = {
    # desk
    "desk.manage": ("SEE", "administrator"),
    "desk.directory": ("SEE", *_INSIDE, "auditor", "administrator"),
    "desk.calendar": ("SEE", *_INSIDE, "auditor", "administrator"),
    "desk.put_holiday": ("SEE", "member", "administrator"),
    "desk.own_account": ("SEE", *_READERS, "auditor", "administrator"),
    "audit.read": ("SEE", "auditor"),
    "audit.figures": ("SEE", "auditor"),  # how many streams there are would tell of new cases
    # catalogue
    "catalog.read": ("SEE", *_INSIDE, "auditor", "administrator"),
    "catalog.inventory": ("SEE", "member", "executive", "auditor"),
    "catalog.keep_inventory": ("SEE", "member"),
    "catalog.change": ("SEE", *_BUILDERS),
    "catalog.import": ("SEE", "member", "administrator"),
    # intake
    "intake.submit": ("SEE", "public", *_READERS, "auditor", "administrator"),
    "intake.receive": ("SEE", *_INSIDE),
    "intake.read": ("SEE", *_READERS),
    "intake.work": ("WORK", *_WORKERS),
    "intake.identity": ("SEE", *_INSIDE),
    "intake.erase": ("LEAD", "member"),
    # cases
    "cases.open": ("WORK", *_WORKERS),
    "cases.read": ("SEE", *_READERS),
    "cases.inside": ("SEE", *_INSIDE),
    "cases.work": ("WORK", *_WORKERS),
    "cases.note": ("SEE", *_INSIDE),
    "cases.send": ("SEE", "member", "pr", "support"),  # what leaves the house as a letter
    "cases.approve_answer": ("SEE", "pr", "approver"),
    "cases.inquiries": ("SEE", "member", "support", "pr", "approver"),  # approved answers, never their cases
    "cases.task": ("SEE", *_INSIDE),
    "cases.evidence": ("SEE", *_INSIDE),
    "cases.party": ("LEAD", "member"),
    "cases.confirm": ("WORK", "member"),
    "cases.feed": ("SEE", *_INSIDE),
    "cases.rules": ("SEE", "member"),
    "cases.embargo": ("LEAD", "member"),
    "cases.close": ("LEAD", "member"),
    "cases.meeting": ("WORK", "member"),
    "cases.decide": ("SEE", "member", "executive"),
    "cases.act_urgently": ("SEE", "member", "executive", "approver"),
    "cases.review": ("SEE", "member", "executive", "approver"),
    "cases.reopen": ("SEE", "member"),
    # triage
    "triage.judge_first": ("SEE", *_BUILDERS),
    "triage.judge_final": ("WORK", "member"),
    "triage.judge_executive": ("SEE", "executive"),
    "triage.criteria": ("SEE", "member"),
    "triage.score": ("SEE", *_BUILDERS),
    "triage.rows": ("WORK", "member"),
    "triage.rules": ("SEE", "member"),
    "triage.decide": ("SEE", *_OWNERS),
    "triage.hand_over": ("SEE", *_OWNERS),
    "triage.carry": ("SEE", *_OWNERS),
    # remedy
    "remedy.plan": ("SEE", *_BUILDERS),
    "remedy.accept": ("SEE", "executive", "approver"),
    "remedy.stop": ("WORK", "member"),
    "remedy.stop_at_once": ("SEE", "member", "executive", "approver"),
    "remedy.approve": ("SEE", "executive", "approver"),
    "remedy.count": ("SEE", "member", "developer", "support"),
    # disclose
    "disclose.draft": ("WORK", "member", "developer"),
    "disclose.review": ("SEE", "member", "approver"),
    "disclose.approve": ("SEE", "approver"),
    "disclose.publish": ("WORK", "member"),
    "disclose.cve": ("WORK", "member"),  # ids of our own at CVE Services: reserve, publish, reject
    "disclose.report": ("WORK", "member"),  # where we stand, to the coordinator
    "disclose.confirm": ("SEE", *_INSIDE),  # whoever saw it out there may say so
    "disclose.briefing": ("SEE", *_INSIDE),  # of what is public, whoever is in its cases
    "disclose.press": ("SEE", "member", "pr", "executive", "approver"),
    # what is public: the site as it was, where it goes
    "site.archive": ("SEE", *_INSIDE, "auditor", "administrator"),  # what was public once
    "site.prune": ("SEE", "administrator"),
    "site.targets": ("SEE", "member", "pr", "auditor", "administrator"),
    "site.send": ("SEE", "member", "administrator"),
    # the keys that sign what is published
    "keys.read": ("SEE", "member", "auditor", "administrator"),
    "keys.keep": ("SEE", "administrator"),
    # fleet, reach
    "fleet.read": ("SEE", *_INSIDE, "auditor"),
    "fleet.import": ("SEE", "member", "administrator"),
    "fleet.rules": ("SEE", *_BUILDERS, "administrator"),
    "reach.read": ("SEE", *_INSIDE, "auditor"),
    "reach.settle": ("WORK", "member"),
    # learn
    "learn.write": ("WORK", *_WORKERS),
    "learn.act": ("SEE", *_INSIDE),
    "learn.specify": ("SEE", "member"),
    # flow
    "flow.templates": ("SEE", "member", "pr"),
    "flow.read": ("SEE", *_READERS),
    "flow.documents": ("SEE", *_INSIDE),
    "flow.read_document": ("SEE", "member"),
    "flow.import_document": ("WORK", "member"),
    "flow.merge": ("LEAD", "member"),
    "flow.split": ("LEAD", "member"),
    # machine room
    "system.run": ("SEE", "administrator"),
}
