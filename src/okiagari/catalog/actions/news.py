"""What a change brings to lines that were there before: decisions may carry over to it.

Upper rooms hear of it in the facts of the line: ``new_releases`` as (line, text), oldest first, and
``new_targets`` as keys. What comes with a new line is news to nobody: no decision can stand on it yet.
A release is news when it comes, and again when it gets out: from planned or withdrawn to in test or public.
"""

from collections.abc import Iterable

from okiagari.catalog.models import FirmwareLine, Release, Target

OUT = frozenset({"in_test", "public"})


def gets_out(old: str, new: str) -> bool:
    """Whether a release that nobody could get can be run by somebody now."""
    return old not in OUT and new in OUT


class News:
    """Look before the change; `facts` tells afterwards what is new."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.lines = list(FirmwareLine.objects.filter(key__in=list(lines)).values_list("key", flat=True))
        self.releases, self.targets = self._releases(), set(self._targets())

    def _releases(self) -> dict[tuple[str, str], str]:
        found = Release.objects.filter(line__key__in=self.lines).order_by("line__key", "position")
        return {(line, text): state for line, text, state in found.values_list("line__key", "text", "state")}

    def _targets(self) -> list[str]:
        found = Target.objects.filter(line__key__in=self.lines).order_by("key")
        return list(found.values_list("key", flat=True))

    def facts(self) -> dict[str, object]:
        releases = [
            list(each)
            for each, state in self._releases().items()
            if each not in self.releases or gets_out(self.releases[each], state)
        ]
        targets = [key for key in self._targets() if key not in self.targets]
        found = {"new_releases": releases, "new_targets": targets}
        return {name: value for name, value in found.items() if value}
