"""Every verb a replay may use: the system's own actions, their arguments read off their signatures.

In: the values of a YAML event. Out: typed arguments. An argument ``$name`` stands for the result of
the earlier event that was given that name with ``as``, ``$name.part`` for a part of it.
"""

import inspect
import re
import typing
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, is_dataclass
from datetime import date, datetime
from functools import cache
from importlib import import_module
from types import GenericAlias
from typing import Any

import msgspec

from okiagari.replay.kinds import complaint, in_words
from okiagari.replay.reading import Path_, Replay
from okiagari.standards.localtext import LANGUAGES, LocalText
from okiagari.standards.partialdate import PartialDate

VERBS: Mapping[str, str] = {
    "desk": "name_deputy end_deputy put_holiday drop_holiday",
    "catalog": """import_catalogue put_product put_line put_release set_release_state put_alias
        put_support_date put_shipped put_target put_component drop_component retire_product put_system
        put_steps put_revision set_listing""",
    "intake": """receive amend acknowledge answer assess accept defer close_report erase_reporter link unlink
        mark_duplicate unmark_duplicate receive_inquiry""",
    "cases": """open_case describe add_vulnerability change_vulnerability note_fact set_embargo add_party
        admit dismiss communicate add_task change_task finish_task drop_task add_evidence start_clock
        extend_clock meet_clock waive_clock correct_anchor rule_out submit_notice confirm_exploitation
        confirm_severe_incident describe_incident contain break_out restore count_affected set_systems
        put_rule retire_rule put_seat make_parts close_case reopen_case keep_minutes cancel_meeting
        put_question decide_embargo review_urgent write receive_reply settle_reply draft_answer approve_answer
        withdraw_answer take_inquiry settle_inquiry""",
    "remedy": """plan_measure reschedule reword verify ready accept_risk end_measure withdraw_measure
        stop_shipping approve_stop refuse_stop resume_shipping approve_resume refuse_resume put_stock
        count_stock cut_in""",
    "triage": """adopt_criteria review_criteria ask_first judge reopen_judgement add_score add_ssvc
        save_rule retire_rule freeze_rows add_row add_rows remove_row group_rows ungroup hand_over set_due
        locate decide decide_group inherit confirm_carry""",
    "disclose": """draft write submit approve send_back publish cancel_publication withdraw
        plan_channel confirm_channel drop_channel end_quietly speak_after_all investigating
        report_status write_statement note_cve keep_cve""",
    "keys": "make rotate retire",
    "reach": "settle resume",
    "flow": """apply merge split undo_merge choose_reminders call_executives hold_meeting decide_in_meeting
        act_urgently read_document take_own take_suppliers join_draft look_at drop_document""",
    "learn": "learn promise assign fulfil put_spec_item withdraw_spec_item",
    "letters": "write save_template",
    "fleet": "adoption put_log_rules read_log log_traffic",
}
MODULES = {
    "desk": "okiagari.desk.people",
    "desk.put_holiday": "okiagari.desk.calendar",
    "desk.drop_holiday": "okiagari.desk.calendar",
    "keys": "okiagari.disclose.actions.keys",
    "flow": "okiagari.flow.actions",
    "disclose.note_cve": "okiagari.disclose.cve.actions",
    "disclose.keep_cve": "okiagari.disclose.cve.actions",
    "letters": "okiagari.flow.letters.actions",
    "fleet": "okiagari.replay.fleet",
}
SHORTHAND = {
    "cases.change_vulnerability",
    "cases.finish_task",
    "cases.change_task",
    "cases.extend_clock",
    "cases.meet_clock",
    "cases.waive_clock",
    "cases.correct_anchor",
    "cases.submit_notice",
    "triage.decide",
    "disclose.write",
    "disclose.approve",
}
EMPTY = inspect.Parameter.empty
_A_DAY = re.compile(r"^today(?:\s*[+-]\s*\d{1,4}\s*days?)?$")


@dataclass(frozen=True)
class Verb:
    """One action with the arguments a replay may give it."""

    name: str
    function: Callable[..., Any]
    required: tuple[str, ...]
    types: Mapping[str, Any]


@cache
def verbs() -> Mapping[str, Verb]:
    """Every verb by name, such as ``intake.receive``."""
    found = {}
    for room, names in VERBS.items():
        for name in names.split():
            place = MODULES.get(f"{room}.{name}") or MODULES.get(room, f"okiagari.{room}.actions")
            module = import_module(place)
            is_short = f"{room}.{name}" in SHORTHAND
            function = getattr(import_module("okiagari.replay.shorthand") if is_short else module, name)
            found[f"{room}.{name}"] = _verb(f"{room}.{name}", function)
    return found


def _verb(name: str, function: Callable[..., Any]) -> Verb:
    hints = typing.get_type_hints(function)
    parameters = list(inspect.signature(function).parameters.values())[1:]
    named = [each for each in parameters if each.kind is not inspect.Parameter.VAR_KEYWORD]
    types = {each.name: hints.get(each.name, Any) for each in named if each.name != "version"}
    for each in parameters:
        if each.kind is inspect.Parameter.VAR_KEYWORD:
            types |= _keywords(hints[each.name])
    required = tuple(each.name for each in named if each.default is EMPTY)
    return Verb(name, function, required, types)


