"""What choosing an audience works with: the criteria, whom they find, whom they leave out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from partnerships.models import City, Holder, Partnership, Position


@dataclass(frozen=True)
class Criteria:
    """A choice of people: filters, whole partnerships and single lines, taken together.

    ``countries`` and ``partner_countries`` hold ISO codes, ``regions`` names, ``offices``,
    ``departments``, ``topics`` and ``partnerships`` primary keys; ``people`` is the text of a
    field with one person in each line.
    """

    countries: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    partner_countries: tuple[str, ...] = ()
    offices: tuple[int, ...] = ()
    departments: tuple[int, ...] = ()
    topics: tuple[int, ...] = ()
    partnerships: tuple[int, ...] = ()
    people: str = ""


@dataclass(frozen=True)
class Recipient:
    """Somebody who can be invited, as the invitation will address them.

    ``key`` is stable between preflight and sending: ``p<position pk>`` or ``a<address>``.
    ``reasons`` say, in the staff's language, how the criteria found them; ``why`` tells the
    guest, in theirs. ``right_is_certain`` is false where staff should decide who speaks.
    """

    key: str
    position: Position | None
    holder: Holder | None
    name: str
    function: str
    salutation: str
    email: str
    language: str
    time_zone: str
    right: str
    right_is_certain: bool
    city: City | None
    partnership: Partnership | None
    reasons: tuple[str, ...]
    why: str
    local_start: dt.datetime


@dataclass(frozen=True)
class LeftOut:
    """Somebody the criteria found, or a line they could not use, with the reason.

    Codes: already_invited, no_address, opted_out, bounced, inactive, no_seat_pool; for a line
    (``line`` counts from 1) also broken_address, ambiguous, not_found and duplicate.
    """

    label: str
    email: str
    code: str
    reason: str
    line: int | None = None


class Member(Protocol):
    """Whoever counts for a delegation: a ``Recipient`` or an ``Invitation``."""

    @property
    def position(self) -> Any: ...

    @property
    def city(self) -> Any: ...


@dataclass(frozen=True)
class DelegationCheck:
    """The guests of a partnership's cities, and in sentences what the delegation lacks."""

    partnership: Partnership
    members: Sequence[Any]
    missing: list[str]


@dataclass(frozen=True)
class Preflight:
    """Everything staff see before anything leaves."""

    recipients: list[Recipient]
    left_out: list[LeftOut]
    delegations: list[DelegationCheck]
