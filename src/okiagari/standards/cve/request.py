"""The letter that asks JPCERT/CC, as a CNA, for CVE ids: for a maker that is none itself.

In: the facts of an advisory in one language. Out: plain text in Japanese or English, ready to be copied
into a mail (to be encrypted while it is not public). Lines without a fact are left out. It never says who
reported: that goes by the coordinator's own number.
"""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Flaw:
    """A vulnerability that needs an id. `products`: name and affected versions; `score`: with vector."""

    title: str
    products: tuple[tuple[str, str], ...]
    description: str = ""
    impact: str = ""
    weakness: str = ""
    score: str = ""
    known_as: tuple[str, ...] = ()


@dataclass(frozen=True)
class Request:
    """`planned`: when it is to be public, in words; `page`: where the advisory will be."""

    maker: str
    number: str
    flaws: tuple[Flaw, ...]
    contact: str = ""
    planned: str = ""
    page: str = ""
    is_public: bool = False


_WORDS = {
    "ja": {
        "subject": "件名: CVE IDの採番のお願い（{number}）",
        "to": "JPCERTコーディネーションセンター\n脆弱性情報ハンドリング ご担当者様",
        "who": "{maker}です。",
        "ask": "弊社製品の脆弱性{count}件について、CVE IDの採番をお願いいたします。",
        "secret": "本件は公表前の情報を含みます。公表まで取り扱いにご注意くださいますようお願いいたします。",
        "flaw": "■ 脆弱性{index}: {title}",
        "known_as": "既に付いている番号: {text}",
        "vendor": "開発者: {text}",
        "products": "影響を受ける製品とバージョン:",
        "weakness": "脆弱性の種類: {text}",
        "description": "内容:",
        "impact": "想定される影響:",
        "score": "深刻度: {text}",
        "references": "■ 公表の予定",
        "planned": "公表予定: {text}",
        "public": "公表済み: {text}",
        "page": "参照先（公表するページ）: {text}",
        "contact": "■ 連絡先",
        "line": "・{product} {versions}",
    },
    "en": {
        "subject": "Subject: Request for CVE ids ({number})",
        "to": "To the vulnerability coordination team of JPCERT/CC",
        "who": "This is {maker}.",
        "ask": "Please assign CVE ids to the following vulnerabilities of our products ({count}).",
        "secret": "This is not public yet: please keep it confidential until the publication.",
        "flaw": "■ Vulnerability {index}: {title}",
        "known_as": "Numbers it already has: {text}",
        "vendor": "Vendor: {text}",
        "products": "Affected products and versions:",
        "weakness": "Problem type: {text}",
        "description": "Description:",
        "impact": "Possible impact:",
        "score": "Severity: {text}",
        "references": "■ Publication",
        "planned": "Planned: {text}",
        "public": "Published: {text}",
        "page": "Public reference (our page): {text}",
        "contact": "■ Contact",
        "line": "- {product} {versions}",
    },
}


def request(asked: Request, language: str) -> str:
    """The whole text in Japanese (ja) or English (any other language)."""
    words = _WORDS["ja" if language.lower().startswith("ja") else "en"]
    return "\n".join(_lines(asked, words)).rstrip() + "\n"


def _lines(asked: Request, words: dict[str, str]) -> Iterator[str]:
    yield words["subject"].format(number=asked.number)
    yield from ("", words["to"], "", words["who"].format(maker=asked.maker))
    yield words["ask"].format(count=len(asked.flaws))
    if not asked.is_public:
        yield words["secret"]
    for index, flaw in enumerate(asked.flaws, 1):
        yield from ("", words["flaw"].format(index=index, title=flaw.title))
        yield from _flaw(flaw, asked.maker, words)
    if asked.planned or asked.page:
        yield from ("", words["references"])
        yield from _line(words["public" if asked.is_public else "planned"], asked.planned)
        yield from _line(words["page"], asked.page)
    if asked.contact:
        yield from ("", words["contact"], asked.contact)


def _flaw(flaw: Flaw, maker: str, words: dict[str, str]) -> Iterator[str]:
    yield from _line(words["known_as"], ", ".join(flaw.known_as))
    yield from _line(words["vendor"], maker)
    yield words["products"]
    for product, versions in flaw.products:
        yield words["line"].format(product=product, versions=versions).rstrip()
    yield from _line(words["weakness"], flaw.weakness)
    for name in ("description", "impact"):
        text = getattr(flaw, name).strip()
        if text:
            yield words[name]
            yield text
    yield from _line(words["score"], flaw.score)


def _line(words: str, text: str) -> Iterator[str]:
    if text:
        yield words.format(text=text)
