"""Runs commands on one other machine, and rsync to it. Only that machine with only its known key.

In: scripts made of checked names alone. Out: what they print. Raises UNREACHABLE, REFUSED. Nothing of this
process's environment goes along but the way to programs and to the SSH agent; nobody is asked for a password.
"""

import os
import shlex
import subprocess
from collections.abc import Sequence
from pathlib import Path

from okiagari.disclose.targets.problems import REFUSED, UNREACHABLE
from okiagari.disclose.targets.settings import RsyncTarget

SECONDS = 900
SECONDS_OF_RSYNC = 6 * 3600
_PASSED_ON = ("PATH", "HOME", "SSH_AUTH_SOCK")
_NO_CONNECTION = 255
_NO_CONNECTION_OF_RSYNC = frozenset({5, 10, 12, 30, 35, 255})


class Ssh:
    def __init__(self, target: RsyncTarget) -> None:
        self.target = target

    def command(self) -> list[str]:
        """Strict: a machine whose key is not in the file given is not talked to, and nothing is forwarded."""
        options = {
            "BatchMode": "yes",
            "StrictHostKeyChecking": "yes",
            "UserKnownHostsFile": self.target.known_hosts,
            "GlobalKnownHostsFile": "/dev/null",
            "UpdateHostKeys": "no",
            "ForwardAgent": "no",
            "ClearAllForwardings": "yes",
            "PermitLocalCommand": "no",
            "ConnectTimeout": "15",
            "ServerAliveInterval": "15",
            "ServerAliveCountMax": "4",
        }
        command = ["ssh", "-F", "none", "-T", "-p", str(self.target.port)]
        for name, value in options.items():
            command += ["-o", f"{name}={value}"]
        if self.target.key_file:
            command += ["-o", "IdentitiesOnly=yes", "-i", self.target.key_file]
        return command

    def run(self, script: str) -> str:
        """What a script prints there."""
        login = f"{self.target.user}@{self.target.host}"
        done = self._do([*self.command(), login, f"sh -eu -c {shlex.quote(script)}"], SECONDS)
        if done.returncode == _NO_CONNECTION:
            raise UNREACHABLE(why=_last(done.stderr))
        if done.returncode:
            raise REFUSED(why=_last(done.stderr))
        return done.stdout.decode(errors="replace")

    def rsync(self, tree: Path, place: str, shared: str) -> str:
        """Make the folder there what the tree is; `shared`: the tree beside it to share unchanged files with.
        Compared by content, never by time."""
        command = ["rsync", "--recursive", "--checksum", "--delete", "--perms", "--chmod=D755,F644"]
        command += ["--stats", "--no-human-readable", "--timeout=60", "--protect-args"]
        command += ["--rsh", shlex.join(self.command())]
        if shared:
            command += [f"--link-dest=../{shared}"]
        command += [f"{tree}/", f"{self.target.user}@{self.target.host}:{place}"]
        done = self._do(command, SECONDS_OF_RSYNC)
        if done.returncode in _NO_CONNECTION_OF_RSYNC:
            raise UNREACHABLE(why=_last(done.stderr))
        if done.returncode:
            raise REFUSED(why=_last(done.stderr))
        return done.stdout.decode(errors="replace")

    def _do(self, command: Sequence[str], seconds: int) -> "subprocess.CompletedProcess[bytes]":
        passed_on = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
        try:
            return subprocess.run(  # noqa: S603 - our own words; every name in them was checked
                command,
                env={**passed_on, "LC_ALL": "C"},
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=seconds,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise UNREACHABLE(why=f"no answer within {seconds} s") from None
        except OSError as error:
            raise UNREACHABLE(why=f"{command[0]}: {error.strerror or error}") from None


def _last(said: bytes) -> str:
    """The last line of what was said; never much."""
    lines = [line.strip() for line in said.decode(errors="replace").splitlines() if line.strip()]
    return lines[-1][:300] if lines else "it ended without a word"
