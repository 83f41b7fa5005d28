"""What stands in the holes of addresses and bodies. A hole nobody knows is an error: a new door is walked.

`PARAMETERS` is keyed by the last fixed word before the hole and the name of the hole. ``$OKI`` stands for
every secret number of that sort, ``$open`` for the case that everybody may see.
"""

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tests.leaks.house import World
from tests.leaks.secret import Secret

WRONG_SECRET = "x" * 43
PARAMETERS: Mapping[tuple[str, str], tuple[str, ...]] = {
    # cases and what hangs on them
    ("cases", "case_id"): ("$OKI", "$open"),
    ("vulnerabilities", "number"): ("$VUL",),
    ("vulnerabilities", "vulnerability_id"): ("$VUL",),
    ("facts", "number"): ("$FCT",),
    ("facts", "fact_id"): ("$FCT",),
    ("evidence", "number"): ("$EVI",),
    ("evidence", "evidence_id"): ("$EVI",),
    ("tasks", "number"): ("$TSK",),
    ("tasks", "task_id"): ("$TSK",),
    ("clocks", "number"): ("$CLK",),
    ("clocks", "clock_id"): ("$CLK",),
    ("rules", "key"): ("contract-a",),
    ("calendar", "secret"): (WRONG_SECRET, "$feed"),
    ("clock-rules", "key"): ("contract-a",),
    ("union-seats", "basis"): ("users",),
    ("parties", "number"): ("$PTY",),
    ("parties", "party_id"): ("$PTY",),
    ("people", "kind"): ("team",),
    ("people", "key"): ("psirt",),
    ("grants", "kind"): ("team",),
    ("grants", "key"): ("psirt",),
    ("messages", "number"): ("$MSG",),
    ("enclosed", "number"): ("$FIL",),
    ("answers", "number"): ("$ANS",),
    ("answers", "answer_id"): ("$ANS",),
    ("inquiries", "inquiry_id"): ("$INQ",),
    ("messages", "message_id"): ("$MSG",),
    ("inquiries", "number"): ("$INQ",),
    ("letters", "key"): ("press-statement",),
    ("letter-templates", "key"): ("press-statement",),
    ("answers", "letter"): ("$LET",),
    # reports
    ("reports", "report_id"): ("$REP", "$report"),
    ("files", "attachment_id"): ("$ATT",),
    ("attachments", "attachment_id"): ("$ATT",),
    ("duplicate", "original"): ("$REP",),
    ("merged", "number"): ("$OKI",),
    ("receipt", "secret"): (WRONG_SECRET,),
    ("receipts", "receipt"): (WRONG_SECRET,),
    # judging
    ("criteria", "version"): ("1", "2"),
    ("judgement", "judgement_id"): ("$JDG",),
    ("judgements", "judgement_id"): ("$JDG",),
    ("scores", "number"): ("$VUL",),
    ("scores", "score_id"): ("$SCO",),
    ("row-rules", "key"): ("routers",),
    ("later", "carry_id"): ("$CRY",),
    ("carries", "carry_id"): ("$CRY",),
    # measures, advisories, lessons
    ("measures", "number"): ("$MEA",),
    ("measures", "measure_id"): ("$MEA",),
    ("meetings", "number"): ("$MTG",),
    ("meetings", "meeting_id"): ("$MTG",),
    ("decide", "resolution"): ("$RES",),
    ("acts", "number"): ("$URG",),
    ("acts", "act_id"): ("$URG",),
    ("serials", "number"): ("SR1B000200",),
    ("advisories", "advisory_id"): ("$ADV",),
    ("documents", "document_id"): ("$DOC",),
    ("cve", "cve"): ("CVE-2015-99999",),
    ("note", "vulnerability_id"): ("$VUL",),
    ("deeds", "deed_id"): ("$CVD",),
    ("channels", "channel"): ("jvn", "dealers"),
    ("preview", "language"): ("ja",),
    ("preview", "format"): ("page", "csaf", "openvex"),
    ("sheets", "language"): ("ja",),
    ("sheets", "kind"): ("briefing", "press"),
    ("next", "language"): ("ja",),
    ("next", "form"): ("txt", "xml"),
    ("told", "number"): ("$VST",),
    ("told", "language"): ("ja",),
    ("told", "form"): ("txt", "xml"),
    ("status-reports", "number"): ("$VST",),
    ("status-reports", "language"): ("ja",),
    ("status-reports", "form"): ("txt", "xml"),
    # what went out, and where it goes
    ("files", "sha256"): ("0" * 64,),
    ("targets", "name"): ("web",),
    ("lessons", "number"): ("$LES",),
    ("lessons", "lesson_id"): ("$LES",),
    ("promises", "number"): ("$ACT",),
    ("promises", "action_id"): ("$ACT",),
    ("live", "kind"): ("case", "report", "advisory"),
    ("live", "key"): ("$OKI", "$REP", "$ADV"),
    ("views", "place"): ("cases",),
    ("views", "view_id"): ("VIE-15-00000",),
    ("reach.", "form"): ("csv", "json"),
    ("rules", "version"): ("1",),
    ("compared.", "form"): ("csv", "json"),
    ("promises.", "form"): ("csv", "json"),
    ("specification", "key"): ("services-and-ports",),
    # the catalogue, which everybody inside may read
    ("products", "slug"): ("wn-g54-r2", "np-bbrs"),
    ("products", "model"): ("WN-G54/R2", "NP-BBRS"),
    ("systems", "key"): ("cloud-1",),
    ("systems", "slug"): ("cloud-1",),
    ("product-dates", "model"): ("WN-G54/R2",),
    ("product-shipped", "model"): ("WN-G54/R2",),
    ("product-targets", "model"): ("WN-G54/R2",),
    ("product-steps", "model"): ("WN-G54/R2",),
    ("product-revisions", "model"): ("WN-G54/R2",),
    ("product-listing", "model"): ("WN-G54/R2",),
    ("pictures", "sha256"): ("0" * 64,),
    ("pictures", "name"): (f"{'0' * 64}.png",),
    ("product-retire", "model"): ("WN-G54/R2",),
    ("product-restore", "model"): ("WN-G54/R2",),
    ("lines", "key"): ("wn-g54-r2",),
    ("releases", "text"): ("1.02",),
    # the desk
    ("days", "day"): ("2015-08-13",),
    ("calendar", "year"): ("2015",),
    ("people", "username"): ("member", "nobody"),
    ("teams", "key"): ("psirt",),
    ("tokens", "token_id"): ("TOK-15-00000",),
    ("deputies", "username"): ("support",),
    # signing keys, of which this house has none
    ("keys", "fingerprint"): ("0" * 40,),
    # the ledger
    ("audit", "kind"): ("case", "report", "advisory"),
    ("audit", "key"): ("$OKI", "$REP", "$ADV"),
    ("streams", "kind"): ("case", "report", "advisory"),
    ("streams", "key"): ("$OKI", "$REP", "$ADV"),
    # what is published
    ("security", "path"): ("", "index.html", "ja/", "csaf/provider-metadata.json", "feed/ja.xml"),
    (".well-known", "path"): ("security.txt", "csaf/provider-metadata.json"),
    ("i18n", "path"): ("",),
}


