"""Serves the published site: files of the tree that `current` points to, and nothing else.

In: a path below ``/security/`` or ``/.well-known/``. Out: the file with its type and validators, a folder's
index.html, or 404. A name that leads out of the tree, through dots or links, is no name at all. Where
another server publishes the folder, this is not needed.
"""

import mimetypes
from pathlib import Path

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified
from django.shortcuts import render
from django.utils.http import http_date, parse_etags, parse_http_date_safe
from django.views.decorators.http import require_safe

HIDDEN_ALLOWED = ".well-known"
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".md": "text/markdown; charset=utf-8",
    ".ics": "text/calendar; charset=utf-8",
    ".asc": "text/plain; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".sha256": "text/plain; charset=utf-8",
    ".sha512": "text/plain; charset=utf-8",
    ".json": "application/json",
    ".atom": "application/atom+xml",
    ".rss": "application/rss+xml",
    ".rdf": "application/rdf+xml",
    ".xml": "application/xml",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
    ".ico": "image/x-icon",
    ".woff2": "font/woff2",
    ".pdf": "application/pdf",
}
READ_BY_PROGRAMS = ("application/", "text/plain", "text/csv")


def root() -> Path:
    """The tree that is public now."""
    return (Path(settings.ENVIRONMENT.site_dir) / "current").resolve()


@require_safe
def site(request: HttpRequest, path: str = "") -> HttpResponseBase:
    """One file of the site."""
    tree = root()
    found = _within(tree, path)
    if found is None:
        return _missing(request)
    if found.is_dir():
        if path and not path.endswith("/"):
            return _to_folder(request)
        found = found / "index.html"
    elif path.endswith("/"):
        return _missing(request)
    return _file(request, found) if found.is_file() else _missing(request)


@require_safe
def well_known(request: HttpRequest, path: str) -> HttpResponseBase:
    """``/.well-known/``: security.txt and the provider metadata, where programs look for them first."""
    return site(request, f"{HIDDEN_ALLOWED}/{path}")


def _within(tree: Path, path: str) -> Path | None:
    """The file or folder, if it lies in the tree and nothing in its name is hidden or leads out."""
    parts = [part for part in path.split("/") if part]
    if "\x00" in path or "\\" in path:
        return None
    if any(part.startswith(".") and part != HIDDEN_ALLOWED for part in parts):
        return None
    try:
        found = tree.joinpath(*parts).resolve()
        return found if found.is_relative_to(tree) and found.exists() else None
    except (OSError, RuntimeError):  # longer than a name can be, or a link to itself
        return None


def _to_folder(request: HttpRequest) -> HttpResponse:
    response = HttpResponse(status=301)
    query = request.META.get("QUERY_STRING", "")
    response["Location"] = request.path.rsplit("/", 1)[-1] + "/" + (f"?{query}" if query else "")
    return response


def content_type(name: str) -> str:
    """By the last ending of the name; bytes of no known kind are only for downloading."""
    ending = Path(name).suffix.lower()
    return TYPES.get(ending) or mimetypes.guess_type(name)[0] or "application/octet-stream"


def _file(request: HttpRequest, path: Path) -> HttpResponseBase:
    facts = path.stat()
    etag = f'"{facts.st_mtime_ns:x}-{facts.st_size:x}"'
    validators = {"ETag": etag, "Last-Modified": http_date(facts.st_mtime), "Cache-Control": "max-age=60"}
    kind = content_type(path.name)
    if kind.startswith(READ_BY_PROGRAMS):
        validators["Access-Control-Allow-Origin"] = "*"
    response: HttpResponseBase
    if _is_fresh(request, etag, int(facts.st_mtime)):
        response = HttpResponseNotModified()
    elif request.method == "HEAD":
        response = HttpResponse(content_type=kind, headers={"Content-Length": str(facts.st_size)})
    else:
        response = FileResponse(path.open("rb"), content_type=kind)
        del response["Content-Disposition"]
    for name, value in validators.items():
        response[name] = value
    return response


def _is_fresh(request: HttpRequest, etag: str, modified: int) -> bool:
    """RFC 9110, 13.1: If-None-Match counts before If-Modified-Since."""
    known = request.headers.get("If-None-Match")
    if known is not None:
        return known.strip() == "*" or etag in [each.removeprefix("W/") for each in parse_etags(known)]
    since = parse_http_date_safe(request.headers.get("If-Modified-Since", ""))
    return since is not None and modified <= since


def _missing(request: HttpRequest) -> HttpResponse:
    has_site = root().is_dir()
    return render(request, "public/missing.html", {"has_site": has_site}, status=404)
