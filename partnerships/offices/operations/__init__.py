"""What changes who works in a city's office, and which posts it has."""

from .asking import ask_for_role, grant, refuse, withdraw
from .leaving import hand_over
from .people import accept, change_role, end_role, invite, take_back
from .posts import add_post, change_holder, edit_post, end_post

__all__ = [
    "accept",
    "add_post",
    "ask_for_role",
    "change_holder",
    "change_role",
    "edit_post",
    "end_post",
    "end_role",
    "grant",
    "hand_over",
    "invite",
    "refuse",
    "take_back",
    "withdraw",
]
