"""What changes a partnership between its cities, from the draft to the yearly check."""

from .answering import confirm, pass_on, review
from .asking import ask_again, claim, propose, take_back
from .drafting import (
    add_city,
    discard_draft,
    propose_city,
    remove_city,
    save_draft,
    start,
)
from .files import add_file, remove_file
from .proposals import accept_city, refuse_city
from .settling import give_way, mediate
from .silence import remind_silent, tell_office
from .yearly import ask_yearly, let_lapse, remind

__all__ = [
    "accept_city",
    "add_city",
    "add_file",
    "ask_again",
    "ask_yearly",
    "claim",
    "confirm",
    "discard_draft",
    "give_way",
    "let_lapse",
    "mediate",
    "pass_on",
    "propose",
    "propose_city",
    "refuse_city",
    "remind",
    "remind_silent",
    "remove_city",
    "remove_file",
    "review",
    "save_draft",
    "start",
    "take_back",
    "tell_office",
]