def _keywords(hint: Any) -> Mapping[str, Any]:
    """The fields of ``**more: Unpack[SomeTypedDict]``; any other ``**more`` gives LocalTexts no names."""
    (fields,) = typing.get_args(hint) or (None,)
    return typing.get_type_hints(fields) if typing.is_typeddict(fields) else {}


def arguments(replay: Replay, number: int, results: Mapping[str, Any] | None) -> dict[str, Any]:
    """The typed arguments of an event; without `results` references keep their names. Raises WRONG."""
    event = replay.given.events[number]
    path: Path_ = ("events", number, "with")
    verb = verbs().get(event.do)
    if verb is None:
        raise replay.place.wrong(
            ("events", number, "do"), f"there is no verb “{event.do}”", ", ".join(verbs())
        )
    allowed = ", ".join(verb.types)
    for name in event.arguments:
        if name not in verb.types:
            raise replay.place.wrong((*path, name), f"{event.do} has no “{name}”", allowed)
    for name in verb.required:
        if name not in event.arguments:
            raise replay.place.wrong(path, f"{event.do} needs “{name}”", allowed)
    return {
        name: _typed(replay, (*path, name), _resolved(value, results), verb.types[name])
        for name, value in event.arguments.items()
    }


def references(value: object) -> set[str]:
    """The names of results that a value speaks of."""
    if isinstance(value, str):
        return {value[1:].partition(".")[0]} if value.startswith("$") else set()
    if isinstance(value, Mapping):
        return set().union(*(references(each) for each in value.values()), set())
    if isinstance(value, list):
        return set().union(*(references(each) for each in value), set())
    return set()


def _resolved(value: Any, results: Mapping[str, Any] | None) -> Any:
    if isinstance(value, str) and value.startswith("$"):
        return _named(value, results) if results is not None else value
    if isinstance(value, Mapping):
        return {key: _resolved(each, results) for key, each in value.items()}
    if isinstance(value, list):
        return [_resolved(each, results) for each in value]
    return value


def _named(value: str, results: Mapping[str, Any]) -> Any:
    """``$name``, or ``$name.part`` of a result that has parts (what a document became: report, case, ...)."""
    name, _, part = value[1:].partition(".")
    found = results[name]
    return getattr(found, part) if part in getattr(found, "__dataclass_fields__", ()) else found


def _typed(replay: Replay, path: Path_, value: Any, kind: Any) -> Any:
    kind = _loose(kind)
    if kind is Any:
        return value
    try:
        shaped = _shaped(kind, _instants(replay, path, value, kind))
        return msgspec.convert(shaped, kind, strict=False)
    except msgspec.ValidationError as error:
        raise replay.place.wrong(path, complaint(str(error)), in_words(kind)) from None


def _shaped(kind: Any, value: Any) -> Any:
    """Texts and dates as people write them, in the shape their types are read from."""
    kinds = (kind, *typing.get_args(kind))
    if LocalText in kinds and isinstance(value, str | Mapping):
        _refuse_other_languages(value)
        return LocalText.from_json(value).to_json()
    if PartialDate in kinds and str not in kinds and value is not None:
        return asdict(PartialDate.parse(value))
    if bytes in kinds and isinstance(value, str):
        return value.encode()
    record = next((each for each in kinds if is_dataclass(each)), None)
    if record is not None and isinstance(value, Mapping):
        hints = typing.get_type_hints(record)
        for name in value:
            if name not in hints:
                raise msgspec.ValidationError(f"there is no “{name}”, but {', '.join(hints)}")
        return {name: _shaped(hints[name], each) for name, each in value.items()}
    return value


def _refuse_other_languages(value: str | Mapping[str, Any]) -> None:
    """``{en: This, and that}`` without quotes has two keys in YAML: the second is no language."""
    for name in value if isinstance(value, Mapping) and "texts" not in value else ():
        if name not in LANGUAGES:
            raise msgspec.ValidationError(
                f"“{name}” is no language; put a text with a comma into quotes ({', '.join(LANGUAGES)})"
            )


def _loose(kind: Any) -> Any:
    """``object`` inside a type means "anything" in a signature; the converter knows that as ``Any``."""
    if kind is object:
        return Any
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin in (Mapping, dict):
        return GenericAlias(dict, (inner[0], _loose(inner[1])))
    if origin is Sequence:
        return GenericAlias(list, (_loose(inner[0]),))
    return kind


def _instants(replay: Replay, path: Path_, value: Any, kind: Any) -> Any:
    """Instants may be written without an offset: they are read in the replay's zone."""
    wanted = {kind, *typing.get_args(kind)}
    if isinstance(value, str) and _A_DAY.match(value) and datetime not in wanted:
        day = replay.as_instant(f"{value} 00:00", path).date()
        return day if date in wanted else day.isoformat()
    if datetime in wanted and value is not None:
        return replay.as_instant(value, path)
    return value.isoformat() if hasattr(value, "isoformat") and str in wanted else value
