"""The configurations of the guide, run by nginx, Apache and Caddy themselves, serve a trusted provider."""

import os
import re
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from okiagari.engines.provider_sources import HttpSource
from okiagari.plumbing import clock
from okiagari.standards.provider.findings import Role, Verdict
from okiagari.standards.provider.judge import judge
from tests.support.provider import PUBLIC, Counting, certificate, publish, two

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "guide" / "publishing.md"
MODULES = Path("/usr/lib/apache2/modules")
NEEDED = ("mpm_event", "authz_core", "alias", "dir", "mime", "headers", "ssl")
TYPES = {
    "csaf/2015/sa-1.json": "application/json",
    "csaf/2015/sa-1.json.asc": "text/plain",
    "csaf/2015/sa-1.json.sha256": "text/plain",
    "csaf/2015/sa-1.json.sha512": "text/plain",
    "csaf/index.txt": "text/plain",
    "csaf/changes.csv": "text/csv",
    "ja/index.html": "text/html",
    "public.css": "text/css",
    "ja/sa-1.txt": "text/plain",
    "en/support.ics": "text/calendar",
    "ja/sa-1.md": "text/markdown",
}


@dataclass(frozen=True)
class Place:
    """Where the tree, its certificate and its key lie, and on which port it is served."""

    folder: Path
    port: int

    @property
    def url(self) -> str:
        return f"https://127.0.0.1:{self.port}"

    def documented(self, language: str) -> str:
        """The configuration of the guide with the folders of this test, and nothing else changed."""
        found = re.search(rf"```{language}\n(.*?)```", GUIDE.read_text(), re.DOTALL)
        assert found, language
        text = found[1].replace("/srv/okiagari/site", f"{self.folder}/site")
        text = text.replace("/etc/ssl/maker.example.pem", f"{self.folder}/certificate.pem")
        return text.replace("/etc/ssl/maker.example.key", f"{self.folder}/key.pem")


@pytest.fixture(scope="module")
def place() -> Iterator[Place]:
    """A published tree below a folder that the servers' own users may enter."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = int(found.getsockname()[1])
    with tempfile.TemporaryDirectory(prefix="served-") as folder:
        here = Place(Path(folder), port)
        here.folder.chmod(0o755)
        certificate(here.folder)
        site = replace(PUBLIC, url=f"{here.url}/security", has_csaf_2_1=True)
        publish(here.folder / "site", two(), Counting().signing(), site)
        yield here


def program(name: str) -> str:
    found = shutil.which(name) or shutil.which(name, path="/usr/sbin")
    assert found, f"{name} belongs to the machine tests run on (.ci/run installs it)"
    return found


def nginx(place: Place) -> list[str]:
    folder = place.folder
    server = place.documented("nginx").replace("listen 443 ssl", f"listen 127.0.0.1:{place.port} ssl")
    temporary = " ".join(
        f"{name}_temp_path {folder}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    configuration = folder / "nginx.conf"
    configuration.write_text(
        ("user root;\n" if os.geteuid() == 0 else "")
        + f"daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log; events {{}}\n"
        + f"http {{ access_log off; {temporary}\n{server} }}\n"
    )
    return [program("nginx"), "-p", str(folder), "-e", "stderr", "-c", str(configuration)]


def apache(place: Place) -> list[str]:
    folder = place.folder
    here = f"<VirtualHost 127.0.0.1:{place.port}>"
    server = place.documented("apache").replace("<VirtualHost *:443>", here)
    lines = [
        f"ServerRoot {folder}",
        f"Listen 127.0.0.1:{place.port}",
        f"PidFile {folder}/apache.pid",
        "ErrorLog /dev/stderr",
        f"DefaultRuntimeDir {folder}",
        "TypesConfig /etc/mime.types",
        *(f"LoadModule {name}_module {MODULES}/mod_{name}.so" for name in NEEDED),
        *(["User www-data", "Group www-data"] if os.geteuid() == 0 else []),
    ]
    configuration = folder / "apache.conf"
    configuration.write_text("\n".join([*lines, server]))
    return [program("apache2"), "-D", "FOREGROUND", "-f", str(configuration)]


def caddy(place: Place) -> list[str]:
    """With a certificate of this test, as 127.0.0.1 gets none of its own; it listens nowhere else."""
    folder = place.folder
    around = f"{{\n admin off\n auto_https disable_redirects\n storage file_system {folder}/caddy\n}}\n"
    begins = f"{place.url} {{\n    tls {folder}/certificate.pem {folder}/key.pem"
    configuration = folder / "Caddyfile"
    configuration.write_text(around + place.documented("caddy").replace("maker.example {", begins))
    return [program("caddy"), "run", "--adapter", "caddyfile", "--config", str(configuration)]


@contextmanager
def running(command: list[str], source: HttpSource, url: str) -> Iterator[None]:
    server = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        ready_at = time.monotonic() + 30
        while not source.get(url).is_there:
            assert time.monotonic() < ready_at, server.poll()
            time.sleep(0.05)
        yield
    finally:
        server.terminate()
        server.wait(20)


@pytest.mark.parametrize("server", [nginx, apache, caddy])
def test_the_documented_configuration_serves_a_trusted_provider(
    server: Callable[[Place], list[str]], place: Place
) -> None:
    base = f"{place.url}/security"
    with (
        HttpSource(place.folder / "certificate.pem", seconds=5) as source,
        running(server(place), source, f"{base}/csaf/index.txt"),
    ):
        for path in ("", "/csaf-2.1/provider-metadata.json"):
            report = judge(source, base + path, Role.TRUSTED_PROVIDER, now=clock.now())
            assert report.holds, report
            met = {each.number for each in report.results if each.verdict is Verdict.MET}
            assert set(range(1, 21)) - met == {10}
            assert not [each for result in report.results for each in result.findings]
        for name, kind in TYPES.items():
            said = source.get(f"{base}/{name}").headers.get("content-type", "none")
            assert said.startswith(kind), (name, said)
            assert "charset=utf-8" in said.lower() or kind == "application/json", (name, said)
        text = source.get(f"{place.url}/.well-known/security.txt").headers["content-type"].lower()
        assert text.startswith("text/plain")
        assert "charset=utf-8" in text
        assert not source.get(f"{place.url}/.well-known/csaf/../../csaf/index.txt").hops
