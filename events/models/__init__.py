from .events import Event, EventFile, Session
from .invitations import Answer, Delegation, Invitation
from .reminders import Reminder, ReminderRule
from .seats import Mode, Right, SeatPool

__all__ = [
    "Answer",
    "Delegation",
    "Event",
    "EventFile",
    "Invitation",
    "Mode",
    "Reminder",
    "ReminderRule",
    "Right",
    "SeatPool",
    "Session",
]
