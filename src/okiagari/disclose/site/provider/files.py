"""Every file of the provider for a tree: per version of CSAF that has documents in it, and security.txt.

In: the documents of the tree with their digests, the advisories, the site, who signs. Out: path, bytes or the
file to use again, and its line in the manifest.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from okiagari.disclose.site import saying
from okiagari.disclose.site.entries import Entry, Site
from okiagari.disclose.site.lines import Lines
from okiagari.disclose.site.manifest import File, digest
from okiagari.disclose.site.provider.companions import Made, Signed, Signing, companions
from okiagari.plumbing import clock
from okiagari.standards.documents import to_bytes
from okiagari.standards.localtext import LANGUAGES
from okiagari.standards.provider import directory, layout, metadata, rolie, security_txt
from okiagari.standards.provider.layout import Edition
from okiagari.standards.provider.rolie import Published

VALID = timedelta(days=330)
"""So long security.txt holds; RFC 9116 recommends less than a year."""

DOCUMENTS = frozenset({"csaf", "csaf-2.1", "cve", "cyclonedx", "openeox", "openvex", "vuldef"})
"""The folders of what programs read; each file in them has its hashes and its signature beside it."""

Contents = Mapping[str, bytes | Path]
Files = Mapping[str, File]


def extras(
    contents: Contents, files: Files, said: Sequence[tuple[Entry, Lines]], site: Site, signed: Signed
) -> Iterator[Made]:
    """`contents`, `files`: everything in the tree so far, with its lines in the manifest."""
    for path, file in files.items():
        if path.partition("/")[0] in DOCUMENTS:
            yield from companions(path, contents[path], file.sha256, signed)
    shelves = []
    for edition in layout.EDITIONS:
        published = _published(edition, contents, said)
        if published or edition is layout.V2_0:
            shelves.append(edition)
            yield from _fresh(_shelf(edition, published, site, signed.by))
    yield from _fresh(_keys(signed.by))
    yield from _fresh(_well_known(shelves, site, signed.by))


def _fresh(files: Iterator[tuple[str, bytes]]) -> Iterator[Made]:
    for path, data in files:
        yield path, data, File(digest(data))


def _published(edition: Edition, contents: Contents, said: Sequence[tuple[Entry, Lines]]) -> list[Published]:
    """The documents of this version, the newest first."""
    found = []
    for entry, lines in said:
        for language in entry.content.languages:
            path = entry.document(language, edition.version)
            if path in contents:
                found.append(_one(entry, language, path.removeprefix(f"{edition.root}/"), lines.models))
    return found


def _one(entry: Entry, language: str, path: str, models: tuple[str, ...]) -> Published:
    words = entry.content.words
    return Published(
        path=path,
        id=entry.document_id(language),
        title=saying.in_language(words.title, language),
        summary=saying.in_language(words.summary, language),
        first_at=entry.first_at,
        last_at=entry.last_at,
        models=models,
    )


def _shelf(
    edition: Edition, published: Sequence[Published], site: Site, signing: Signing
) -> Iterator[tuple[str, bytes]]:
    """Lists, feed and metadata of one version."""
    root, url = edition.root, f"{site.url}/{edition.root}"
    now = clock.now()
    signed = signing.sign is not None
    yield f"{root}/{layout.INDEX}", directory.index(each.path for each in published)
    yield f"{root}/{layout.CHANGES}", directory.changes({each.path: each.last_at for each in published})
    yield f"{root}/{edition.feed}", to_bytes(rolie.feed(edition, url, published, at=now, signed=signed))
    yield f"{root}/{layout.SERVICE}", to_bytes(rolie.service(edition, url))
    yield f"{root}/{edition.category}", to_bytes(rolie.categories(published))
    yield f"{root}/{layout.METADATA}", _metadata(edition, site, signing)
    yield from _listings(edition, published, signed=signed)


def _listings(
    edition: Edition, published: Sequence[Published], *, signed: bool
) -> Iterator[tuple[str, bytes]]:
    """A page per folder that lists it, for servers that list none."""
    years: dict[str, list[str]] = {}
    endings = ["", *(f".{each}" for each in layout.HASHES), *([f".{layout.SIGNATURE}"] if signed else [])]
    for each in published:
        year, _, name = each.path.partition("/")
        years.setdefault(year, []).extend(f"{name}{ending}" for ending in endings)
    for year, names in years.items():
        title = f"CSAF {edition.version}: {year}"
        yield f"{edition.root}/{year}/index.html", directory.listing(title, sorted(names))
    files = [layout.CHANGES, edition.category, edition.feed, layout.INDEX, layout.METADATA, layout.SERVICE]
    folders = [f"{year}/" for year in sorted(years, reverse=True)]
    yield f"{edition.root}/index.html", directory.listing(f"CSAF {edition.version}", [*folders, *files])


def _metadata(edition: Edition, site: Site, signing: Signing) -> bytes:
    provider = metadata.Provider(
        edition=edition,
        url=f"{site.url}/{edition.root}",
        issuer=_issuer(site),
        updated=clock.now(),
        keys=tuple((each.fingerprint, f"{site.url}/{key_path(each.fingerprint)}") for each in signing.listed),
        is_signed=signing.sign is not None,
    )
    return to_bytes(metadata.metadata(provider))


def _issuer(site: Site) -> metadata.Issuer:
    """The same name as the documents in English have; aggregators of the world read it."""
    name = saying.in_language(site.publisher.name, "en") or "The maker"
    return metadata.Issuer(name, saying.web(site.publisher.website) or site.url, site.contact)


def key_path(fingerprint: str) -> str:
    return f"{layout.V2_0.root}/{layout.KEYS}/{fingerprint}.{layout.SIGNATURE}"


def _keys(signing: Signing) -> Iterator[tuple[str, bytes]]:
    for each in signing.listed:
        yield key_path(each.fingerprint), each.armored


def _well_known(shelves: Sequence[Edition], site: Site, signing: Signing) -> Iterator[tuple[str, bytes]]:
    """What programs look for first; security.txt once there is somebody to write to."""
    yield layout.WELL_KNOWN, _metadata(layout.V2_0, site, signing)
    parts = urlsplit(site.url)
    contacts = [each for each in (_address(site.contact),) if each]
    if parts.scheme == "https" and urlsplit(site.report_url)[:2] == parts[:2]:
        contacts.append(site.report_url)  # served beside the site, so it is public; else it may be inside
    if not contacts:
        return
    said = security_txt.SecurityTxt(
        contacts=tuple(contacts),
        expires=clock.now() + VALID,
        canonical=f"{parts.scheme}://{parts.netloc}/{layout.SECURITY_TXT}",
        policy=site.policy_url,
        csaf=tuple(f"{site.url}/{each.root}/{layout.METADATA}" for each in shelves),
        languages=LANGUAGES,
    )
    text = security_txt.to_bytes(said)
    yield layout.SECURITY_TXT, signing.sign_text(text) if signing.sign_text else text


def _address(contact: str) -> str:
    """The maker's contact as an address, where it is one."""
    text = contact.strip()
    if text.startswith(("https://", "http://", "mailto:", "tel:")):
        return text
    return f"mailto:{text}" if "@" in text and " " not in text else ""
