from .bodies import Department, Office, Organisation
from .links import Partnership, PartnershipTopic, Party
from .places import HOME_COUNTRY, City, GazetteerPlace
from .posts import Holder, Membership, Position

__all__ = [
    "HOME_COUNTRY",
    "City",
    "Department",
    "GazetteerPlace",
    "Holder",
    "Membership",
    "Office",
    "Organisation",
    "Partnership",
    "PartnershipTopic",
    "Party",
    "Position",
]
