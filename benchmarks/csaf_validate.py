"""CSAF documents judged per second, beside the npm validator `@secvisogram/csaf-validator-lib`, in one run.

Both judge the same folder of CSAF 2.0 documents by the schema and the mandatory tests, with two processes
each, one after the other, several rounds. On a machine that has other work the processor time tells more
than the clock, so both are told. The documents: made by `build` (3 to 40 products, 1 to 10
vulnerabilities), and the official examples where the corpus is there. The peer is installed into a temporary
folder; where npm is absent, or nothing can be installed, our own figure stands alone.
"""

import cProfile
import json
import os
import pstats
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from okiagari.engines import csaf_files
from okiagari.engines.csaf_files import Asked, File
from okiagari.standards import cvss
from okiagari.standards.csaf import build, to_bytes
from okiagari.standards.csaf.model import (
    Document,
    Hardware,
    Installation,
    Note,
    Product,
    ProductScore,
    ProductStatus,
    Publisher,
    Reference,
    Remediation,
    Revision,
    Software,
    Tracking,
    Vulnerability,
)
from okiagari.standards.csaf.terms import NoteCategory, Profile, RemediationKind, Status
from okiagari.standards.firmware_order import Range

DOCUMENTS, ROUNDS, WORKERS = 2_000, 3, 2
PEER = "@secvisogram/csaf-validator-lib"
AT = datetime(2026, 3, 1, tzinfo=UTC)
VECTOR = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"
READER = """
import { readFileSync } from 'node:fs'
import validate from '@secvisogram/csaf-validator-lib/validate.js'
import { csaf_2_0 } from '@secvisogram/csaf-validator-lib/schemaTests.js'
import * as mandatory from '@secvisogram/csaf-validator-lib/mandatoryTests.js'
const tests = [csaf_2_0, ...Object.values(mandatory)]
const files = readFileSync(process.argv[2], 'utf8').split('\\n').filter(Boolean)
await validate(tests, JSON.parse(readFileSync(files[0], 'utf8')))
console.log('ready')
await new Promise((go) => process.stdin.once('data', go))
let valid = 0
const before = process.cpuUsage()
for (const file of files) valid += (await validate(tests, JSON.parse(readFileSync(file, 'utf8')))).isValid
const used = process.cpuUsage(before)
console.log(JSON.stringify([valid, (used.user + used.system) / 1e6]))
process.exit(0)
"""


def document(number: int, chance: random.Random) -> Document:
    """An advisory: each product with an affected range and a fixed version."""
    products: list[Product] = []
    affected, fixed = [], []
    for each in range(chance.choice((3, 3, 8, 40))):
        device, old, new = f"HW-{each}", f"OLD-{each}", f"NEW-{each}"
        products += [
            Hardware(device, "Maker", f"Router {each}"),
            Software(old, "Maker", f"Router {each} firmware", Range.before("1.03")),
            Software(new, "Maker", f"Router {each} firmware", Range.exactly("1.03")),
            Installation(f"{old} on it", old, device),
            Installation(f"{new} on it", new, device),
        ]
        affected.append(f"{old} on it")
        fixed.append(f"{new} on it")
    return Document(
        Profile.ADVISORY,
        "ルーターの脆弱性",
        "ja",
        Publisher("Maker", "https://maker.example"),
        Tracking(f"SA-{number}", Status.FINAL, (Revision("1", AT, "公開"),)),
        notes=(Note(NoteCategory.SUMMARY, "更新してください。"),),
        references=(Reference(f"https://maker.example/csaf/2026/sa-{number}.json", "self", is_self=True),),
        products=tuple(products),
        vulnerabilities=tuple(
            Vulnerability(
                cve=f"CVE-1900-{flaw + 1:04}",
                cwe="CWE-78",
                notes=(Note(NoteCategory.DESCRIPTION, "任意のコマンドが実行されます。"),),
                status=ProductStatus(known_affected=tuple(affected), fixed=tuple(fixed)),
                remediations=(Remediation(RemediationKind.VENDOR_FIX, "1.03に更新", tuple(affected)),),
                scores=(ProductScore(cvss.parse(VECTOR), tuple(affected)),),
            )
            for flaw in range(chance.choice((1, 1, 2, 10)))
        ),
    )


def write(folder: Path) -> list[Path]:
    chance = random.Random(1)
    for number in range(DOCUMENTS):
        (folder / f"sa-{number}.json").write_bytes(to_bytes(build(document(number, chance)).document))
    corpus = Path(os.environ.get("OKIAGARI_CORPUS", "../shared/corpus")) / "csaf-2.0" / "examples" / "csaf"
    for path in sorted(corpus.rglob("*.json")):
        shutil.copy(path, folder / path.name)
    return sorted(folder.glob("*.json"))


