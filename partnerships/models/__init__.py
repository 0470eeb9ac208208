from .bodies import Department, DepartmentAbroad, Duty, Office, Organisation
from .imports import Import, ImportRow
from .links import Partnership, PartnershipTopic, Party
from .places import HOME_COUNTRY, City, GazetteerPlace
from .posts import Holder, Membership, Position

__all__ = [
    "HOME_COUNTRY",
    "City",
    "Department",
    "DepartmentAbroad",
    "Duty",
    "GazetteerPlace",
    "Holder",
    "Import",
    "ImportRow",
    "Membership",
    "Office",
    "Organisation",
    "Partnership",
    "PartnershipTopic",
    "Party",
    "Position",
]
