"""An SSH server on loopback, with keys of its own, that lets this user in with a key of the test's."""

import getpass
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from okiagari.disclose.targets.settings import RsyncTarget


@dataclass(frozen=True)
class SshServer:
    port: int
    key_file: Path
    known_hosts: Path

    def target(self, path: Path, *, known_hosts: Path | None = None, name: str = "web") -> RsyncTarget:
        return RsyncTarget(
            name=name,
            public=True,
            host="127.0.0.1",
            user=getpass.getuser(),
            path=str(path),
            port=self.port,
            key_file=str(self.key_file),
            known_hosts=str(known_hosts or self.known_hosts),
        )


def is_here() -> bool:
    return bool(shutil.which("rsync") and shutil.which("ssh") and _program())


def _program() -> str | None:
    return shutil.which("sshd") or shutil.which("sshd", path="/usr/sbin")


def _key(place: Path) -> Path:
    make = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", place.name, "-f", str(place)]
    subprocess.run(make, check=True)
    return place


def stranger(folder: Path, port: int) -> Path:
    """A file of known hosts that knows another key for this server."""
    other = _key(folder / "stranger").with_suffix(".pub").read_text()
    place = folder / "strangers"
    place.write_text(f"[127.0.0.1]:{port} {other}")
    return place


@contextmanager
def served(folder: Path) -> Iterator[SshServer]:
    """Runs until the block ends."""
    host, mine = _key(folder / "host"), _key(folder / "mine")
    shutil.copy(mine.with_suffix(".pub"), folder / "authorized_keys")
    with closing(socket.create_server(("127.0.0.1", 0))) as probe:
        port = probe.getsockname()[1]
    config = folder / "sshd_config"
    config.write_text(
        f"Port {port}\nListenAddress 127.0.0.1\nHostKey {host}\nAuthorizedKeysFile {folder}/authorized_keys\n"
        "StrictModes no\nUsePAM no\nPasswordAuthentication no\nKbdInteractiveAuthentication no\n"
        f"PidFile {folder}/sshd.pid\nMaxStartups 100\nPermitRootLogin prohibit-password\n"
    )
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)
    known = folder / "known_hosts"
    known.write_text(f"[127.0.0.1]:{port} {host.with_suffix('.pub').read_text()}")
    process = subprocess.Popen([str(_program()), "-D", "-e", "-f", str(config)], stderr=subprocess.DEVNULL)
    try:
        _wait_for(port, process)
        yield SshServer(port, mine, known)
    finally:
        process.terminate()
        process.wait(10)


def _wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(100):
        if process.poll() is not None:
            raise RuntimeError("sshd ended at once")
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("sshd does not answer")
