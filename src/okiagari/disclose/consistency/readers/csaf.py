"""CSAF 2.0 and 2.1 read back: document, product tree, vulnerabilities (OASIS CSAF 2.0, section 3)."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from okiagari.disclose.consistency import normal
from okiagari.disclose.consistency.fields import Field
from okiagari.disclose.consistency.readers import csaf_tree, spoken
from okiagari.disclose.consistency.readers.csaf_tree import Item
from okiagari.disclose.consistency.statement import Told, Within

Json = Mapping[str, Any]
_STATUSES = {
    "known_affected": "affected",
    "known_not_affected": "not_affected",
    "under_investigation": "investigating",
}
_REMEDIES = {
    "vendor_fix": "fix",
    "workaround": "workaround",
    "mitigation": "mitigation",
    "no_fix_planned": "never",
    "none_available": "none",
    "fix_planned": "planned",
}


def read(data: bytes, within: Within) -> Iterator[Told]:
    document = json.loads(data)
    yield from _head(document["document"], within)
    tree = csaf_tree.items(document.get("product_tree", {}), within.names)
    yield from csaf_tree.told(tree)
    for number, flaw in enumerate(document.get("vulnerabilities", ()), 1):
        yield from _Flaw(flaw, f"/vulnerabilities/{number - 1}", f"#{number}", tree, within).told()


def _head(head: Json, within: Within) -> Iterator[Told]:
    tracking, place = head["tracking"], "/document/tracking"
    yield Told(Field.DOCUMENT, tracking["id"], f"{place}/id")
    yield Told(Field.TITLE, normal.plain(head["title"]), "/document/title")
    for kind, name in ((Field.INITIAL, "initial_release_date"), (Field.CURRENT, "current_release_date")):
        yield Told(kind, normal.instant(tracking[name], within.zone), f"{place}/{name}")
    for index, each in enumerate(tracking["revision_history"]):
        at = normal.instant(each["date"], within.zone)
        yield Told(Field.REVISIONS, f"{each['number']}: {at}", f"{place}/revision_history/{index}")
    if "aggregate_severity" in head:
        word = spoken.severity(head["aggregate_severity"]["text"], within.language)
        yield Told(Field.SEVERITY, word, "/document/aggregate_severity/text")
    for index, each in enumerate(head.get("acknowledgments", ())):
        for row, text in enumerate(each.get("names", ())):
            where = f"/document/acknowledgments/{index}/names/{row}"
            yield Told(Field.CREDIT, normal.plain(text), where)
    for index, each in enumerate(head.get("notes", ())):
        promised = spoken.promise(each["text"], within.language)
        if promised:
            yield Told(Field.NEXT_UPDATE, promised, f"/document/notes/{index}/text")
    yield from _references(head, within)


def _references(head: Json, within: Within) -> Iterator[Told]:
    for index, each in enumerate(head.get("references", ())):
        url = normal.url(each["url"])
        is_own = url.startswith(within.url + "/")
        is_page = is_own and url.endswith(".html")
        if is_page or not is_own:
            kind = Field.OWN_PAGE if is_page else Field.REFERENCES
            yield Told(kind, url, f"/document/references/{index}/url")


class _Flaw:
    """One vulnerability while it is read."""

    def __init__(self, flaw: Json, place: str, name: str, tree: Mapping[str, Item], within: Within) -> None:
        self.flaw, self.place, self.name, self.tree, self.within = flaw, place, name, tree, within

    def told(self) -> Iterator[Told]:
        flaw, place = self.flaw, self.place
        if "cve" in flaw:
            yield Told(Field.IDS, flaw["cve"], f"{place}/cve", flaw=self.name)
        for index, each in enumerate(flaw.get("ids", ())):
            yield Told(Field.IDS, each["text"], f"{place}/ids/{index}/text", flaw=self.name)
        if "cwe" in flaw:
            yield Told(Field.CWE, flaw["cwe"]["id"], f"{place}/cwe/id", flaw=self.name)
        for index, each in enumerate(flaw.get("cwes", ())):
            yield Told(Field.CWE, each["id"], f"{place}/cwes/{index}/id", flaw=self.name)
        for name in ("release_date", "disclosure_date"):
            if name in flaw:
                at = normal.instant(flaw[name], self.within.zone)
                yield Told(Field.PUBLIC, at, f"{place}/{name}", flaw=self.name)
        yield from self._status()
        yield from self._scores()
        yield from self._remedies()

    def _of(self, product_id: str) -> Item:
        return self.tree.get(product_id) or Item(product_id, normal.EVERY, "")

    def _told(self, kind: Field, value: str, place: str, product: str) -> Told:
        return Told(kind, value, f"{self.place}{place}", product, self.name)

    def _status(self) -> Iterator[Told]:
        for group, product_ids in self.flaw.get("product_status", {}).items():
            for index, each in enumerate(product_ids):
                item, place = self._of(each), f"/product_status/{group}/{index}"
                if group == "fixed":
                    yield self._told(Field.FIXED, item.versions, place, item.product)
                    continue
                yield self._told(Field.STATUS, _STATUSES.get(group, group), place, item.product)
                if group == "known_affected":
                    yield self._told(Field.AFFECTED, item.versions, place, item.product)

    def _scores(self) -> Iterator[Told]:
        listed = [(f"/scores/{n}", each, each) for n, each in enumerate(self.flaw.get("scores", ()))]
        metrics = enumerate(self.flaw.get("metrics", ()))
        listed += [(f"/metrics/{n}/content", each["content"], each) for n, each in metrics]
        for place, score, holder in listed:
            for kind in ("cvss_v2", "cvss_v3", "cvss_v4"):
                if kind in score:
                    yield from self._score(score[kind], f"{place}/{kind}", holder["products"])

    def _score(self, score: Json, place: str, products: list[str]) -> Iterator[Told]:
        vector = score["vectorString"]
        for each in products:
            yield self._told(Field.VECTOR, vector, f"{place}/vectorString", self._of(each).product)
        is_whole = score["version"] == "4.0"
        about = {"flaw": vector}
        base, word = (
            (Field.OVERALL, Field.OVERALL_SEVERITY) if is_whole else (Field.BASE, Field.BASE_SEVERITY)
        )
        yield Told(base, f"{score['baseScore']:.1f}", f"{self.place}{place}/baseScore", **about)
        if "baseSeverity" in score:
            said = score["baseSeverity"].lower()
            yield Told(word, said, f"{self.place}{place}/baseSeverity", **about)

    def _remedies(self) -> Iterator[Told]:
        """None is available of what is looked into, as of what a fix is prepared for: the status tells."""
        open_ids = self.flaw.get("product_status", {}).get("under_investigation", ())
        for index, each in enumerate(self.flaw.get("remediations", ())):
            place = f"/remediations/{index}"
            update = spoken.update(each["details"], self.within.language)
            planned = spoken.planned(each["details"], self.within.language)
            for product_id in each.get("product_ids", ()):
                product = self._of(product_id).product
                kind = _REMEDIES.get(each["category"], each["category"])
                kind = "investigating" if kind == "none" and product_id in open_ids else kind
                yield self._told(Field.REMEDY, kind, f"{place}/category", product)
                if kind == "fix":
                    yield self._told(Field.UPDATE, update, f"{place}/details", product)
                    if "url" in each:
                        yield self._told(Field.DOWNLOAD, normal.url(each["url"]), f"{place}/url", product)
                if planned and kind in {"none", "planned"}:
                    yield self._told(Field.PLANNED, planned, f"{place}/details", product)
