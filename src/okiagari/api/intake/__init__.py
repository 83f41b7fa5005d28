"""Reports for programs: anybody may send one, its receipt tells how far it is; desks enter, read and work.

Sending needs no token. Every answer that holds a whole report has its version as ETag; a change with
If-Match changes nothing when somebody else was first.
"""

from okiagari.api.intake import deeds, doors, reports
from okiagari.api.intake.routes import router

__all__ = ["deeds", "doors", "reports", "router"]
