from .bodies import Department, DepartmentAbroad, Duty, Office, Organisation
from .cards import CARD_LENGTH, MOST_CARDS, Card, ContactWish, SpokenLanguage
from .commitments import Commitment
from .confirming import (
    AgreementFile,
    CityProposal,
    Confirmation,
    ConfirmationRequest,
    FactConfirmation,
)
from .focus import (
    MOST_GOALS,
    MOST_TOPICS,
    WHY_LENGTH,
    FocusGoal,
    FocusTopic,
    TopicChoice,
    TopicRanking,
    TopicRound,
)
from .imports import Import, ImportRow
from .links import Partnership, PartnershipTopic, Party
from .merging import UNDO_WITHIN, Merge
from .offices import CityDomain, Handover, OfficeInvitation, RoleRequest
from .places import HOME_COUNTRY, City, GazetteerPlace
from .posts import Holder, Membership, Position

__all__ = [
    "CARD_LENGTH",
    "HOME_COUNTRY",
    "MOST_CARDS",
    "MOST_GOALS",
    "MOST_TOPICS",
    "UNDO_WITHIN",
    "WHY_LENGTH",
    "AgreementFile",
    "Card",
    "City",
    "CityDomain",
    "CityProposal",
    "Commitment",
    "Confirmation",
    "ConfirmationRequest",
    "ContactWish",
    "Department",
    "DepartmentAbroad",
    "Duty",
    "FactConfirmation",
    "FocusGoal",
    "FocusTopic",
    "GazetteerPlace",
    "Handover",
    "Holder",
    "Import",
    "ImportRow",
    "Membership",
    "Merge",
    "Office",
    "OfficeInvitation",
    "Organisation",
    "Partnership",
    "PartnershipTopic",
    "Party",
    "Position",
    "RoleRequest",
    "SpokenLanguage",
    "TopicChoice",
    "TopicRanking",
    "TopicRound",
]
