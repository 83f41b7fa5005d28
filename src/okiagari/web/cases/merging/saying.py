"""What a merge or a split would do, in sentences. In: a preview. Out: lines for the page."""

from django.utils import timezone
from django.utils.translation import gettext, ngettext

from okiagari.flow.merging.queries import MergePreview, SplitPreview
from okiagari.web.cases.words import who


def counted(name: str, number: int) -> str:
    """``3 reports``."""
    words = {
        "reports": ngettext("%(n)s report", "%(n)s reports", number),
        "vulnerabilities": ngettext("%(n)s vulnerability", "%(n)s vulnerabilities", number),
        "products": ngettext("%(n)s product of the grid", "%(n)s products of the grid", number),
        "decisions": ngettext("%(n)s decision", "%(n)s decisions", number),
        "measures": ngettext("%(n)s measure", "%(n)s measures", number),
        "advisories": ngettext("%(n)s advisory", "%(n)s advisories", number),
        "messages": ngettext("%(n)s message", "%(n)s messages", number),
        "tasks": ngettext("%(n)s task", "%(n)s tasks", number),
        "evidence": ngettext("%(n)s piece of evidence", "%(n)s pieces of evidence", number),
        "clocks": ngettext("%(n)s clock", "%(n)s clocks", number),
        "lessons": ngettext("%(n)s lesson", "%(n)s lessons", number),
    }
    return words[name] % {"n": number}


def _list(counts: dict[str, int]) -> str:
    return gettext(", ").join(counted(name, number) for name, number in counts.items() if number)


def of_merge(preview: MergePreview) -> tuple[str, ...]:
    """One line for each thing that will be otherwise."""
    names = {"source": preview.source.id, "target": preview.target.id}
    lines = [
        gettext("To %(target)s go: %(what)s.")
        % {**names, "what": _list(preview.counts) or gettext("nothing")},
        gettext("%(source)s closes. Its number and links lead to %(target)s, where both timelines are read.")
        % names,
    ]
    if preview.new_cells:
        lines.append(
            ngettext(
                "%(n)s cell of the joined grid will be undecided: nobody was asked about it yet.",
                "%(n)s cells of the joined grid will be undecided: nobody was asked about them yet.",
                preview.new_cells,
            )
            % {"n": preview.new_cells}
        )
    if preview.clocks_alike:
        lines.append(
            ngettext(
                "Every clock goes on. %(n)s is the same in both cases: the one due first counts.",
                "Every clock goes on. %(n)s are the same in both cases: those due first count.",
                preview.clocks_alike,
            )
            % {"n": preview.clocks_alike}
        )
    return (*lines, *_embargo(preview), *_judged(preview), *_seeing(preview), _undo())


def _undo() -> str:
    return gettext("You can undo it as long as neither case is merged or split again.")


def _embargo(preview: MergePreview) -> tuple[str, ...]:
    if not preview.embargo:
        return ()
    until = preview.embargo_until
    said = timezone.localtime(until).strftime("%Y-%m-%d %H:%M %Z") if until else gettext("an open end")
    if preview.embargo == "carried":
        return (gettext("The embargo until %(until)s will bind the joined case.") % {"until": said},)
    return (
        gettext("The embargoes differ. The longer one, until %(until)s, binds until somebody has decided.")
        % {"until": said},
    )


def _judged(preview: MergePreview) -> tuple[str, ...]:
    if not preview.judged_differently:
        return ()
    return (gettext("The cases were judged differently. The graver level counts until it is judged anew."),)


def _seeing(preview: MergePreview) -> tuple[str, ...]:
    if not preview.newly_seeing:
        return (gettext("Nobody sees more than before, but for whom you let come along."),)
    names = gettext(", ").join(who(each).name for each in preview.newly_seeing)
    return (
        gettext("These will newly see what is in %(source)s: %(names)s.")
        % {"source": preview.source.id, "names": names},
    )


def of_split(preview: SplitPreview) -> tuple[str, ...]:
    """What goes along with the chosen vulnerabilities by itself, and what stays with both."""
    counts = preview.counts
    going = {name: counts[name] for name in ("vulnerabilities", "decisions", "measures")}
    lines = [
        gettext("Into the new case go: %(what)s, and what else is chosen below.")
        % {"what": _list(going) or gettext("no vulnerability")},
        gettext("It asks about %(what)s as this case does, unless you choose fewer.")
        % {"what": counted("products", counts["products"])},
    ]
    if counts["shared_measures"]:
        lines.append(
            gettext("%(what)s concern both: they are kept once and read in both cases.")
            % {"what": counted("measures", counts["shared_measures"])}
        )
    return (
        *lines,
        gettext(
            "The embargo and the parties hold for both; clocks go with their report, vulnerability or fact."
        ),
        gettext("Whoever of the house sees this case sees the new one. Partners do not."),
        gettext("To undo it, merge the new case into this one."),
    )
