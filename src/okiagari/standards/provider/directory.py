"""index.txt, changes.csv and listings of folders (OASIS CSAF 2.0, 7.1.11 to 7.1.14).

In: paths below the folder of the documents, with their current release dates. Out: bytes.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from html import escape
from urllib.parse import quote

from okiagari.standards.documents import instant


def index(paths: Iterable[str]) -> bytes:
    """7.1.12: every document, one a line."""
    return "".join(f"{path}\n" for path in sorted(paths)).encode()


def changes(dates: Mapping[str, datetime]) -> bytes:
    """7.1.13: every document with its current release date, the newest first, both quoted; no heading."""
    newest = sorted(dates.items(), key=lambda each: (each[1], each[0]), reverse=True)
    return "".join(f'"{path}","{instant(moment)}"\n' for path, moment in newest).encode()


def listing(title: str, names: Sequence[str]) -> bytes:
    """7.1.14: what lies in a folder, as a page that needs no server to make it."""
    lines = "".join(f'<li><a href="{quote(name)}">{escape(name)}</a></li>\n' for name in names)
    head = f'<meta charset="utf-8"><title>{escape(title)}</title>'
    page = (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>{head}</head>\n'
        f"<body>\n<h1>{escape(title)}</h1>\n<ul>\n{lines}</ul>\n</body>\n</html>\n"
    )
    return page.encode()
