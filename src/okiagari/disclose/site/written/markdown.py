"""The advisory as Markdown (CommonMark), for sites and tools that have a look of their own.

Texts of people stay texts: every sign that would be markup is escaped; an address becomes a link by itself.
"""

import re
from collections.abc import Iterable, Iterator

from okiagari.disclose.site import saying
from okiagari.disclose.site.entries import Entry, Site
from okiagari.disclose.site.written.prose import Block, Item, prose

_MARKUP = re.compile(r"([\\`*_\[\]<>|~&]|^[-+#=])")
_ADDRESS = re.compile(r"https?://[^\s<>\"']+\Z")
_WITHIN = re.compile(r"(https?://[!#-;=?-Z_a-z~]+?)(?=[.,;:!?)]*(?:$|[\s、。，．）」』】]))")
"""An address in a sentence: plain signs up to a blank or the end of the sentence; elsewhere it stays text."""
_ORDERED = re.compile(r"^(\d+)([.)])")


def text(entry: Entry, site: Site, language: str) -> str:
    with saying.speaking(language):
        said = prose(entry, site, language)
        head = [f"- {_inline(each)}" for each in (*said.head, said.address)]
        parts = [f"# {_inline(said.title)}", "\n".join(head)]
        for section in said.sections:
            if section.title:
                parts.append(f"## {_inline(section.title)}")
            parts += filter(None, (_block(each) for each in section.blocks))
        return "\n\n".join(parts) + "\n"


def _block(block: Block) -> str:
    if isinstance(block, str):
        return "\n\n".join(_inline(line) for line in block.splitlines() if line.strip())
    return "\n".join(_lines(block))


def _lines(items: Iterable[Item]) -> Iterator[str]:
    for item in items:
        yield f"- {_inline(item.text)}"
        for more in item.more:
            yield from (f"  - {_inline(line)}" for line in more.splitlines() if line.strip())


def _inline(said: str) -> str:
    """One line; what is an address is a link, and none of its signs is markup."""
    plain = " ".join("".join(each if each.isprintable() else " " for each in said).split())
    if _ADDRESS.match(plain):
        return f"<{plain}>"
    parts = _WITHIN.split(plain)  # texts and addresses in turn
    texts = [f"<{part}>" if place % 2 else _MARKUP.sub(r"\\\1", part) for place, part in enumerate(parts)]
    return _ORDERED.sub(r"\1\\\2", "".join(texts))
