"""Expert exchanges: calls, applications, reviews, decisions, trips."""

from .applications import Application, ApplicationGoal, ApplicationParty, Section
from .calls import LARGEST_SUM, Call, Criterion
from .decisions import Complaint, Condition, Decision, Letter, LetterBlock, Outcome, Trip
from .links import WorkLink
from .money import BudgetLine, DailyRate, TravelFactor
from .plans import Host, Leg, ProgrammeSlot, Traveller
from .reviews import BEST, WORST, FormalCheck, PanelNote, Review, Reviewer, Score
from .submissions import InformationRequest, SignOff, Submission

__all__ = [
    "BEST",
    "LARGEST_SUM",
    "WORST",
    "Application",
    "ApplicationGoal",
    "ApplicationParty",
    "BudgetLine",
    "Call",
    "Complaint",
    "Condition",
    "Criterion",
    "DailyRate",
    "Decision",
    "FormalCheck",
    "Host",
    "InformationRequest",
    "Leg",
    "Letter",
    "LetterBlock",
    "Outcome",
    "PanelNote",
    "ProgrammeSlot",
    "Review",
    "Reviewer",
    "Score",
    "Section",
    "SignOff",
    "Submission",
    "TravelFactor",
    "Traveller",
    "Trip",
    "WorkLink",
]
