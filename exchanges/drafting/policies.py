"""Which parts of an application can be written now, and by which city."""

from __future__ import annotations

from ..models import Application, ApplicationParty
from ..sections import Part, writes
from ..states import State
from .pieces import Piece


def opened(application: Application) -> frozenset[str] | None:
    """What staff opened again by their question; ``None`` while everything is open.

    The set holds keys of parts, or ``key:party`` for one city's piece.
    """
    if application.state == State.DRAFT:
        return None
    if application.state != State.INFORMATION:
        return frozenset()
    question = application.questions.filter(answered_at__isnull=True).first()
    return frozenset(question.sections if question else ())


def is_among(named: frozenset[str] | None, part: Part, party: ApplicationParty | None) -> bool:
    """Whether a piece is among what is open."""
    if named is None:
        return True
    return part.key in named or (party is not None and f"{part.key}:{party.pk}" in named)


def is_open(application: Application, part: Part, party: ApplicationParty | None) -> bool:
    """Whether a piece can be written in the application's present state."""
    return is_among(opened(application), part, party)


def may_write(piece: Piece, by: ApplicationParty | None, named: frozenset[str] | None) -> bool:
    """Whether a city may write a piece now; its people's roles are ``Action.EDIT``'s matter."""
    return writes(by, piece.party) and is_among(named, piece.part, piece.party)
