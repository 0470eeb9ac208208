"""Saving a part as its page does, for tests: by fields' names as they stand in the form."""

from __future__ import annotations

from typing import Any

from exchanges.actors import Actor
from exchanges.drafting.contents import CONTENTS, Values
from exchanges.drafting.operations import save_section
from exchanges.drafting.operations.saving import Seen
from exchanges.drafting.pieces import Piece, piece_of
from exchanges.models import Application, ApplicationParty, Section


def piece(application: Application, key: str, party: ApplicationParty | None = None) -> Piece:
    fresh = Application.objects.get(pk=application.pk)
    found = piece_of(fresh, key, party.pk if party else None)
    assert found is not None
    return found


def write(
    application: Application,
    key: str,
    by: Actor,
    *,
    party: ApplicationParty | None = None,
    seen: int | None = None,
    page: str = "",
    **values: Any,
) -> Section:
    """Save with ``__`` for ``-`` in names; without ``seen`` the version stored now."""
    found = piece(application, key, party)
    given = {name.replace("__", "-"): value for name, value in values.items()}
    version = found.version if seen is None else seen
    return save_section(piece=found, values=given, seen=Seen(version, page), by=by)


def stored(application: Application, key: str, party: ApplicationParty | None = None) -> Values:
    return CONTENTS[key].read(piece(application, key, party))
