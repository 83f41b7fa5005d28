"""When reach is enough: nine of ten units run a fixed version, or somebody ended the watch with a reason.

It applies once something was published. Products that can only be taken out of use never reach by
themselves; for them a person says what was done.
"""

from okiagari.cases.gates import Facts, Missing
from okiagari.cases.models import Case
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
WATCH = gettext_noop("Look at reach")


def reach(case_id: int) -> Facts:
    """Reads the published facts only; before a publication there is nothing to reach."""
    settled = Settlement.objects.filter(case_id=case_id, withdrawn_at=None).order_by("-pk").first()
    if settled is not None:
        return Facts(holds=True, since=settled.at)
    published = Publication.objects.filter(
        advisory__cases__case_id=case_id, published_at__isnull=False
    ).exists()
    if not published:
        return Facts(holds=False)
    curve = queries.of_case(SYSTEM, Case.objects.values_list("public_id", flat=True).get(pk=case_id))
    missing: list[Missing] = []
    slow = [
        product
        for product in curve.products
        if product.can_be_fixed and product.now.denominator and product.now.share * 100 < ENOUGH_PERCENT
    ]
    if slow:
        fixed = sum(product.now.fixed for product in slow)
        total = sum(product.now.denominator for product in slow)
        facts = {
            "share": fixed * 100 // total,
            "denominator": total,
            "products": ", ".join(product.model for product in slow),
        }
        missing.append(Missing("reach.too_few", TOO_FEW, facts, tab="reach", action=WATCH))
    stuck = [product.model for product in curve.products if not product.can_be_fixed]
    if stuck:
        facts = {"products": ", ".join(stuck)}
        missing.append(Missing("reach.cannot", CANNOT, facts, tab="reach", action=WATCH))
    return Facts(holds=not missing, missing=tuple(missing))