class UnknownHoleError(AssertionError):
    """A door has a hole that this test does not know how to fill."""


@dataclass(frozen=True)
class Filler:
    """`inside`: the cases its visitor is in; of each page of a case theirs is looked at, too."""

    world: World
    secret: Secret
    inside: tuple[str, ...] = ()
    sends_forms: bool = False
    """Whether forms of those cases are sent as well; else only those of what the visitor may not know of."""

    feed: str = ""
    """The secret of the visitor's own calendar of clocks."""

    def number(self, prefix: str) -> str:
        """A secret number of this sort; of what lies in a part of a case first."""
        made = self.secret.parts.get(prefix) or self.secret.ids.get(prefix) or []
        return made[0] if made else f"{prefix}-15-00000"

    def choices(self, before: str, name: str) -> list[str]:
        """What to put into a hole. Of secret cases and advisories all of them."""
        if (before, name) not in PARAMETERS:
            raise UnknownHoleError(
                f"the walk does not know what to put into <{name}> after “{before}”: "
                "say it in tests/leaks/filling.py, so that the new door is watched"
            )
        found: list[str] = []
        for value in PARAMETERS[before, name]:
            if value == "$open":
                found += self.inside or (self.world.open_case,)
            elif value == "$report":
                found.append(self.world.open_report)
            elif value == "$feed":
                found += [self.feed] if self.feed else []
            elif value in ("$OKI", "$ADV"):
                found += self.secret.ids.get(value[1:]) or [self.number(value[1:])]
            elif value.startswith("$"):
                found.append(self.number(value[1:]))
            else:
                found.append(value)
        return found

    def all(self, holes: list[tuple[str, str]], *, inside: bool = True) -> Iterator[dict[str, str]]:
        """Every combination that holds something secret, or that is all there is.

        Where there is only the case to name, all secret ones and those the visitor is in; else one of each.
        """
        names = [name for _, name in holes]
        secret = set(self.secret.all())
        several = [self.choices(*hole) for hole in holes]
        if len(holes) > 1:
            several = [self._fewer(each) for each in several]
        combinations = [dict(zip(names, values, strict=True)) for values in itertools.product(*several)]
        mine = set(self.inside) if inside else set()
        telling = [each for each in combinations if (secret | mine) & set(each.values())]
        yield from telling or combinations

    def _fewer(self, values: list[str]) -> list[str]:
        """The first of the secret numbers, and what is no secret."""
        secret = [each for each in values if each in self.secret.all()]
        return secret[:1] + [each for each in values if each not in secret]

    def form(self) -> dict[str, Any]:
        """The fields of every form, with the secret's numbers where a form asks for one."""
        return {name: self._field(value) for name, value in FORM.items()}

    def _field(self, value: Any) -> Any:
        return self.number(value[1:]) if isinstance(value, str) and value.startswith("$") else value


