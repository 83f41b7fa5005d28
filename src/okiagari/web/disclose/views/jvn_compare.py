"""Two reports to JPCERT/CC side by side, whichever they are; or one and the report as it stands now."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from okiagari.disclose.jvn import queries, wording
from okiagari.disclose.jvn.values import ProductStance
from okiagari.web.cases.frame import case_frame
from okiagari.web.doors import asking

NOW = "now"


@require_safe
def compare(request: HttpRequest, case_id: str) -> HttpResponse:
    """Without a choice: the newest report beside the one before it."""
    subject = asking(request)
    told = queries.reports(subject, case_id)
    if not told:
        return redirect("disclose:jvn", case_id=case_id)
    before = request.GET.get("before") or (told[1] if len(told) > 1 else told[0]).id
    after = request.GET.get("after") or (told[0].id if len(told) > 1 else NOW)
    found = queries.compared(subject, case_id, before=before, after="" if after == NOW else after)
    context = case_frame(subject, case_id, here="jvn")
    context |= {
        "found": found,
        "reports": told,
        "before": found.before.id,
        "after": found.after.id if found.after else NOW,
        "products": [_product(each) for each in found.products],
    }
    return render(request, "disclose/jvn_compare.html", context)


def _product(each: queries.ProductLine) -> dict[str, object]:
    return {"view": each, "before": _said(each.told), "after": _said(each.now)}


def _said(stance: ProductStance | None) -> tuple[str, ...]:
    """What is said of a product, a line for each thing."""
    if stance is None:
        return ()
    fixed = gettext(", ").join(stance.fixed)
    lines = (
        wording.product_status(stance.value),
        wording.versions(stance),
        gettext("fixed in %(versions)s") % {"versions": fixed} if fixed else "",
    )
    return tuple(line for line in lines if line)
