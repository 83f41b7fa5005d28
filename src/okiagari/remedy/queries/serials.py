"""Does this device ship with the fix? Asked by model and the number on its label."""

from okiagari.desk.subjects import Subject
from okiagari.remedy import rules
from okiagari.remedy.queries.measures import in_force
from okiagari.remedy.queries.values import CutInView, SerialView


def ships_fixed(subject: Subject, number: str, *, model: str = "") -> SerialView:
    """What cut-ins say of a serial number or lot, of one model or of all the subject may know of.

    The maker's own order decides (see `rules.serials`); a number that fits no order is not known.
    """
    known = [each for each in cut_ins(subject) if not model or each.target.partition("@")[0] == model]
    fitting = tuple(each for each in known if rules.Order(each.order).place(number) is not None)
    said = rules.answer(number, [(rules.Order(each.order), each.first) for each in fitting])
    return SerialView(said, fitting)


def cut_ins(subject: Subject) -> tuple[CutInView, ...]:
    """Every cut-in that stands, the newest first."""
    return tuple(each for measure in in_force(subject, ("cut_in",), limit=2000) for each in measure.cut_ins)
