"""What pages show on the way to handing in: stamps, what is missing, the staff's question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..models import Application, ApplicationParty, InformationRequest, SignOff, Submission
from ..reviewing.reading import ReadPart, parts
from ..sections import BY_KEY, Part, parties_of
from . import rules
from .parts import Content, content_of, fingerprint_in
from .rules import Result


@dataclass(frozen=True)
class Stamp:
    """Where a city's sign-off stands. ``last`` is the one that was cancelled, with what changed."""

    party: ApplicationParty
    is_needed: bool
    standing: SignOff | None
    last: SignOff | None


def stamps(application: Application) -> list[Stamp]:
    """Every city's, in two queries."""
    parties = parties_of(application)
    rows = list(SignOff.objects.filter(party__in=parties).order_by("-at", "-pk"))
    found = []
    for party in parties:
        mine = [one for one in rows if one.party_id == party.pk]
        standing = next((one for one in mine if one.cancelled_at is None), None)
        last = next((one for one in mine if one.cancelled_because), None)
        needed = rules.needs_sign_off(application, party)
        found.append(Stamp(party, needed, standing, None if standing else last))
    return found


def results(application: Application) -> list[Result]:
    return rules.check(application)


def opened(question: InformationRequest, parties: list[ApplicationParty]) -> list[tuple[Part, Any]]:
    """The parts a question opened, each with its city (``None``: joint)."""
    cities = {str(party.pk): party.city for party in parties}
    found = []
    for name in question.sections:
        key, _colon, party = name.partition(":")
        if key in BY_KEY:
            found.append((BY_KEY[key], cities.get(party)))
    return found


@dataclass(frozen=True)
class Signed:
    """The whole application as a city reads it before it signs; its own pieces are marked."""

    content: Content
    party: ApplicationParty

    @property
    def fingerprint(self) -> str:
        return fingerprint_in(self.content, self.party)

    @property
    def parts(self) -> list[tuple[ReadPart, bool]]:
        """Every part, with whether the city signs it."""
        ours = ("", self.party.city.name)
        return [(part, part.city in ours) for part in parts(Submission(content=self.content))]


def to_sign(application: Application, party: ApplicationParty) -> Signed:
    return Signed(content_of(application), party)