FORM: Mapping[str, Any] = {
    # One form for every page: each takes the fields it knows.
    **{
        f"{name}_{language}": "言葉"
        for language in ("ja", "en")
        for name in (
            "title",
            "text",
            "name",
            "summary",
            "description",
            "impact",
            "label",
            "note",
            "answer",
            "assumed_use",
            "advice",
            "contact",
            "condition",
            "statement",
        )
    },
    "way": "portal",
    "remark": "言葉",
    "seen": "",
    "title": "言葉",
    "text": "言葉",
    "reason": "理由",
    "outcome": "済み",
    "note": "言葉",
    "evidence": "ログ",
    "evidence[]": "$EVI",
    "version": "1",
    "kind": "affects_us",
    "kinds": "product",
    "state": "agreed",
    "level": "see",
    "stage": "final",
    "team": "psirt",
    "teams": "psirt",
    "key": "psirt",
    "role": "finder",
    "name": "だれか",
    "audience": "jpcert",
    "channel": "mail",
    "direction": "out",
    "language": "ja",
    "area": "specification",
    "rule": "promise",
    "zone": "Asia/Tokyo",
    "agreed_with": "JPCERT/CC",
    "by": "返信",
    "at": "2015-07-01T10:00",
    "until": "2015-08-18T12:00",
    "due_at": "2015-08-18T12:00",
    "anchor_at": "2015-07-01T10:00",
    "anchor_source": "届出",
    "anchor": "case_opened",
    "unit": "days",
    "country": "DE",
    "certainty": "known",
    "of": "persons",
    "proof_kind": "document",
    "proof": "控え",
    "unlawful": "no",
    "personal_data": "yes",
    "part": "",
    "vector": "AV:N/AC:L/Au:N/C:N/I:N/A:P",
    "source": "own",
    "target": "WN-G54/R2",
    "targets": "WN-G54/R2",
    "valid": "yes",
    "verdict": "valid",
    "confirm": "1",
    "place": "shop",
    "choice": "keep",
    "answer": "no",
    "words": "言葉",
    "present": "だれか",
    "minutes": "議事",
    "matter": "stop_shipping",
    "first": "SR1B000120",
    "order": "SR1B######",
    "condition": "修正版を組み込み済み",
    "snapshot": "0" * 64,
    "case_id": "$OKI",
    "into": "$OKI",
    "other": "$OKI",
    "cases": "$OKI",
    "report_id": "$REP",
    "reports": "$REP",
    "template": "press-statement",
    "duplicate_of": "$REP",
    "successor": "$ADV",
    "superseded_by": "$ADV",
    "advisory": "$ADV",
    "vulnerabilities": "$VUL",
    "reply_to": "$MSG",
    "units": "3",
    "number": "3",
    "day": "2015-08-13",
    "place_key": "shop",
    **{f"answer_{name}": value for name, value in (("reach", "internet"), ("success", "always"))},
}


def sample(  # noqa: PLR0911
    schema: Mapping[str, Any], components: Mapping[str, Any], form: Mapping[str, Any], depth: int = 0
) -> Any:
    """A value that fits a JSON schema of the API's description, with every field filled in."""
    if "$ref" in schema:
        return sample(components[schema["$ref"].rpartition("/")[2]], components, form, depth + 1)
    if "enum" in schema or "const" in schema:
        return schema.get("const", (schema.get("enum") or [None])[0])
    for word in ("anyOf", "oneOf", "allOf"):
        if word in schema:
            options = [each for each in schema[word] if each.get("type") != "null"]
            return sample(options[0], components, form, depth + 1) if options else None
    kind = schema.get("type", "object")
    if kind == "object":
        if depth > 6:
            return {}
        if "properties" in schema:
            fields = schema["properties"].items()
            return {name: _known(name, each, components, form, depth) for name, each in fields}
        return {"ja": "言葉"}
    if kind == "array":
        prefix = schema.get("prefixItems")
        if prefix:
            return [sample(each, components, form, depth + 1) for each in prefix]
        return [sample(schema.get("items", {"type": "string"}), components, form, depth + 1)]
    return {"integer": 1, "number": 1, "boolean": True}.get(kind) or _text(schema)


def _known(
    name: str,
    schema: Mapping[str, Any],
    components: Mapping[str, Any],
    form: Mapping[str, Any],
    depth: int,
) -> Any:
    value = sample(schema, components, form, depth + 1)
    if value == ["言葉"] and f"{name}[]" in form:
        return [form[f"{name}[]"]]
    known = form.get(name)
    if str(FORM.get(name, "")).startswith("$") and value == ["言葉"]:
        return [known]
    if isinstance(value, str) and "format" not in schema and isinstance(known, str):
        return known
    return value


def _text(schema: Mapping[str, Any]) -> str:
    by_format = {
        "date-time": "2015-08-18T12:00:00+09:00",
        "date": "2015-08-18",
        "uri": "https://example.org/",
    }
    return by_format.get(schema.get("format", ""), "言葉"[: schema.get("maxLength", 2)])
