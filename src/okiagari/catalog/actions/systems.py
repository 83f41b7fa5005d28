"""The verb of the inventory: write down one of our own systems or services, whole."""

from okiagari.catalog import build
from okiagari.catalog.actions.frame import check, naming_fields, write
from okiagari.catalog.models import Product
from okiagari.catalog.problems import THERE_ALREADY
from okiagari.catalog.rules import read_entry
from okiagari.desk import permits
from okiagari.desk.subjects import Subject
from okiagari.plumbing import ledger
from okiagari.standards.localtext import LocalText


def put_system(
    subject: Subject,
    key: str,
    *,
    kind: str = "system",
    name: LocalText | None = None,
    team: str = "",
    operator: str = "",
    exposure: str = "",
    data_held: LocalText | None = None,
    holds_personal_data: bool = False,
    recovery_contact: str = "",
    version: int | None = None,
    is_new: bool = False,
) -> str:
    """Write down a system or service of ours, or change what the inventory says of it. Returns its key.

    Raises as the catalogue's rules do, THERE_ALREADY, STALE.
    """
    permits.require(subject, "catalog.keep_inventory")
    entry = {
        "model": key.strip(),
        "kind": kind,
        "names": dict(name.texts) if name else "",
        "team": team,
        "inventory": {
            "operator": operator.strip(),
            "exposure": exposure,
            "data_held": dict(data_held.texts) if data_held else "",
            "holds_personal_data": holds_personal_data,
            "recovery_contact": recovery_contact.strip(),
        },
    }
    (given,) = read_entry({"products": [entry]}, model="key").products
    with naming_fields(), ledger.action():
        row = Product.objects.select_for_update().filter(model=given.model).first()
        if row is not None and (is_new or row.kind not in ("system", "service")):
            raise THERE_ALREADY(key=given.model).at("key")
        check(row, version)
        build.product(given)
        build.links(given)
        # the facts stay out of the catalogue's stream: it is searched by everybody inside
        write(subject, "catalog.system", {"model": given.model})
    return given.model
