"""What else is wrong beside a difference: an address that leads nowhere, an identity that says too much."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Finding:
    """`text`: a message id. `is_error` ones hold an approval; the others are for somebody to look at."""

    code: str
    text: str
    label: str
    path: str
    place: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict)
    is_error: bool = True
