"""The answers to "is my device affected?" read back: what the data of one model says of one advisory."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from okiagari.disclose.consistency import normal
from okiagari.disclose.consistency.fields import Field
from okiagari.disclose.consistency.readers import spoken
from okiagari.disclose.consistency.statement import Told, Within

Json = Mapping[str, Any]


def read(data: bytes, within: Within) -> Iterator[Told]:
    document = json.loads(data)
    for row, target in enumerate(document["targets"]):
        name = normal.name(target["name"])
        for column, each in enumerate(target["advisories"]):
            place = f"/targets/{row}/advisories/{column}"
            if each["id"] == within.tracking_id:
                yield Told(Field.PRODUCT, name, f"/targets/{row}/name")
                yield Told(Field.MODEL, normal.plain(document["model"]), "/model", name)
                yield Told(Field.CURRENT, each["at"], f"{place}/at")
                yield from _words(each, place, name, within)


def _words(said: Json, place: str, name: str, within: Within) -> Iterator[Told]:
    language = within.language
    words, where = said["words"][language], f"{place}/words/{language}"
    yield Told(Field.TRACKING, said["id"], f"{place}/id")
    yield Told(Field.TITLE, normal.plain(words["title"]), f"{where}/title")
    yield Told(Field.OWN_PAGE, normal.url(f"{within.url}/{words['page']}"), f"{where}/page")
    if words["severity"]:
        yield Told(Field.SEVERITY, spoken.severity(words["severity"], language), f"{where}/severity")
    for index, text in enumerate(words["versions"]):
        yield Told(Field.AFFECTED, normal.spoken(text, language), f"{where}/versions/{index}", name)
    if words["todo"]:
        todo = words["todo"]
        yield Told(Field.ACTION, spoken.action(todo, language), f"{where}/todo", name)
        release = spoken.short_update(todo, language)
        if release:
            yield Told(Field.UPDATE, release, f"{where}/todo", name)
