"""Documents of the maker's own past, and of a supplier, made by the formats themselves."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from okiagari.disclose import sealing
from okiagari.disclose.models import Advisory
from okiagari.disclose.publisher import site as site_now
from okiagari.disclose.site import csaf_document, formats
from okiagari.disclose.site.entries import Edition, Entry
from okiagari.standards.csaf import to_bytes
from tests.disclose.conftest import site  # noqa: F401 - the story needs a site folder
from tests.disclose.story import Story, begun

PAST = "SA-2008-007"


@pytest.fixture
def story(db: None, site: Path) -> Story:  # noqa: F811
    return begun()


def entry(story: Story) -> Entry:
    """The story's advisory as if it had gone out twice."""
    said = sealing.now(Advisory.objects.get(public_id=story.advisory)).whole
    editions = tuple(
        Edition(
            number,
            datetime(2008 + number, 5, 1, 1, tzinfo=UTC),
            {"ja": f"第{number}版", "en": f"Edition {number}"},
            ("ja", "en"),
        )
        for number in (1, 2)
    )
    return Entry(said, editions)


def exported(story: Story, language: str = "ja", *, version: str = "2.0", **changes: Any) -> bytes:
    """Its CSAF document, under the id of a past advisory and another CVE id."""
    made = csaf_document.document(entry(story), site_now(), language, version=version).document
    text = (
        json.dumps(made, ensure_ascii=False)
        .replace("SA-2015-001", PAST)
        .replace("CVE-2015-2984", "CVE-2008-4001")
    )
    document = json.loads(text)
    document["document"] |= changes
    return to_bytes(document)


def other_formats(story: Story) -> dict[str, bytes]:
    """The same as a CVE record and as VULDEF."""
    made = {each.format: each.content for each in formats.made(entry(story), site_now()) if each.content}
    return {name: content for name, content in made.items() if isinstance(content, bytes)}


SUPPLIER = {
    "document": {
        "category": "csaf_security_advisory",
        "csaf_version": "2.0",
        "lang": "en",
        "title": "Heap overflow in libexample",
        "publisher": {
            "category": "vendor",
            "name": "Example Libraries",
            "namespace": "https://libexample.example",
        },
        "tracking": {
            "id": "EXL-2026-3",
            "status": "final",
            "version": "1",
            "initial_release_date": "2026-01-10T00:00:00Z",
            "current_release_date": "2026-01-10T00:00:00Z",
            "revision_history": [{"date": "2026-01-10T00:00:00Z", "number": "1", "summary": "First"}],
        },
        "notes": [{"category": "summary", "text": "A long name overflows a buffer."}],
        "references": [{"category": "external", "summary": "Patch", "url": "https://libexample.example/p"}],
        "x_house": {"colour": "red"},
    },
    "product_tree": {
        "branches": [
            {
                "category": "vendor",
                "name": "Example Libraries",
                "branches": [
                    {
                        "category": "product_name",
                        "name": "libexample",
                        "branches": [
                            {
                                "category": "product_version_range",
                                "name": "<1.4",
                                "product": {
                                    "name": "libexample before 1.4",
                                    "product_id": "P-1",
                                    "product_identification_helper": {"purl": "pkg:generic/libexample"},
                                },
                            }
                        ],
                    }
                ],
            }
        ]
    },
    "vulnerabilities": [
        {
            "cve": "CVE-2026-0003",
            "cwe": {"id": "CWE-122", "name": "Heap-based Buffer Overflow"},
            "notes": [{"category": "description", "text": "A long name overflows a buffer."}],
            "product_status": {"known_affected": ["P-1"]},
            "scores": [
                {
                    "products": ["P-1"],
                    "cvss_v3": {
                        "version": "3.1",
                        "vectorString": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
                        "baseScore": 9.8,
                        "baseSeverity": "CRITICAL",
                    },
                }
            ],
            "remediations": [{"category": "vendor_fix", "details": "Use 1.4.", "product_ids": ["P-1"]}],
        }
    ],
}
