"""When reach is enough: nine of ten units run a fixed version, or somebody ended the watch with a reason.

It applies once something was published. Products that can only be taken out of use never reach by
themselves; for them a person says what was done.
"""

from collections.abc import Sequence

from okiagari.cases.gates import Facts, Missing
from okiagari.cases.reading import by_key
from okiagari.desk.subjects import SYSTEM
from okiagari.disclose.models import Publication
from okiagari.problems import gettext_noop
from okiagari.reach import queries
from okiagari.reach.models import Settlement
from okiagari.reach.rules import ENOUGH_PERCENT

TOO_FEW = gettext_noop("%(share)s %% of %(denominator)s units of %(products)s run a fixed version.")
CANNOT = gettext_noop(
    "Owners of %(products)s can only be asked to stop using it; say what was done to reach them."
)
NO_FIX_YET = gettext_noop("No fixed release is out yet for %(products)s.")
WATCH = gettext_noop("Look at reach")
SEE_GRID = gettext_noop("Look at the products")


def reach(case_id: int) -> Facts:
    """Reads the published facts only; before a publication there is nothing to reach. Where nothing is
    affected, it holds at once."""
    settled = Settlement.objects.filter(case_id=case_id, withdrawn_at=None).order_by("-pk").first()
    if settled is not None:
        return Facts(holds=True, since=settled.at)
    published = Publication.objects.filter(
        advisory__cases__case_id=case_id, published_at__isnull=False
    ).exists()
    if not published:
        return Facts(holds=False)
    curve = queries.of_case(SYSTEM, by_key(case_id).public_id)
    missing = tuple(filter(None, (_too_few(curve), _no_fix_yet(curve), _hopeless(curve))))
    return Facts(holds=not missing, missing=missing)


def _too_few(curve: queries.Curve) -> Missing | None:
    slow = [
        product
        for product in curve.products
        if product.has_fix
        and product.now.denominator
        and product.now.fixed * 100 < ENOUGH_PERCENT * product.now.denominator
    ]
    if not slow:
        return None
    fixed = sum(product.now.fixed for product in slow)
    total = sum(product.now.denominator for product in slow)
    facts = {"share": fixed * 100 // total, "denominator": total, "products": _models(slow)}
    return Missing("reach.too_few", TOO_FEW, facts, tab="reach", action=WATCH)


def _no_fix_yet(curve: queries.Curve) -> Missing | None:
    waiting = [product for product in curve.products if not product.has_fix and not product.is_hopeless]
    if not waiting:
        return None
    return Missing(
        "reach.no_fix_yet", NO_FIX_YET, {"products": _models(waiting)}, tab="products", action=SEE_GRID
    )


def _hopeless(curve: queries.Curve) -> Missing | None:
    stuck = [product for product in curve.products if product.is_hopeless]
    if not stuck:
        return None
    return Missing("reach.cannot", CANNOT, {"products": _models(stuck)}, tab="reach", action=WATCH)


def _models(products: Sequence[queries.ProductReach]) -> str:
    return ", ".join(product.model for product in products)
