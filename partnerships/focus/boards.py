"""What an office sees of choosing topics: its own list, and of others whether they have chosen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from sdg.models import Topic

from ..models import City, FocusTopic, Partnership, TopicRanking, TopicRound
from . import results
from .policies import AGREEING, may_agree


@dataclass(frozen=True)
class OpenRound:
    """The round that waits for lists; ``number`` is the coming one's where none is open yet.

    ``own`` is the reader's list; of the others it holds names alone.
    """

    number: int
    version: int
    own: tuple[Topic, ...]
    is_submitted: bool
    chosen: tuple[City, ...]
    missing: tuple[City, ...]

    @property
    def waits_for(self) -> str:
        return results.names(self.missing) if self.missing else ""


@dataclass(frozen=True)
class Board:
    """One partnership's topics for the office of one of its cities."""

    partnership: Partnership
    may_agree: bool
    open: OpenRound | None
    focus: results.Focus | None


def board(partnership: Partnership, city: City) -> Board:
    """The page of a partnership's topics."""
    focus = results.focus_of(partnership)
    return Board(
        partnership,
        may_agree(partnership),
        open_round(partnership, city, is_first=focus is None),
        focus,
    )


def open_round(partnership: Partnership, city: City, *, is_first: bool) -> OpenRound | None:
    """The open round, or the first one before anybody saved a list; ``None`` between rounds."""
    found = _with_lists(TopicRound.objects.filter(partnership=partnership), city).first()
    if found is None and not is_first:
        return None
    cities = [party.city for party in partnership.parties.select_related("city")]
    return _seen(found, cities, city)


def _with_lists(rounds: Any, city: City) -> QuerySet[TopicRound]:
    """Open rounds with everybody's state, and the choices of this city alone."""
    own = TopicRanking.objects.filter(party__city=city).prefetch_related("choices__topic")
    return rounds.filter(revealed_at__isnull=True).prefetch_related(
        Prefetch("rankings", own, to_attr="own_rankings"),
        Prefetch(
            "rankings",
            TopicRanking.objects.filter(submitted_at__isnull=False).select_related("party"),
            to_attr="submitted",
        ),
    )


def nothing_open() -> OpenRound:
    """For a form that was opened while a round was, and comes back after it."""
    return OpenRound(1, 1, (), False, (), ())


def _seen(found: Any, cities: list[City], city: City) -> OpenRound:
    own = found.own_rankings[0] if found and found.own_rankings else None
    done = {ranking.party.city_id for ranking in found.submitted} if found else set()
    return OpenRound(
        number=found.number if found else 1,
        version=own.version if own else 1,
        own=tuple(c.topic for c in sorted(own.choices.all(), key=lambda c: c.rank)) if own else (),
        is_submitted=city.pk in done,
        chosen=tuple(one for one in cities if one.pk in done and one != city),
        missing=tuple(one for one in cities if one.pk not in done and one != city),
    )


@dataclass(frozen=True)
class Row:
    """A partnership in the list of an office, with what there is to do."""

    partnership: Partnership
    topics: tuple[Topic, ...]
    state: str
    is_our_turn: bool


def rows(city: City) -> list[Row]:
    """The city's partnerships that can agree on topics, ours to act first; constant queries."""
    found = Partnership.objects.filter(parties__city=city, state__in=AGREEING).prefetch_related(
        "parties__city",
        Prefetch("topic_rounds", _with_lists(TopicRound.objects, city), to_attr="open_rounds"),
        Prefetch(
            "topic_rounds",
            TopicRound.objects.with_focus().prefetch_related(
                Prefetch("focus", FocusTopic.objects.select_related("topic").order_by("order"))
            ),
            to_attr="agreed_rounds",
        ),
    )
    listed = [_row(partnership, city) for partnership in found.order_by("sort_key", "pk")]
    return sorted(listed, key=lambda row: not row.is_our_turn)


def _row(partnership: Any, city: City) -> Row:
    agreed = partnership.agreed_rounds[0] if partnership.agreed_rounds else None
    topics = tuple(link.topic for link in agreed.focus.all()) if agreed else ()
    cities = [party.city for party in partnership.parties.all()]
    state, is_our_turn = "", False
    if partnership.open_rounds:
        seen = _seen(partnership.open_rounds[0], cities, city)
        is_our_turn = not seen.is_submitted
        state = (
            _("It is your turn to choose.")
            if is_our_turn
            else _("Waits for %(cities)s.") % {"cities": seen.waits_for}
        )
    elif not agreed:
        is_our_turn = True
        state = _("No topics chosen yet.")
    return Row(partnership, topics, state, is_our_turn)
