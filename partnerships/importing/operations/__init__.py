"""What changes imports. Start here: each function is one thing that happens; none mails."""

from .drafts import change_columns, change_reading, discard, look_anew, upload
from .entries import bring_in, list_partnerships, run
from .reports import export_report
from .tasks import discard_task, solve
from .undoing import undo

__all__ = [
    "bring_in",
    "change_columns",
    "change_reading",
    "discard",
    "discard_task",
    "export_report",
    "list_partnerships",
    "look_anew",
    "run",
    "solve",
    "undo",
    "upload",
]
