"""Logs of update servers: the maker's rules, a try before anything is counted, reading, claims."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema

from okiagari.api.base import answer, asking
from okiagari.fleet.logs import actions, queries
from okiagari.plumbing.plain import plain

router = Router()


class RulesIn(Schema):
    """`rules`: YAML text, as the guide shows it."""

    rules: str
    reason: str = ""


class TryIn(Schema):
    """`lines`: whole lines of an access log. `rules`: others than those in force, to try them."""

    lines: str
    rules: str = ""


class LogOptions(Schema):
    """`name`: how the log is called in the record."""

    name: str = "body"


@router.get("/fleet/logs", operation_id="read_logs", response=dict[str, Any])
def logs(request: HttpRequest, version: int | None = None) -> HttpResponse:
    """The rules in force (or one version), every line counted by rule and outcome, downloads as claims."""
    view = queries.logs(asking(request), version=version)
    return answer({**plain(view), "lines": view.lines, "unmatched": view.unmatched})


@router.put("/fleet/log-rules", operation_id="put_log_rules", response=dict[str, Any])
def put_rules(request: HttpRequest, given: RulesIn) -> HttpResponse:
    """Put rules in force as the next version. What older versions counted stays."""
    version = actions.put_log_rules(asking(request), given.rules, reason=given.reason)
    return answer({"version": version})


@router.post("/fleet/logs/try", operation_id="try_log_rules", response=dict[str, Any])
def try_rules(request: HttpRequest, given: TryIn) -> HttpResponse:
    """Which lines match which rule, which match none. Nothing is counted."""
    subject = asking(request)
    trial = queries.trial_of(subject, given.lines, rules=given.rules)
    groups = [
        {"rule": rule, "outcome": outcome, "lines": lines, "samples": trial.samples[rule, outcome]}
        for (rule, outcome), lines in trial.tally.most_common()
    ]
    return answer({"lines": trial.lines, "unmatched": trial.unmatched, "groups": groups})


@router.post("/fleet/logs", operation_id="read_log", response=dict[str, Any])
def read(request: HttpRequest, asked: Query[LogOptions]) -> HttpResponse:
    """A log as the body, plain or gzip, up to 64 MiB. Reading goes on where the same log was left before."""
    done = actions.read_log(asking(request), request, name=asked.name)
    return answer({**plain(done), "unmatched": done.unmatched})
