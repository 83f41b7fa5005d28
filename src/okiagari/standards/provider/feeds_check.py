"""ROLIE feeds, service and category documents (7.1.15 to 7.1.17; RFC 8322)."""

from collections.abc import Iterator
from typing import Any

from okiagari.standards.documents import moment
from okiagari.standards.provider.answers import SMALL_LIMIT
from okiagari.standards.provider.values import decoded, dig, items, text, texts
from okiagari.standards.provider.visit import Visit

FEED, SERVICE, CATEGORY = 15, 16, 17
BY = "the ROLIE feed"
_TERM = ("urn:ietf:params:rolie:category:information-type", "csaf")
_OPEN = ("UNLABELED", "WHITE", "CLEAR", "GREEN")


def read_feeds(visit: Visit) -> None:
    """Names the documents of the open feeds, and judges what can be judged without them."""
    feeds = [feed for each in _rolies(visit) for feed in items(each, "feeds")]
    urls = {text(feed, "url"): text(feed, "tlp_label") for feed in feeds if text(feed, "url")}
    if not urls:
        visit.sheet.error(FEED, visit.metadata_url or visit.start, "no ROLIE feed is listed")
        for number in (SERVICE, CATEGORY):
            visit.sheet.unchecked(number, "there is no ROLIE feed")
        return
    count = sum(_feed(visit, url) for url, label in urls.items() if label in _OPEN)
    if not {"UNLABELED", "WHITE", "CLEAR"} & set(urls.values()):
        visit.sheet.error(FEED, visit.metadata_url, "no feed is TLP:WHITE, TLP:CLEAR or unlabelled")
    for url, label in urls.items():
        if label not in _OPEN and visit.source.is_network and visit.get(url).is_there:
            visit.sheet.error(5, url, f"is the feed of TLP:{label} and can be read by everybody")
    visit.sheet.found(FEED, f"{len(urls)} feeds with {count:,} entries")
    _services(visit, set(urls))
    _categories(visit)


def compare(visit: Visit) -> None:
    """Everything published is in a feed, with the dates of the documents."""
    for url, by in visit.named.items():
        if BY not in by:
            visit.sheet.error(FEED, url, "is in no ROLIE feed")
    for url, entry in visit.entries.items():
        document = visit.documents.get(url)
        if document is None:
            continue
        if document.id and text(entry, "id") != document.id:
            visit.sheet.warn(FEED, url, f"has the id {document.id}, and {text(entry, 'id')} in the feed")
        said = moment(text(entry, "updated"))
        if said is None or (document.last_at and said != document.last_at):
            visit.sheet.error(FEED, url, f"is of {document.last_at}, and of {said} in the feed")


def _rolies(visit: Visit) -> Iterator[Any]:
    for each in items(visit.metadata, "distributions"):
        if isinstance(dig(each, "rolie"), dict):
            yield each["rolie"]


def _feed(visit: Visit, url: str) -> int:
    answer = visit.get(url)
    document = decoded(answer.data) if answer.is_there else None
    feed = dig(document, "feed")
    if not isinstance(feed, dict):
        why = answer.why if not answer.is_there else "is no ROLIE feed in JSON"
        visit.sheet.error(FEED, url, why)
        return 0
    if not url.endswith(".json"):
        visit.sheet.error(FEED, url, "does not end in .json")
    for name in ("id", "title"):
        if not text(feed, name):
            visit.sheet.error(FEED, url, f"has no {name}")
    if moment(text(feed, "updated")) is None:
        visit.sheet.error(FEED, url, "has no date and time as updated")
    if not _is_csaf(items(feed, "category")):
        visit.sheet.error(FEED, url, "has not the category csaf of the information types")
    for index, entry in enumerate(items(feed, "entry")):
        _entry(visit, url, index, entry)
    return len(items(feed, "entry"))


def _entry(visit: Visit, url: str, index: int, entry: Any) -> None:
    links = {text(each, "rel"): text(each, "href") for each in items(entry, "link")}
    place = text(entry, "content", "src") or links.get("self", "")
    if not place:
        visit.sheet.error(FEED, url, f"entry {index} leads to no document")
        return
    if links.get("self") != place:
        visit.sheet.error(FEED, url, f"entry {index} has another self link than its content")
    for name in ("id", "title"):
        if not text(entry, name):
            visit.sheet.error(FEED, url, f"entry {index} has no {name}")
    if moment(text(entry, "updated")) is None or moment(text(entry, "published")) is None:
        visit.sheet.error(FEED, url, f"entry {index} has not both dates, published and updated")
    if "hash" not in links:
        visit.sheet.warn(FEED, url, f"entry {index} has no link to a hash")
    if "signature" not in links:
        visit.sheet.warn(FEED, url, f"entry {index} has no link to a signature")
    visit.entries[place] = entry
    visit.name(place, BY)


def _is_csaf(categories: list[Any]) -> bool:
    return any((text(each, "scheme"), text(each, "term")) == _TERM for each in categories)


def _services(visit: Visit, feeds: set[str]) -> None:
    """Optional; each that there is lists the feeds."""
    urls = [url for each in _rolies(visit) for url in texts(each, "services")]
    listed: set[str] = set()
    for url in urls:
        service = dig(decoded(visit.get(url, limit=SMALL_LIMIT).data), "service")
        collections = [one for each in items(service, "workspace") for one in items(each, "collection")]
        if not collections:
            visit.sheet.error(SERVICE, url, "is no ROLIE service document with collections")
        for each in collections:
            listed.add(text(each, "href"))
            if not _is_csaf(items(each, "categories", "category")):
                visit.sheet.error(SERVICE, url, f"{text(each, 'href')} has not the category csaf")
    for feed in sorted(feeds - listed) if urls else ():
        visit.sheet.error(SERVICE, urls[0], f"does not list {feed}")
    visit.sheet.found(SERVICE, ", ".join(urls) or "none, which is allowed")


def _categories(visit: Visit) -> None:
    """Optional, too."""
    urls = [url for each in _rolies(visit) for url in texts(each, "categories")]
    for url in urls:
        document = decoded(visit.get(url, limit=SMALL_LIMIT).data)
        terms = [text(each, "term") for each in items(document, "categories", "category")]
        if not all(terms) or not terms:
            visit.sheet.error(CATEGORY, url, "is no ROLIE category document with terms")
    visit.sheet.found(CATEGORY, ", ".join(urls) or "none, which is allowed")
