"""What can be done about reviews: check formally, assign, declare, write, discuss."""

from .assigning import assign, remind, settle, unassign
from .checking import start_review
from .declaring import Choice, declare, step_back
from .discussing import discuss
from .writing import hand_in, save_draft

__all__ = [
    "Choice",
    "assign",
    "declare",
    "discuss",
    "hand_in",
    "remind",
    "save_draft",
    "settle",
    "start_review",
    "step_back",
    "unassign",
]
