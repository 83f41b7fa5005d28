"""Puts the programs' door together: one router per room."""

from ninja import NinjaAPI

from okiagari import __version__
from okiagari.api.auth import bearer
from okiagari.api.problems import install

api = NinjaAPI(
    title="Okiagari",
    version=__version__,
    description="From the first report of a vulnerability to the last device in the field that runs the fix.",
    auth=bearer,
    urls_namespace="api",
    docs_url=None,
    openapi_url="/openapi.json",
)
install(api)

ROUTERS = (
    "desk",
    "calendar",
    "catalog",
    "inventory",
    "intake",
    "cases",
    "triage",
    "remedy",
    "stops",
    "emergency",
    "disclose",
    "consistency",
    "channels",
    "cve",
    "keys",
    "jvn",
    "site",
    "fleet",
    "fleet_logs",
    "reach",
    "learn",
    "flow",
    "merging",
    "letters",
    "documents",
    "audit",
)
for _room in ROUTERS:
    api.add_router("", f"okiagari.api.{_room}.router", tags=[_room])
