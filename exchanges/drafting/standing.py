"""How far each part is, who wrote it last, and who may write it: what a case's page shows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import prefetch_related_objects
from django.urls import NoReverseMatch
from django.utils import formats
from django.utils.translation import gettext as _

from journal.models import Entry

from ..door import Case
from ..models import Application, Condition
from ..moments import last_minute
from ..policies import Action
from ..sections import parties_of
from ..states import FUNDED, PUBLIC, TRAVELLING, PublicState, State
from .contents import CONTENTS, Progress
from .forms import FORMS
from .pieces import Piece, pieces_of
from .policies import may_write, opened
from .saved import saved_line

TIMELINE_LENGTH = 30
#: What the staff do among themselves; cities hear of a decision when it is released.
INTERNAL = (
    "exchanges.decision_drafted",
    "exchanges.decision_discarded",
    "exchanges.transferred",
)


@dataclass(frozen=True)
class Row:
    """One piece on the page of the case."""

    piece: Piece
    progress: Progress | None
    saved: str
    is_mine: bool
    may_write: bool
    address: str

    @property
    def badge(self) -> str:
        """The colour of its progress."""
        return {Progress.FILLED: "success", Progress.BEGUN: "info"}.get(self.progress, "warning")  # type: ignore[arg-type]


def rows(case: Case) -> list[Row]:
    """Every piece of the application, with one query for each table behind them."""
    application = case.application
    named = opened(application)
    prefetch_related_objects([application], "topics", "goals", "travellers", "hosts", "slots")
    return [_row(case, piece, named) for piece in pieces_of(application, parties_of(application))]


def _row(case: Case, piece: Piece, named: frozenset[str] | None) -> Row:
    content = CONTENTS.get(piece.part.key)
    return Row(
        piece,
        content.progress(piece) if content else None,
        saved_line(piece.section),
        is_mine=piece.party is None or piece.party.pk == case.party.pk,
        may_write=case.may(Action.EDIT) and may_write(piece, case.party, named),
        address=address_of(case, piece),
    )


def address_of(case: Case, piece: Piece) -> str:
    """Where the part is written or read; empty while its room has no page."""
    if piece.part.key in FORMS:
        return case.address(piece.page, *piece.arguments)
    try:
        return case.address(piece.part.key)
    except NoReverseMatch:
        return ""


def next_piece(case: Case, piece: Piece) -> Piece | None:
    """The next part of the application that the city may write."""
    named = opened(case.application)
    found = pieces_of(case.application, parties_of(case.application))
    keys = [one.key for one in found]
    after = found[keys.index(piece.key) + 1 :]
    mine = [one for one in after if one.part.key in FORMS and may_write(one, case.party, named)]
    return mine[0] if mine else None


def public(application: Application) -> PublicState:
    """The word cities read, and who acts next."""
    state = State(application.state)
    if state == State.CONDITIONS and not _open_conditions(application):
        return TRAVELLING
    return PUBLIC[state]


def until(application: Application) -> dt.datetime | dt.date | None:
    """Until when who acts next has time: the deadline, the day of a question, of the decision, of
    a condition, or of the report.
    """
    if application.state == State.DRAFT:
        return application.deadline()
    if application.state == State.INFORMATION:
        asked = [one.due_on for one in application.questions.all() if one.answered_at is None]
        return asked[0] if asked else None
    if application.state in {State.CHECKING, State.REVIEWING}:
        return application.answer_due_on
    if application.state in FUNDED:
        return _until_funded(application)
    return None


def _until_funded(application: Application) -> dt.date | None:
    conditions = _open_conditions(application)
    if conditions:
        return min((one.due_on for one in conditions if one.due_on), default=None)
    if application.is_virtual or application.ends_on is None:
        return None
    return application.ends_on + dt.timedelta(days=application.call.report_within_days)


def _open_conditions(application: Application) -> list[Condition]:
    """Of what is decided; a draft is nobody's business yet."""
    released = [one for one in application.decisions.all() if one.is_released]
    return [one for each in released for one in each.conditions.all() if one.met_at is None]


def until_line(application: Application) -> str:
    """The same as people read it, with the call's time zone where an hour counts."""
    found = until(application)
    if found is None:
        return ""
    if isinstance(found, dt.datetime):
        return last_minute(found, application.call)
    return formats.date_format(found, "DATE_FORMAT")


def timeline(application: Application) -> list[dict[str, Any]]:
    """What happened, the newest first; people without a name stay nameless."""
    found = Entry.objects.about(application).exclude(verb__in=INTERNAL)[:TIMELINE_LENGTH]
    return [{"at": one.at, "sentence": one.sentence, "by": _who(one)} for one in found]


def _who(entry: Entry) -> str:
    if entry.by is None:
        told = {
            Entry.Actor.GUEST: _("a partner city, by link"),
            Entry.Actor.SYSTEM: _("the portal"),
        }
        return told.get(Entry.Actor(entry.actor), _("somebody whose account is gone"))
    if entry.by.is_staff:
        return _("the programme's staff")
    return entry.by.name or _("the office of a city")
