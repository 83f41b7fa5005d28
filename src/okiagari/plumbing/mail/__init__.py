"""Letters to people outside and inside. Nobody else in the house sends mail.

`post` writes a letter in the transaction of the action that says something; a job hands it to the SMTP
server, again and again until it is taken. Where no server is set up a person copies the letter and says
so. An address stands in the letter and in no log, no ledger line and no answer to a query.
"""

from okiagari.plumbing.mail.posting import (
    Delivery,
    Letter,
    answered_letter,
    bounced,
    by_hand,
    deliveries,
    forget,
    is_own,
    is_set_up,
    post,
    send_again,
    sent_by_hand,
)

__all__ = [
    "Delivery",
    "Letter",
    "answered_letter",
    "bounced",
    "by_hand",
    "deliveries",
    "forget",
    "is_own",
    "is_set_up",
    "post",
    "send_again",
    "sent_by_hand",
]
