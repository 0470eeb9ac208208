"""What changes drafts: starting, saving, links to the partner."""

from .linking import end_link, hand_over_link, introduce, remind_link, send_link
from .saving import save_section
from .starting import discard, start

__all__ = [
    "discard",
    "end_link",
    "hand_over_link",
    "introduce",
    "remind_link",
    "save_section",
    "send_link",
    "start",
]