def spent() -> float:
    """Processor seconds of this process and of those it has waited for."""
    return sum(
        used.ru_utime + used.ru_stime
        for used in (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    )


def ours(paths: list[Path]) -> tuple[float, float, int]:
    """Seconds by the clock and of processors, starting the processes included, and how many are valid."""

    def files() -> Iterator[File]:
        yield from (File(path, is_named=True) for path in paths)

    started, before = time.monotonic(), spent()
    valid = sum(each.is_valid for each in csaf_files.judged(files(), Asked(), workers=WORKERS))
    return time.monotonic() - started, spent() - before, valid


def install(folder: Path) -> bool:
    """The peer, through npm's own client."""
    if shutil.which("npm") is None or shutil.which("node") is None:
        print("npm or node is not on this machine: the peer is left out.")
        return False
    (folder / "package.json").write_text('{"private": true, "type": "module"}')
    command = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts", PEER]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"the peer cannot be installed and is left out: {done.stderr.strip()[-200:]}")
        return False
    (folder / "read.js").write_text(READER)
    return True


def theirs(folder: Path, paths: list[Path]) -> tuple[float, float, int]:
    """The same work by as many processes of node, loaded and warm before the clock starts."""
    readers = []
    for number in range(WORKERS):
        (folder / f"files-{number}").write_text("\n".join(map(str, paths[number::WORKERS])))
        readers.append(
            subprocess.Popen(
                ["node", "read.js", f"files-{number}"],
                cwd=folder,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
        )
    for reader in readers:
        assert reader.stdout is not None
        assert reader.stdout.readline() == "ready\n"
    started = time.monotonic()
    for reader in readers:
        assert reader.stdin is not None
        reader.stdin.write("go\n")
        reader.stdin.flush()
    told = [json.loads(reader.communicate()[0]) for reader in readers]
    return time.monotonic() - started, sum(each[1] for each in told), sum(each[0] for each in told)


def where_time_goes(paths: list[Path]) -> None:
    """Shares of the processor time of one process, by what is asked."""
    profile = cProfile.Profile()
    some = [File(path, is_named=True) for path in paths[:: max(1, len(paths) // 300)]]
    csaf_files.judged_file(some[0], Asked())
    profile.runcall(lambda: [csaf_files.judged_file(each, Asked()) for each in some])
    stats = pstats.Stats(profile).stats  # type: ignore[attr-defined]
    total = max(entry[3] for entry in stats.values())
    shares: Counter[str] = Counter()
    for (file, _, name), entry in stats.items():
        if name.startswith("check_") and "/rules/" in file:
            shares[name] += entry[3]
        elif name == "decode" or (name == "is_valid" and "_file" not in name) or "msgspec" in name:
            shares[name.strip("<>{}")] += entry[3]
    for name, seconds in shares.most_common(8):
        print(f"  {seconds / total:6.1%}  {name}")


def main() -> None:
    with tempfile.TemporaryDirectory() as place:
        folder, peer = Path(place) / "documents", Path(place) / "peer"
        folder.mkdir()
        peer.mkdir()
        paths = write(folder)
        size = sum(path.stat().st_size for path in paths)
        print(
            f"{len(paths)} documents, {size / 1e6:.0f} MB, {WORKERS} processes, load {os.getloadavg()[0]:.1f}"
        )
        has_peer = install(peer)
        best: dict[str, list[float]] = {}
        for _ in range(ROUNDS):
            for name, run in (("okiagari", lambda: ours(paths)), ("npm", lambda: theirs(peer, paths))):
                if name == "okiagari" or has_peer:
                    clock, processor, valid = run()
                    rates = [len(paths) / clock, len(paths) / processor]
                    best[name] = [max(pair) for pair in zip(rates, best.get(name, rates), strict=True)]
                    print(
                        f"  {name:9} {rates[0]:7.0f}/s, {rates[1]:7.0f} per processor second, {valid} valid"
                    )
        for number, what in enumerate(("by the clock, two processes", "per processor second")):
            told = ", ".join(f"{name} {rates[number]:.0f}" for name, rates in best.items())
            ratio = best["okiagari"][number] / best["npm"][number] if has_peer else 0
            print(f"best {what}: {told}{f'; ratio {ratio:.2f}' if ratio else ''}")
        where_time_goes(paths)


if __name__ == "__main__":
    sys.exit(main())
