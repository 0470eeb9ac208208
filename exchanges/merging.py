"""What becomes of applications and trips when doubled cities or partnerships are merged."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from partnerships.merging.registry import MOVE, Rule, register

_ONE_APPLICATION = _(
    "Both cities belong to one application. Correct the application or wait until it is closed."
)


def register_rules() -> None:
    register("exchanges.Application.partnership", MOVE)
    register("exchanges.ApplicationParty.city", Rule(because=_ONE_APPLICATION))
    for relation in (
        *("Application.destination", "Section.saved_city", "Trip.destination"),
        *("Leg.origin", "Leg.destination", "Reviewer.home_city"),
    ):
        register(f"exchanges.{relation}", MOVE)
