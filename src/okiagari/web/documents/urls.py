from django.urls import URLPattern, path

from okiagari.web.documents import deeds, listing, page
from okiagari.web.frame.lists.doors import addresses

app_name = "documents"
_ONE = "documents/<str:document_id>/"
urlpatterns: list[URLPattern] = [
    path("documents/", listing.documents, name="documents"),
    *addresses(listing.SHEET, "documents"),
    path("documents/new/", deeds.new, name="new"),
    path(_ONE, page.document, name="document"),
    path(f"{_ONE}file/", page.original, name="file"),
    path(f"{_ONE}own/", page.own, name="own"),
    path(f"{_ONE}supplier/", page.supplier, name="supplier"),
    path(f"{_ONE}join/", page.join, name="join"),
    path(f"{_ONE}look/", deeds.look, name="look"),
    path(f"{_ONE}drop/", deeds.drop, name="drop"),
]
