"""The advisory as plain text, to be sent by mail: nothing that a reader of mail would have to render."""

from collections.abc import Iterable, Iterator

from okiagari.disclose.site import saying
from okiagari.disclose.site.entries import Entry, Site
from okiagari.disclose.site.written.prose import Block, Item, prose


def text(entry: Entry, site: Site, language: str) -> str:
    """The title first, which is the subject; the address of the page after the head."""
    with saying.speaking(language):
        said = prose(entry, site, language)
        parts = [said.title, "\n".join([*said.head, said.address])]
        for section in said.sections:
            blocks = "\n\n".join(filter(None, (_block(each) for each in section.blocks)))
            parts.append(f"■ {section.title}\n{blocks}" if section.title else blocks)
        return _plain("\n\n".join(parts)) + "\n"


def _block(block: Block) -> str:
    return block.strip() if isinstance(block, str) else "\n".join(_lines(block))


def _lines(items: Iterable[Item]) -> Iterator[str]:
    for item in items:
        yield f"- {item.text}"
        for more in item.more:
            yield from (f"  {line}" for line in more.splitlines())


def _plain(said: str) -> str:
    """Without signs that steer a terminal; line ends as they are."""
    return "".join(each for each in said if each == "\n" or each.isprintable() or each == "\u3000")
