"""Writing a letter from a template, and the maker's own versions of templates."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TypedDict, Unpack

from okiagari.cases import actions as cases
from okiagari.cases.rules import check_filled
from okiagari.desk import permits
from okiagari.desk.subjects import Subject
from okiagari.flow.letters import facts, rules, templates
from okiagari.flow.models import LetterTemplate
from okiagari.intake import actions as intake
from okiagari.intake import queries as reports
from okiagari.plumbing import clock, ledger
from okiagari.standards.localtext import LocalText


class Sending(TypedDict, total=False):
    """To whom, and what goes with it; as `cases.write`."""

    organisation: str | None
    counterpart: str
    to: str
    reply_to: str | None
    promise: str
    promise_until: datetime | None
    evidence: Sequence[str]
    part: str


def write(
    subject: Subject,
    case_id: str,
    *,
    template: str,
    language: str = "ja",
    fill: Mapping[str, str] | None = None,
    report: str | None = None,
    **sending: Unpack[Sending],
) -> str:
    """Send a template filled in from the case. `fill`: what to write in its gaps, by their words.

    To a reporter it answers the report (`report`, or the one the case comes from). Returns the number of the
    message, or of the report. Raises NO_SUCH_TEMPLATE, NOT_IN_LANGUAGE, GAPS_LEFT, NO_FILES, and what
    sending raises.
    """
    chosen = templates.named(template)
    if chosen.audience == "reporter" and not report:
        report = _only_report(subject, case_id)
    about = facts.About(report or "", sending.get("promise_until"), chosen.audience)
    filled = draft(subject, case_id, chosen, language, about)
    text = rules.given(filled.text, fill or {})
    if chosen.audience == "reporter" and report:
        check_filled(text)
        if sending.get("evidence"):
            raise rules.NO_FILES().at("evidence")
        intake.answer(subject, report, text=LocalText({language: text}, language))
        return report
    return cases.write(
        subject,
        case_id,
        audience=chosen.audience,
        text=text,
        subject_line=filled.subject_line,
        language=language,
        template=chosen.version,
        **sending,
    )


def _only_report(subject: Subject, case_id: str) -> str | None:
    found = reports.reports_of_case(subject, case_id)
    return found[0].id if len(found) == 1 else None


def draft(
    subject: Subject, case_id: str, template: templates.Template, language: str, about: facts.About
) -> rules.Filled:
    """A template filled in, gaps and all. Raises NOT_IN_LANGUAGE, NOTHING_HERE."""
    if language not in template.text:
        raise rules.NOT_IN_LANGUAGE(template=template.key).at("language")
    known = facts.gather(subject, case_id, language, about)
    return rules.fill(template.subject_line.exact(language), template.text.exact(language), known)


def save_template(
    subject: Subject, key: str, *, text: LocalText, reason: str, subject_line: LocalText | None = None
) -> str:
    """Keep the maker's own version of a template; what was sent before keeps naming the old one.

    Returns the name of the version. Raises NO_SUCH_TEMPLATE, TEXT_NEEDED, UNKNOWN_PLACEHOLDERS.
    """
    permits.require(subject, "flow.templates")
    file = templates.named(key, templates.shipped())
    if not text or not reason.strip():
        raise rules.TEXT_NEEDED().at("reason" if text else "text")
    lines = subject_line or file.subject_line
    for words in (*text.texts.values(), *lines.texts.values()):
        rules.check(words, facts.LABELS)
    with ledger.action():
        last = LetterTemplate.objects.filter(key=key).order_by("-number").first()
        row = LetterTemplate.objects.create(
            key=key,
            number=last.number + 1 if last else 1,
            subject_line=lines,
            text=text,
            reason=reason.strip(),
            at=clock.now(),
            by_id=subject.person_id,
        )
        ledger.append(
            ("template", key),
            subject=subject,
            verb="flow.template_saved",
            facts={
                "template": key,
                "version": row.number,
                "name": dict(file.name.texts),
                "reason": row.reason,
            },
        )
    return f"{key}@own-{row.number}"
