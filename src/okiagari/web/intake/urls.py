from django.urls import path

from okiagari.web.frame.lists.doors import addresses
from okiagari.web.intake import claims, entering, judging, letters, linking, listing, page

app_name = "intake"
urlpatterns = [
    path("reports/", listing.reports, name="reports"),
    *addresses(listing.SHEET, "reports"),
    path("reports/new/", entering.new, name="new"),
    path("reports/<str:report_id>/", page.report, name="report"),
    path("reports/<str:report_id>/files/<str:attachment_id>/", page.attachment, name="attachment"),
    path("reports/<str:report_id>/acknowledge/", judging.acknowledge, name="acknowledge"),
    path("reports/<str:report_id>/answer/", judging.answer, name="answer"),
    path("reports/<str:report_id>/read/", judging.read, name="read"),
    path("reports/<str:report_id>/answers/<str:letter>/sent/", letters.sent, name="letter_sent"),
    path("reports/<str:report_id>/answers/<str:letter>/again/", letters.again, name="letter_again"),
    path("reports/<str:report_id>/claim/confirm/", claims.confirm, name="claim_confirm"),
    path("reports/<str:report_id>/claim/dismiss/", claims.dismiss, name="claim_dismiss"),
    path("reports/<str:report_id>/assess/", judging.assess, name="assess"),
    path("reports/<str:report_id>/duplicate/<str:original>/", judging.duplicate, name="duplicate"),
    path("reports/<str:report_id>/duplicate/", linking.unmark, name="unmark"),
    path("reports/<str:report_id>/cases/link/", linking.link, name="link"),
    path("reports/<str:report_id>/cases/<str:case_id>/link/", linking.link_one, name="link_one"),
    path("reports/<str:report_id>/cases/<str:case_id>/unlink/", linking.unlink, name="unlink"),
    path("reports/<str:report_id>/accept/", judging.accept, name="accept"),
    path("reports/<str:report_id>/defer/", judging.defer, name="defer"),
    path("reports/<str:report_id>/close/", judging.close, name="close"),
    path("reports/<str:report_id>/reopen/", judging.reopen, name="reopen"),
    path("reports/<str:report_id>/amend/", entering.amend, name="amend"),
    path("reports/<str:report_id>/attach/", entering.attach, name="attach"),
    path("reports/<str:report_id>/reporter/", entering.reporter, name="reporter"),
    path("reports/<str:report_id>/erase/", entering.erase, name="erase"),
]
