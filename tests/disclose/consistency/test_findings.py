"""Addresses that lead nowhere, and names for programs that contradict what is said of versions."""

import json
from dataclasses import replace
from typing import Any

from okiagari.disclose.consistency import checking, files, identities
from okiagari.disclose.consistency.files import File
from tests.disclose.consistency.rich import WIDE, rich
from tests.disclose.making import content, product, status

FIRMWARE = "cpe:2.3:o:maker:a-1_firmware:{}:*:*:*:*:*:*:*"


def finished() -> tuple[File, ...]:
    return files.finished(rich(), WIDE)


def named(made: tuple[File, ...]) -> set[str]:
    beside = {"public.css", "openeox/index.json", "models/index.json"}
    for language in ("ja", "en"):
        beside |= {f"{language}/{each}" for each in ("index.html", "feed.xml", "models/index.html")}
        beside |= {f"{language}/models/{each}.html" for each in ("a-1", "b-2", "c-3", "d-4", "e-5")}
    return beside | {each.path for each in made}


def test_every_address_of_our_own_leads_to_a_file() -> None:
    made = finished()
    names = named(made)
    assert checking.check(rich(), WIDE, made, names).noted == []
    found = checking.check(rich(), WIDE, made, names - {"ja/sa-2015-001.html"}).noted
    assert {each.code for each in found} == {"address"}
    kinds = {each.path.partition("/")[0] for each in found}
    assert kinds == {"csaf", "csaf-2.1", "cve", "cyclonedx", "en", "ja", "vuldef"}


def with_cpe(text: str) -> set[str]:
    """What is found where the CVE record names this CPE beside the range before 1.03."""
    (record,) = (each for each in finished() if each.format == "cve-2015-2984")
    document: Any = json.loads(record.content)
    affected = document["containers"]["cna"]["affected"]
    next(each for each in affected if each["product"] == "A-1")["cpes"] = [text]
    changed = replace(record, content=json.dumps(document).encode())
    return {each.code for each in identities.check(rich().content, [changed])}


def test_a_cpe_names_no_version_outside_of_the_range() -> None:
    assert with_cpe(FIRMWARE.format("*")) == set()
    assert with_cpe(FIRMWARE.format("1.03")) == {"cpe_outside"}
    assert with_cpe("cpe:nonsense") == {"cpe_unreadable"}


def test_one_cpe_for_two_products_that_stand_differently_is_a_warning() -> None:
    text = FIRMWARE.format("*")
    said = content(
        products=[product("A-1", firmware_cpe=text), product("B-2", firmware_cpe=text)],
        statuses=[status("A-1", "affected", range={"form": "all"}), status("B-2", "not_affected")],
    )
    (found,) = identities.check(said, [])
    assert (found.code, found.is_error) == ("cpe_shared", False)
