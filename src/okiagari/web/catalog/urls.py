from django.urls import URLPattern, path

from okiagari.web.catalog.views import (
    bringing,
    lines,
    listing,
    product_deeds,
    products,
    release_deeds,
    steps,
    systems,
)
from okiagari.web.frame.lists.doors import addresses

app_name = "catalog"
_PRODUCT = "products/<slug:slug>/"
_LINE = "lines/<slug:key>/"
urlpatterns: list[URLPattern] = [
    path("products/", listing.products, name="products"),
    *addresses(listing.SHEET, "products"),
    path("products/new/", product_deeds.new, name="product_new"),
    path("products/systems/", systems.systems, name="systems"),
    path("products/systems/new/", systems.put, name="system_new"),
    path("products/systems/<slug:slug>/", systems.put, name="system"),
    path("products/import/", bringing.bring, name="import"),
    path("products/export/", bringing.take, name="export"),
    path("products/pictures/<str:name>", steps.picture, name="picture"),
    path(_PRODUCT, products.product, name="product"),
    path(f"{_PRODUCT}edit/", product_deeds.edit, name="product_edit"),
    path(f"{_PRODUCT}support/", product_deeds.support, name="support"),
    path(f"{_PRODUCT}shipped/", product_deeds.shipped, name="shipped"),
    path(f"{_PRODUCT}targets/", product_deeds.target, name="target"),
    path(f"{_PRODUCT}revision/", product_deeds.revision, name="revision"),
    path(f"{_PRODUCT}listing/", product_deeds.listing, name="listing"),
    path(f"{_PRODUCT}steps/", steps.of_product, name="product_step"),
    path(f"{_PRODUCT}steps/drop/", steps.drop_of_product, name="product_step_drop"),
    path(f"{_PRODUCT}retire/", product_deeds.retire, name="retire"),
    path("lines/", listing.lines, name="lines"),
    path("lines/new/", lines.new, name="line_new"),
    path(_LINE, lines.line, name="line"),
    path(f"{_LINE}edit/", lines.edit, name="line_edit"),
    path(f"{_LINE}steps/", steps.of_line, name="line_step"),
    path(f"{_LINE}steps/drop/", steps.drop_of_line, name="line_step_drop"),
    path(f"{_LINE}components/", lines.component, name="component"),
    path(f"{_LINE}components/drop/", lines.component_drop, name="component_drop"),
    # which release, or which alias, is said after the "?": version texts may hold any character
    path(f"{_LINE}releases/new/", release_deeds.new, name="release_new"),
    path(f"{_LINE}releases/edit/", release_deeds.edit, name="release"),
    path(f"{_LINE}releases/state/", release_deeds.state, name="release_state"),
    path(f"{_LINE}releases/place/", release_deeds.move, name="release_move"),
    path(f"{_LINE}releases/alias/", release_deeds.alias, name="release_alias"),
    path(f"{_LINE}releases/unalias/", release_deeds.unalias, name="alias_drop"),
]
