"""A folder on another machine, by rsync over SSH. It shows the old tree or the new one.

In: a tree. Out: the same there, below ``trees/``, sharing unchanged files with the tree before, checked by
its hashes there, then `current` switched to it at once. Needed there: an account with a shell, rsync, and the
GNU core utilities. Whatever an earlier run left of the same tree is used again. No Django in here.
"""

import re
import shlex

from okiagari.disclose.targets.folder import CURRENT, MARK, PART, TREE
from okiagari.disclose.targets.problems import NOT_OURS
from okiagari.disclose.targets.settings import RsyncTarget
from okiagari.disclose.targets.ssh import Ssh
from okiagari.disclose.targets.ways import KEPT, Differences, Outgoing, Sent, differences

_FOREIGN = "foreign"
_COUNTS = re.compile(
    r"Number of regular files transferred: (\d+).*?Total transferred file size: (\d+)", re.DOTALL
)


class RsyncWay:
    def __init__(self, target: RsyncTarget, ssh: Ssh | None = None) -> None:
        self.target = target
        self.ssh = ssh or Ssh(target)
        self.place = shlex.quote(target.path)

    def send(self, tree: Outgoing) -> Sent:
        public, known = self._claim()
        name, sent = self._whole(tree, known), Sent(0, 0)
        if name not in known:
            part = f".{name}.part"
            said = self.ssh.rsync(tree.folder, f"{self.target.path}/trees/{part}/", public)
            differences(tree.files, self._held(f"trees/{part}")).none_left()
            sent = _counted(said)
        if public != name:
            self._switch(name)
        return sent

    def compare(self, tree: Outgoing) -> Differences:
        return differences(tree.files, self._held(CURRENT))

    def _claim(self) -> tuple[str, list[str]]:
        """The tree that is public there, and all that are whole. Never into somebody else's folder."""
        said = self.ssh.run(
            f"mkdir -p {self.place} && cd {self.place} && "
            f'if [ ! -e {MARK} ] && [ -n "$(ls -A)" ]; then echo {_FOREIGN}; exit 0; fi; '
            f": > {MARK} && mkdir -p trees && (readlink {CURRENT} || echo -) && ls -A1t trees"
        )
        first, *names = said.splitlines() or [""]
        if first == _FOREIGN:
            raise NOT_OURS(where=self.target.where)
        public = first.removeprefix("trees/")
        return public if TREE.fullmatch(public) else "", [each for each in names if TREE.fullmatch(each)]

    def _whole(self, tree: Outgoing, known: list[str]) -> str:
        """The name of this tree there: one that somebody changed is left and made anew beside."""
        names = [tree.name, *(f"{tree.name}-{number}" for number in range(1, 1000))]
        return next(
            name
            for name in names
            if name not in known or not differences(tree.files, self._held(f"trees/{name}")).all
        )

    def _held(self, tree: str) -> dict[str, str]:
        """Every file of a tree there, with its SHA-256 as that machine finds it."""
        said = self.ssh.run(
            f"cd {self.place}/{tree}/ 2>/dev/null || exit 0; "
            "find . -type f -exec sha256sum -- {} + ; find . ! -type d ! -type f -exec echo '-  {}' ';'"
        )
        lines = (line.partition("  ") for line in said.splitlines())
        return {path.removeprefix("./"): sha256 for sha256, _, path in lines}

    def _switch(self, name: str) -> None:
        """Let readers have it, then remove what nobody needs."""
        said = self.ssh.run(
            f"cd {self.place}/trees && ([ -d {name} ] || mv -T .{name}.part {name}) && "
            "(sync -f . || sync) && cd .. && "
            f"ln -sfn trees/{name} .current.new && mv -T .current.new {CURRENT} && ls -A1t trees"
        )
        names = said.splitlines()
        old = [each for each in names if TREE.fullmatch(each) and each != name][KEPT - 1 :]
        gone = " ".join([*old, *(each for each in names if PART.fullmatch(each))])
        if gone:  # names of 16 digits each
            self.ssh.run(f"cd {self.place}/trees && rm -rf -- {gone}")


def _counted(said: str) -> Sent:
    found = _COUNTS.search(said.replace(",", ""))
    return Sent(int(found[1]), int(found[2])) if found else Sent(0, 0)
