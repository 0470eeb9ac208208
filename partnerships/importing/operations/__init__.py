"""What changes imports. Start here: each function is one thing that happens; none mails."""

from .drafts import change_layout, discard, look_anew, upload
from .entries import bring_in, list_partnerships, run
from .tasks import discard_task, solve
from .undoing import undo

__all__ = [
    "bring_in",
    "change_layout",
    "discard",
    "discard_task",
    "list_partnerships",
    "look_anew",
    "run",
    "solve",
    "undo",
    "upload",
]
