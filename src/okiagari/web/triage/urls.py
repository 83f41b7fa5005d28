from django.urls import URLPattern, path

from okiagari.web.triage.views import criteria, grid, judgement, rows, scores

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
    path(f"{_PRODUCTS}choose/", rows.choose, name="choose"),
    path(f"{_PRODUCTS}add/", rows.add, name="add"),
    path(f"{_PRODUCTS}remove/", rows.remove, name="remove"),
]
