from django.urls import URLPattern, path

from okiagari.web.disclose.views import (
    consistency,
    deeds,
    editor,
    endings,
    formats,
    jvn,
    keys,
    listing,
    plan,
    previews,
    sheets,
)
from okiagari.web.frame.lists.doors import addresses

app_name = "disclose"
_ONE = "advisories/<str:advisory_id>/"
_CASE = "cases/<str:case_id>/advisory/"
_JVN = "cases/<str:case_id>/jvn/"
urlpatterns: list[URLPattern] = [
    path("advisories/", listing.advisories, name="advisories"),
    *addresses(listing.SHEET, "advisories"),
    path("advisories/new/", deeds.new, name="new"),
    path("advisories/sheets/", sheets.sheets, name="sheets"),
    path(_ONE, editor.advisory, name="advisory"),
    path(f"{_ONE}preview/<str:language>/<str:format>/", previews.preview, name="preview"),
    path(f"{_ONE}consistency/", consistency.consistency, name="consistency"),
    path(f"{_ONE}formats/", formats.formats, name="formats"),
    path(f"{_ONE}sheets/<str:language>/<str:kind>/", sheets.sheet, name="sheet"),
    path(f"{_ONE}submit/", deeds.submit, name="submit"),
    path(f"{_ONE}approve/", deeds.approve, name="approve"),
    path(f"{_ONE}send-back/", deeds.send_back, name="send_back"),
    path(f"{_ONE}publish/", deeds.publish, name="publish"),
    path(f"{_ONE}cancel/", deeds.cancel, name="cancel"),
    path(f"{_ONE}withdraw/", deeds.withdraw, name="withdraw"),
    path(f"{_ONE}plan/", plan.plan, name="plan"),
    path(f"{_ONE}plan/put/", plan.put, name="plan_channel"),
    path(f"{_ONE}plan/confirm/", plan.confirm, name="confirm_channel"),
    path(f"{_ONE}plan/drop/", plan.drop, name="drop_channel"),
    path("keys/", keys.keys, name="keys"),
    path("keys/make/", keys.make, name="make_key"),
    path("keys/rotate/", keys.rotate, name="rotate_key"),
    path("keys/<str:fingerprint>.asc", keys.public_key, name="public_key"),
    path("keys/<str:fingerprint>/retire/", keys.retire, name="retire_key"),
    path(f"{_CASE}investigating/", endings.investigating, name="investigating"),
    path(f"{_CASE}end-quietly/", endings.end_quietly, name="end_quietly"),
    path(f"{_CASE}speak/", endings.speak, name="speak"),
    path(_CASE, listing.of_case, name="of_case"),
    path(_JVN, jvn.jvn, name="jvn"),
    path(f"{_JVN}send/", jvn.send, name="jvn_send"),
    path(f"{_JVN}told/", jvn.tell, name="jvn_tell"),
    path(f"{_JVN}statement/", jvn.statement, name="jvn_statement"),
    path(f"{_JVN}next/<str:language>/<str:form>/", jvn.next_file, name="jvn_next"),
    path(f"{_JVN}told/<str:number>/", jvn.told, name="jvn_report"),
    path(f"{_JVN}told/<str:number>/<str:language>/<str:form>/", jvn.told_file, name="jvn_file"),
]
