"""Inquiries per hour as bars. In: hours with their counts, words in the reader's language. Out: an `Svg`."""

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone

from okiagari.cases.talks import HourCount
from okiagari.web.frame.charts.svg import Svg, element, line, picture, words

WIDTH, HEIGHT, FOOT, LEFT = 720.0, 160.0, 22.0, 28.0
EVERY = 12


def hour_of(instant: datetime) -> str:
    return timezone.localtime(instant).strftime("%m-%d %H:00")


def hours(counted: Sequence[HourCount], *, title: str, description: str) -> Svg:
    """A bar for each hour; its height is the share of the busiest."""
    most = max((each.count for each in counted), default=0) or 1
    room = HEIGHT - FOOT - 12
    step = (WIDTH - LEFT) / max(len(counted), 1)
    parts: list[Svg] = [
        line((LEFT, HEIGHT - FOOT), (WIDTH, HEIGHT - FOOT), "c-axis"),
        line((LEFT, 12), (WIDTH, 12), "c-grid"),
        words(
            str(most if any(each.count for each in counted) else 0), LEFT - 6, 16, css="c-label", anchor="end"
        ),
        words("0", LEFT - 6, HEIGHT - FOOT + 4, css="c-label", anchor="end"),
    ]
    for place, each in enumerate(counted):
        x, height = LEFT + place * step, room * each.count / most
        if each.count:
            top = HEIGHT - FOOT - height
            parts.append(
                element("rect", x=x + 1, y=top, width=max(step - 2, 1), height=height, class_="c-bar")
            )
        if place % EVERY == 0:
            parts.append(words(hour_of(each.hour), x, HEIGHT - 6, css="c-label"))
    return picture(parts, size=(WIDTH, HEIGHT), key="inquiries", title=title, description=description)
