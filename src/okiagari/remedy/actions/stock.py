"""Recall or rework of stock in channel and warehouse: how much lies where, and how much of it is done."""

from datetime import date
from zoneinfo import ZoneInfo

from django.conf import settings

from okiagari.desk.subjects import Subject
from okiagari.plumbing import clock
from okiagari.remedy import problems, rules
from okiagari.remedy.actions.common import changing_measure, must_be, write
from okiagari.remedy.models import Measure, Stock, StockCount


def put_stock(subject: Subject, measure_id: str, *, place: str, units: int, name: str = "") -> None:
    """Say how many units lie somewhere (`place`: maker, distributor, shop; `name`: which), or correct it."""
    with changing_measure(subject, measure_id, "remedy.stop") as measure:
        _is_of_stock(measure, place)
        key = {"measure": measure, "place": place, "name": name.strip()}
        row = Stock.objects.filter(**key).first() or Stock(**key, scope_id=measure.scope_id)
        newest = _newest(row) if row.pk else None
        done = newest.done if newest else 0
        if units < done:
            raise problems.MORE_THAN_THERE_IS(done=done, units=units).at("units")
        row.units = units
        row.save()
        write(subject, measure, "remedy.stock_put", place=place, name=row.name, units=units)


def count_stock(
    subject: Subject,
    measure_id: str,
    *,
    place: str,
    done: int,
    source: str,
    name: str = "",
    day: date | None = None,
) -> None:
    """Count how many units of a stock are done so far, as somebody says who counted them (`source`)."""
    with changing_measure(subject, measure_id, "remedy.count") as measure:
        _is_of_stock(measure, place)
        row = Stock.objects.filter(measure=measure, place=place, name=name.strip()).first()
        if row is None:
            raise problems.NO_SUCH_STOCK(place=place, name=name.strip()).at("place")
        if done > row.units or done < 0:
            raise problems.MORE_THAN_THERE_IS(done=done, units=row.units).at("done")
        if not source.strip():
            raise problems.SOURCE_NEEDED().at("source")
        today = clock.today(ZoneInfo(settings.TIME_ZONE))
        if day is not None and day > today:
            raise problems.DAY_AHEAD().at("day")
        made = StockCount.objects.create(
            stock=row,
            scope_id=measure.scope_id,
            done=done,
            day=day or today,
            source=source.strip()[:120],
            noted_at=clock.now(),
            noted_by_id=subject.person_id,
        )
        facts = {"place": place, "name": row.name, "done": done, "units": row.units}
        write(subject, measure, "remedy.stock_counted", day=made.day, source=made.source, **facts)


def _is_of_stock(measure: Measure, place: str) -> None:
    if measure.kind not in rules.STOCKED:
        raise problems.NOT_A_RECALL()
    must_be(measure, *rules.ALIVE)
    if place not in rules.PLACES:
        raise problems.NO_SUCH_PLACE(place=place, allowed=", ".join(rules.PLACES)).at("place")


def _newest(row: Stock) -> StockCount | None:
    return row.counts.order_by("-day", "-pk").first()
