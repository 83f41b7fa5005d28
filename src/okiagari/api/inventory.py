"""The inventory of our own systems and services."""

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema

from okiagari.api.base import answer, asking, if_match, page
from okiagari.catalog import actions, inventory
from okiagari.standards.localtext import LocalText

router = Router()


class SystemIn(Schema):
    kind: str = "system"
    name: dict[str, str] = {}
    team: str = ""
    operator: str = ""
    exposure: str = ""
    data_held: dict[str, str] = {}
    holds_personal_data: bool = False
    recovery_contact: str = ""


@router.get("/systems", operation_id="list_systems")
def list_systems(request: HttpRequest, search: str = "", exposure: str = "") -> HttpResponse:
    """Our systems and services, with what nobody has written down yet (`gaps`)."""
    found = inventory.systems(asking(request), search=search, exposure=exposure)
    return answer(page([{**base_of(each), "gaps": each.gaps} for each in found]))


def base_of(view: inventory.SystemEntryView) -> dict[str, object]:
    return {name: getattr(view, name) for name in view.__dataclass_fields__}


@router.put("/systems/{key}", operation_id="put_system")
def put_system(request: HttpRequest, key: str, given: SystemIn) -> HttpResponse:
    """Write down a system, or change what is said of it."""
    fields = given.dict(exclude={"name", "data_held"})
    actions.put_system(
        asking(request),
        key,
        name=LocalText.from_json(given.name),
        data_held=LocalText.from_json(given.data_held),
        version=if_match(request),
        **fields,
    )
    view = inventory.system(asking(request), key)
    return answer({**base_of(view), "gaps": view.gaps}, version=view.version)
