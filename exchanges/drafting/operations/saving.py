"""Saving one part of an application; nobody's words are overwritten unseen."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from journal.operations import record

from ...actors import Actor
from ...locking import locked
from ...models import Application, Section
from ...policies import Action
from ...sections import writes
from ...submitting.stamps import part_changed
from ..contents import CONTENTS, Values, differing
from ..pieces import Piece
from ..policies import is_open

#: Saving again and again while one sits at a part is one line of the history.
SITTING = dt.timedelta(minutes=30)


@dataclass(frozen=True)
class Seen:
    """What the page showed when somebody began to type: the version, and the page's own mark.

    A page that saved last may save again, whatever version it names: its own save may still have
    been under way.
    """

    version: int
    page: str = ""


@transaction.atomic
def save_section(
    *, piece: Piece, values: Values, seen: Seen, by: Actor, at: dt.datetime | None = None
) -> Section:
    """Save all values of a part for one city, or jointly; returns the section as stored.

    Values that are stored already change nothing; stamps that signed something else fall.
    Raises ``ValidationError``: ``not_yours``, ``not_now``, ``not_open``, and ``conflict`` when
    somebody else saved since.
    """
    at = at or timezone.now()
    application = locked(piece.application)
    _check(application, piece, by)
    section, _created = Section.objects.get_or_create(
        application=application, key=piece.part.key, party=piece.party
    )
    piece = replace(piece, application=application, section=section)
    content = CONTENTS[piece.part.key]
    changed = differing(content.read(piece), values)
    if not changed:
        return section
    if seen.version != section.version and (not seen.page or seen.page != section.saved_from):
        raise _conflict()
    content.write(piece, section, values)
    _sign(section, seen, by, at)
    part_changed(
        application=application,
        part=piece.part,
        party=piece.party,
        what=content.words_for(changed),
        by=by,
    )
    return section


def _conflict() -> ValidationError:
    return ValidationError(
        _(
            "Somebody else saved this part while you were writing. Your input is still here; "
            "compare it with what is stored and save again."
        ),
        code="conflict",
    )


def _check(application: Application, piece: Piece, by: Actor) -> None:
    by.check(Action.EDIT, application)
    if not writes(by.party, piece.party):
        raise ValidationError(_("This part belongs to another city."), code="not_yours")
    if not is_open(application, piece.part, piece.party):
        raise ValidationError(_("This part cannot be changed now."), code="not_open")


def _sign(section: Section, seen: Seen, by: Actor, at: dt.datetime) -> None:
    """Note who saved; a new sitting is a line in the history."""
    last = (section.saved_by_id, section.saved_name, section.saved_city_id)
    now = (by.user.pk if by.user else None, by.name, by.city.pk if by.city else None)
    is_new_sitting = last != now or section.saved_at is None or at - section.saved_at > SITTING
    section.saved_by_id, section.saved_name, section.saved_city_id = now
    section.saved_at, section.saved_from = at, seen.page
    section.version += 1
    section.save()
    if is_new_sitting:
        verb = f"exchanges.wrote_{section.key}"
        record(verb, section.application, by=by.user, guest=by.is_guest, party=section.party_id)
