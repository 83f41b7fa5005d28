from django.urls import URLPattern, path

from okiagari.web.triage.views import (
    criteria,
    grid,
    judgement,
    live,
    releases,
    rows,
    scores,
    sharing,
    tables,
)

app_name = "triage"
_JUDGEMENT = "cases/<str:case_id>/judgement/"
_PRODUCTS = "cases/<str:case_id>/products/"
urlpatterns: list[URLPattern] = [
    path("criteria/", criteria.criteria, name="criteria"),
    path("criteria/new/", criteria.adopt, name="adopt"),
    path("criteria/review/", criteria.review, name="review"),
    path("criteria/<int:version>/", criteria.criteria, name="criteria_version"),
    path(_JUDGEMENT, judgement.judgement, name="judgement"),
    path(f"{_JUDGEMENT}score/", judgement.score_so_far, name="score_so_far"),
    path(f"{_JUDGEMENT}ask/", judgement.ask, name="ask"),
    path(f"{_JUDGEMENT}<str:judgement_id>/reopen/", judgement.reopen, name="reopen"),
    path(f"{_JUDGEMENT}scores/<str:number>/cvss/", scores.score, name="score"),
    path(f"{_JUDGEMENT}scores/<str:number>/ssvc/", scores.tree, name="tree"),
    path(f"{_JUDGEMENT}scores/<str:score_id>/drop/", scores.drop, name="drop"),
    path(_PRODUCTS, grid.grid, name="grid"),
    path(f"{_PRODUCTS}decide/", grid.decide, name="decide"),
    path(f"{_PRODUCTS}cell/", grid.cell, name="cell"),
    path(f"{_PRODUCTS}changes/", live.changes, name="changes"),
    path(f"{_PRODUCTS}table/", tables.export, name="export"),
    path(f"{_PRODUCTS}table/bring/", tables.bring, name="bring"),
    path(f"{_PRODUCTS}inherit/", sharing.inherit, name="inherit"),
    path(f"{_PRODUCTS}group/", sharing.group, name="group"),
    path(f"{_PRODUCTS}hand-over/", sharing.hand_over, name="hand_over"),
    path(f"{_PRODUCTS}due/", sharing.due, name="due"),
    path(f"{_PRODUCTS}again/", sharing.again, name="again"),
    path(f"{_PRODUCTS}later/", sharing.later, name="later"),
    path(f"{_PRODUCTS}later/locate/", sharing.locate, name="locate"),
    path(f"{_PRODUCTS}later/<str:carry_id>/confirm/", sharing.confirm, name="confirm"),
    path(f"{_PRODUCTS}choose/", rows.choose, name="choose"),
    path("lines/<slug:key>/releases/vulnerabilities/", releases.release, name="release"),
    path(f"{_PRODUCTS}add/", rows.add, name="add"),
    path(f"{_PRODUCTS}remove/", rows.remove, name="remove"),
]
