"""What both pages of reach show: figures, curve, products, tables."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext

from okiagari.problems import gettext_noop
from okiagari.reach.rules import Day, Denominator
from okiagari.reach.values import Curve, ProductReach, VersionCount
from okiagari.web.catalog.words import zone
from okiagari.web.frame.values import Empty
from okiagari.web.frame.words import language
from okiagari.web.reach import picture

ROWS = 16
STANDINGS = {
    "fixed": (gettext_noop("fixed"), "ok"),
    "vulnerable": (gettext_noop("vulnerable"), "bad"),
    "unknown": (gettext_noop("not known"), "wait"),
    "not_concerned": (gettext_noop("not concerned"), "off"),
}


DENOMINATORS = {
    Denominator.SHIPPED: gettext_noop("Of the units shipped (seen, where that is not stated)"),
    Denominator.SEEN: gettext_noop("Of the units ever seen"),
    Denominator.RECENT: gettext_noop("Of the units seen lately (not silent)"),
}


def source_name(source: str) -> str:
    """Who spoke, in words."""
    kind, _, name = source.partition(":")
    if kind == "log":
        return gettext("log of %(name)s") % {"name": name}
    if kind == "import":
        return gettext("import: %(name)s") % {"name": name}
    return gettext("check-ins") if source == "check-in" else source


def percent(share: float) -> str:
    return f"{share * 100:.1f} %"


def shown(curve: Curve, *, href: str, of: str = "") -> dict[str, object]:
    """The context. `href`: where the publication flags lead; `of`: of whom the big curve is a share."""
    has_units = bool(curve.now.denominator)
    has_two = bool(curve.now.seen and curve.now.unseen)
    is_of_seen = has_two and of == Denominator.SEEN
    drawn = picture.seen_only(curve) if is_of_seen else curve
    return {
        "curve": curve,
        "of_whom": ((gettext("Of the units shipped"), ""), (gettext("Of the units seen"), "seen"))
        if has_two
        else (),
        "of": "seen" if is_of_seen else "",
        "has_units": has_units,
        "share": percent(curve.now.share),
        "seen_share": percent(curve.now.fixed / curve.now.seen) if curve.now.seen else "",
        "chart": picture.big(drawn, href=href, is_of_seen=is_of_seen) if has_units else None,
        "narrow": picture.big(drawn, href=href, is_of_seen=is_of_seen, is_narrow=True) if has_units else None,
        "legend": picture.legend(drawn) if has_units else (),
        "speeds": tuple((gettext(DENOMINATORS[each.of]), each, percent(each.share)) for each in curve.speeds),
        "source": curve.source,
        "sources": tuple((name, source_name(name), units) for name, units in curve.sources),
        "claimed": sum(product.claimed for product in curve.products),
        "description": picture.description(curve),
        "denominator": picture.denominator(drawn, is_of_seen=is_of_seen),
        "products": tuple(_product(each, number) for number, each in enumerate(curve.products)),
        "share_of_all": percent(curve.now.share),
        "days": tuple((day, percent(day.share), note) for day, note in _days(curve)),
        "nothing": _nothing(curve),
    }


def _nothing(curve: Curve) -> Empty:
    if not curve.products:
        return Empty(
            gettext("No product is affected."),
            gettext("Reach counts the units of products that the grid calls affected or fixed."),
        )
    return Empty(
        gettext("There is nobody to count yet."),
        gettext("No unit of these products was ever seen, and the units shipped are not stated."),
    )


def _product(product: ProductReach, number: int) -> dict[str, object]:
    return {
        "view": product,
        "now": product.now,
        "share": percent(product.now.share),
        "chart": picture.small(product, number) if product.now.denominator else None,
        "affected": gettext(", ").join(each.words(language()) for each in product.affected),
        "fixed_in": gettext(", ").join(product.fixed_in),
        "versions": tuple(_version(each) for each in product.versions),
        "speed": product.speeds[0] if product.speeds else None,
    }


def _version(count: VersionCount) -> dict[str, object]:
    word, tone = STANDINGS[count.standing]
    return {"view": count, "word": gettext(word), "tone": tone}


def _days(curve: Curve) -> Sequence[tuple[Day, str]]:
    """Days worth a row: each publication, steps in between, the last; newest first, with what happened."""
    notes: dict[date, str] = {}
    for flag in curve.flags:
        day = flag.at.astimezone(zone()).date()
        name = picture.flag_name(flag.number, is_withdrawal=flag.is_withdrawal)
        notes[day] = gettext(", ").join(filter(None, (notes.get(day, ""), name)))
    last = len(curve.days) - 1
    stride = max(1, last // ROWS)
    rows = [
        (day, notes.get(day.day, ""))
        for place, day in enumerate(curve.days)
        if (last - place) % stride == 0 or day.day in notes
    ]
    return rows[::-1]
