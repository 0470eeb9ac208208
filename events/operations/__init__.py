"""What changes events and invitations. Start here: each function is one thing that happens."""

from .announcing import announce_change, cancel_event
from .answering import Outcome, answer
from .guests import (
    change_right,
    correct_address,
    fill_seats,
    opt_out,
    resend,
    withdraw,
)
from .inviting import continue_sending, invite, send_test, stop_sending
from .reminding import remind

__all__ = [
    "Outcome",
    "announce_change",
    "answer",
    "cancel_event",
    "change_right",
    "continue_sending",
    "correct_address",
    "fill_seats",
    "invite",
    "opt_out",
    "remind",
    "resend",
    "send_test",
    "stop_sending",
    "withdraw",
]
