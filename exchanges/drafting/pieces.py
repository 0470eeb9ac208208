"""One part of an application as one city writes it, with what was saved of it so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from ..models import Application, ApplicationParty, Section
from ..sections import BY_KEY, Part, parties_of, pieces, writers


@dataclass(frozen=True)
class Piece:
    """``party`` is the city whose part it is, ``None`` for a joint one."""

    application: Application
    part: Part
    party: ApplicationParty | None
    section: Section | None

    @property
    def version(self) -> int:
        return self.section.version if self.section else 0

    @property
    def key(self) -> str:
        """How a question of the staff names it: ``people:12`` or ``purpose``."""
        return f"{self.part.key}:{self.party.pk}" if self.party else self.part.key

    @property
    def page(self) -> str:
        """The bare URL name of its page."""
        return "city_section" if self.party else "section"

    @property
    def arguments(self) -> list[str | int]:
        """What its address holds."""
        return [self.part.key, self.party.pk] if self.party else [self.part.key]


def pieces_of(application: Application, parties: Sequence[ApplicationParty]) -> list[Piece]:
    """Every piece in the application's order, in one query."""
    saved = {(one.key, one.party_id): one for one in _sections(application)}
    return [
        Piece(application, part, party, saved.get((part.key, party.pk if party else None)))
        for part, party in pieces(parties)
    ]


def piece_of(application: Application, key: str, party: int | None) -> Piece | None:
    """The piece with that part and city; ``None`` where there is none."""
    part = BY_KEY.get(key)
    if part is None:
        return None
    for whose in writers(part, parties_of(application)):
        if (whose.pk if whose else None) == party:
            section = _sections(application).filter(key=key, party=whose).first()
            return Piece(application, part, whose, section)
    return None


def _sections(application: Application) -> QuerySet[Section]:
    return application.sections.select_related("saved_city")
