"""The people of the story, each at a browser of their own, and the numbers they pass one another."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.support.people import Page, Visitor, signed_in


@dataclass
class Team:
    """`report`, `case`, `advisory`: public numbers, once they are known."""

    language: str
    developer: Visitor
    member: Visitor
    approver: Visitor
    report: str = ""
    case: str = ""
    advisory: str = ""

    @classmethod
    def comes_in(cls, language: str) -> "Team":
        names = ("sample-developer", "sample-member", "sample-approver")
        return cls(language, *(signed_in(name, language) for name in names))

    def reads(self, page: Page, *, ja: str, en: str) -> None:
        page.says(ja if self.language == "ja" else en)

    def follows(self, person: Visitor, *, ja: str, en: str) -> None:
        person.follow_words(ja if self.language == "ja" else en)

    def case_page(self, person: Visitor, tab: str = "") -> Visitor:
        person.open(f"/cases/{self.case}/{tab}")
        return person

    def advisory_page(self, person: Visitor) -> Visitor:
        person.open(f"/advisories/{self.advisory}/")
        return person

    @property
    def flaw(self) -> str:
        """The number of the one vulnerability, as links on the case carry it."""
        return self.case_page(self.member).page.numbers("VUL")[0]

    def cells(self, *targets: str) -> list[str]:
        """The boxes in the grid of these products."""
        offers = self.developer.page.offers("cells") or self.member.page.offers("cells")
        return [offer for offer in offers if offer.partition("|")[0] in targets]

    def a_file(self, name: str, lines: Sequence[str]) -> SimpleUploadedFile:
        return SimpleUploadedFile(name, "\n".join(lines).encode(), "text/csv")


def is_the_public_document(csaf: dict[str, Any]) -> None:
    """What a program downstream reads is what the people decided."""
    assert csaf["document"]["tracking"]["id"].startswith("SAMPLE-SA-2015-001")
    (flaw,) = csaf["vulnerabilities"]
    assert flaw["cve"] == "CVE-2015-2984"
    assert flaw["product_status"] == {
        "fixed": ["WN-G54/R2 1.03"],
        "known_affected": ["NP-BBRS", "WN-G54/R2 <1.03"],
        "known_not_affected": ["ETX2-RA"],
    }
    remedies = {each["category"]: each["product_ids"] for each in flaw["remediations"]}
    assert remedies == {"no_fix_planned": ["NP-BBRS"], "vendor_fix": ["WN-G54/R2 <1.03"]}
