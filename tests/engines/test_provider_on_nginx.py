"""The configuration of the guide, run by nginx itself, serves what is judged to be a trusted provider."""

import os
import re
import shutil
import socket
import subprocess
import time
from dataclasses import replace
from pathlib import Path

from okiagari.engines.provider_sources import HttpSource
from okiagari.plumbing import clock
from okiagari.standards.provider.findings import Role, Verdict
from okiagari.standards.provider.judge import judge
from tests.support.provider import PUBLIC, Counting, certificate, publish, two

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "guide" / "publishing.md"


def documented(folder: Path, port: int) -> str:
    """The server of the guide with the folders and the port of this test, and nothing else changed."""
    found = re.search(r"```nginx\n(.*?)```", GUIDE.read_text(), re.DOTALL)
    assert found
    server = found[1].replace("listen 443 ssl", f"listen 127.0.0.1:{port} ssl")
    server = server.replace("/srv/okiagari/site/", f"{folder}/site/")
    server = server.replace("/etc/ssl/maker.example.pem", f"{folder}/certificate.pem")
    server = server.replace("/etc/ssl/maker.example.key", f"{folder}/key.pem")
    temporary = " ".join(
        f"{name}_temp_path {folder}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    return (
        f"daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log; events {{}}\n"
        f"http {{ access_log off; {temporary}\n{server} }}\n"
    )


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def test_nginx_with_the_documented_configuration_serves_a_trusted_provider(tmp_path: Path) -> None:
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    assert program, "nginx belongs to the machine tests run on (.ci/run installs it)"
    tmp_path.chmod(0o755)
    ca, _ = certificate(tmp_path)
    port = free_port()
    site = replace(PUBLIC, url=f"https://127.0.0.1:{port}/security", has_csaf_2_1=True)
    publish(tmp_path / "site", two(), Counting().signing(), site)
    configuration = tmp_path / "nginx.conf"
    configuration.write_text(("user root;\n" if os.geteuid() == 0 else "") + documented(tmp_path, port))
    server = subprocess.Popen([program, "-p", str(tmp_path), "-e", "stderr", "-c", str(configuration)])
    try:
        with HttpSource(ca, seconds=5) as source:
            ready_at = time.monotonic() + 20
            while not source.get(f"{site.url}/csaf/index.txt").is_there:
                assert time.monotonic() < ready_at, server.poll()
                time.sleep(0.05)
            for path in ("", "/csaf-2.1/provider-metadata.json"):
                report = judge(source, site.url + path, Role.TRUSTED_PROVIDER, now=clock.now())
                assert report.holds, report
                met = {each.number for each in report.results if each.verdict is Verdict.MET}
                assert set(range(1, 21)) - met == {10}
            types = {
                ending: source.get(f"{site.url}/csaf/2015/sa-1.json{ending}").headers["content-type"]
                for ending in ("", ".asc", ".sha256")
            }
        assert types[""].startswith("application/json")
        assert types[".asc"].startswith("text/plain")
    finally:
        server.terminate()
        server.wait(10)
