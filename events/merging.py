"""What becomes of events, invitations and delegations when cities or partnerships are merged."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from partnerships.merging.registry import MOVE, Doubles, Rule, register

_BOTH_INVITED = _("Both take part in the same event; the delegation of the merged one stays there.")


def register_rules() -> None:
    register("events.Event.city", MOVE)
    register("events.Invitation.city", MOVE)
    register("events.Delegation.partnership", Rule(doubles=Doubles.STAY, because=_BOTH_INVITED))
