"""The panel's discussion: only where reviews lie far apart."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from journal.operations import record

from ...actors import Actor
from ...locking import locked
from ...models import Application, PanelNote
from ...policies import Action, Who
from .. import sight, standings
from ..sight import Sight


@transaction.atomic
def discuss(*, application: Application, text: str, by: Actor) -> PanelNote:
    """Say something about a case; the same words again, sent twice, are one note.

    Raises ``ValidationError``: ``not_yours``, ``not_now``, ``own_first`` before one's own review
    is handed in, ``close_together`` where nothing is to be discussed, or ``empty``.
    """
    application = locked(application)
    by.check(Action.DISCUSS, application)
    _check_own_first(application, by)
    if not standings.of_case(application).far_apart:
        raise ValidationError(
            _("There is nothing to discuss: no two scores differ by two or more."),
            code="close_together",
        )
    text = text.strip()
    if not text:
        raise ValidationError(_("Please write something."), code="empty")
    last = application.panel_notes.order_by("-at", "-pk").first()
    if last is not None and (last.by_id, last.text) == (by.user and by.user.pk, text):
        return last
    note = PanelNote.objects.create(application=application, by=by.user, text=text)
    record("exchanges.panel_discussed", note, by=by.user)
    return note


def _check_own_first(application: Application, by: Actor) -> None:
    own = application.reviews.filter(reviewer=by.user).first()
    if Who.STAFF in by.who:
        allowed = sight.of_staff(own) is Sight.OTHERS
    else:
        allowed = own is not None and own.is_done
    if not allowed:
        raise ValidationError(
            _("First hand in your own review, then discuss it with the others."), code="own_first"
        )
