from django.urls import URLPattern, path

from okiagari.web.cases.views import (
    clocks,
    file,
    listing,
    messages,
    people,
    tabs,
    tasks,
    vulnerabilities,
    worklists,
)
from okiagari.web.frame.lists.doors import addresses

app_name = "cases"
_CASE = "cases/<str:case_id>/"
urlpatterns: list[URLPattern] = [
    path("cases/", listing.cases, name="list"),
    *addresses(listing.SHEET, "cases"),
    path("tasks/", worklists.tasks, name="tasks"),
    *addresses(worklists.TASKS, "tasks"),
    path("clocks/", worklists.clocks, name="clocks"),
    *addresses(worklists.CLOCKS, "clocks"),
    path("messages/", worklists.messages, name="message_list"),
    *addresses(worklists.MESSAGES, "messages"),
    path("cases/new/", file.new, name="new"),
    path(_CASE, tabs.overview, name="case"),
    path(f"{_CASE}messages/", tabs.messages, name="messages"),
    path(f"{_CASE}timeline/", tabs.timeline, name="timeline"),
    path(f"{_CASE}edit/", file.edit, name="edit"),
    path(f"{_CASE}close/", file.close, name="close"),
    path(f"{_CASE}reopen/", file.reopen, name="reopen"),
    path(f"{_CASE}embargo/", file.embargo, name="embargo"),
    path(f"{_CASE}vulnerabilities/new/", vulnerabilities.new, name="vulnerability_new"),
    path(f"{_CASE}vulnerabilities/<str:number>/", vulnerabilities.edit, name="vulnerability"),
    path(
        f"{_CASE}vulnerabilities/<str:number>/withdraw/",
        vulnerabilities.withdraw,
        name="vulnerability_withdraw",
    ),
    path(f"{_CASE}vulnerabilities/<str:number>/fact/", vulnerabilities.fact, name="fact_new"),
    path(f"{_CASE}facts/<str:number>/withdraw/", vulnerabilities.withdraw_fact, name="fact_withdraw"),
    path(f"{_CASE}messages/new/", messages.new, name="message_new"),
    path(f"{_CASE}evidence/new/", messages.keep, name="evidence_new"),
    path(f"{_CASE}evidence/<str:number>/", messages.download, name="evidence"),
    path(f"{_CASE}tasks/new/", tasks.new, name="task_new"),
    path(f"{_CASE}tasks/<str:number>/", tasks.finish, name="task"),
    path(f"{_CASE}tasks/<str:number>/drop/", tasks.drop, name="task_drop"),
    path(f"{_CASE}clocks/new/", clocks.new, name="clock_new"),
    path(f"{_CASE}clocks/<str:number>/", clocks.one, name="clock"),
    path(f"{_CASE}clocks/<str:number>/extend/", clocks.extend, name="clock_extend"),
    path(f"{_CASE}clocks/<str:number>/met/", clocks.meet, name="clock_meet"),
    path(f"{_CASE}clocks/<str:number>/waive/", clocks.waive, name="clock_waive"),
    path(f"{_CASE}parties/", people.parties, name="parties"),
    path(f"{_CASE}parties/<str:number>/end/", people.end_party, name="party_end"),
    path(f"{_CASE}people/", people.let_in, name="people"),
    path(f"{_CASE}people/<str:kind>/<str:key>/out/", people.let_out, name="let_out"),
]
