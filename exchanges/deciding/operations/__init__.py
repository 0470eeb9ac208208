"""What changes when something is decided."""

from .afterwards import answer_complaint, complain, tick, untick
from .drafting import discard_decision, draft_decision
from .releasing import release

__all__ = [
    "answer_complaint",
    "complain",
    "discard_decision",
    "draft_decision",
    "release",
    "tick",
    "untick",
]
