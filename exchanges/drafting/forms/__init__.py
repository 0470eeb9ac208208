"""The form of each part; other rooms add theirs with ``register``."""

from __future__ import annotations

from typing import Any

from ..pieces import Piece
from .base import PartForm
from .basics import BasicsForm
from .people import PeopleForm
from .programme import ProgrammeForm
from .purpose import PurposeForm
from .texts import FollowUpForm, NeedForm, OfferForm

FORMS: dict[str, type[PartForm]] = {
    "basics": BasicsForm,
    "purpose": PurposeForm,
    "need": NeedForm,
    "offer": OfferForm,
    "people": PeopleForm,
    "programme": ProgrammeForm,
    "follow_up": FollowUpForm,
}


def register(key: str, form: type[PartForm]) -> None:
    FORMS[key] = form


def form_of(piece: Piece, data: Any = None) -> PartForm:
    return FORMS[piece.part.key](data, piece=piece)


__all__ = ["FORMS", "PartForm", "form_of", "register"]
