"""One file of one format, before anybody decides whether it goes out."""

from dataclasses import dataclass

from okiagari.problems import Problem
from okiagari.standards.documents import Loss


@dataclass(frozen=True)
class Made:
    """`format` names it within its advisory and language; `language` is "" where it has several or none.

    `losses`: what the format could not carry as it is; `left_out`: facts it has no place for (marked texts).
    `problems`: why it may not go out; then `content` may be empty.
    """

    format: str
    label: str
    path: str
    content: bytes = b""
    language: str = ""
    losses: tuple[Loss, ...] = ()
    problems: tuple[Problem, ...] = ()
    left_out: tuple[str, ...] = ()
