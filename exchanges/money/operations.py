"""Taking a reckoned per diem over into the budget; noting that a copy was taken."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from journal.operations import record

from ..actors import Actor
from ..drafting.contents import CONTENTS
from ..drafting.operations import save_section
from ..drafting.operations.saving import Seen
from ..drafting.pieces import Piece
from ..models import Application, BudgetLine, DailyRate, Section
from ..policies import Action
from .contents import MOST
from .per_diem import Reckoning


@transaction.atomic
def add_per_diem(
    *, piece: Piece, rate: DailyRate, reckoning: Reckoning, persons: int, text: str, by: Actor
) -> Section:
    """Add a line for ``persons`` who get the reckoned sum; the line keeps the rate it used.

    Raises ``ValidationError``: ``full`` besides those of ``save_section``.
    """
    application = Application.objects.select_for_update(of=("self",)).get(pk=piece.application.pk)
    section = Section.objects.filter(application=application, key=piece.part.key).first()
    piece = Piece(application, piece.part, piece.party, section)
    values = CONTENTS[piece.part.key].read(piece)
    taken = {line.order for line in application.lines.all()}
    free = next((order for order in range(MOST) if order not in taken), None)
    if free is None:
        raise ValidationError(
            _("The budget has %(most)s lines already. Remove one first.") % {"most": MOST},
            code="full",
        )
    row = {
        "kind": BudgetLine.Kind.PER_DIEM,
        "text": text,
        "persons": persons,
        "units": 1,
        "price": reckoning.total,
        "rate": rate.pk,
    }
    values |= {f"lines-{free}-{name}": value for name, value in row.items()}
    return save_section(piece=piece, values=values, seen=Seen(piece.version), by=by)


@transaction.atomic
def note_copy(*, application: Application, by: Actor) -> None:
    """Say in the history that somebody took a copy of the whole application.

    Raises ``ValidationError``: ``not_yours``.
    """
    by.check(Action.READ, application)
    record("exchanges.copied", application, by=by.user, guest=by.is_guest)
