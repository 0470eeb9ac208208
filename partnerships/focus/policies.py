"""When the cities of a partnership may agree on topics."""

from __future__ import annotations

from ..models import Partnership

_State = Partnership.State
#: Somebody of the cities stands behind the entry, and it has not ended.
AGREEING = frozenset(
    {_State.AWAITING_PARTNER, _State.ACTIVE, _State.NEEDS_RECONFIRMATION, _State.DORMANT}
)


def may_agree(partnership: Partnership) -> bool:
    """Listed entries are claimed first; drafts are one city's own; ended ones are history."""
    return partnership.state in AGREEING
