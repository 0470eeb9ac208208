"""Sample arguments for the addresses of money, decisions and the staff's desk."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from exchanges.models import Complaint, Condition, Letter

CASE = ("per_diem", "take_over_per_diem", "print", "copy", "complain", "trip", "trip_ics")
LETTERS = ("letter", "letter_pdf")
STAFF = ("transfer", "decide", "release", "discard_decision")


def _office(world: Any) -> dict[str, Any]:
    return {"city": world.city.slug, "ref": world.exchange.application.ref}


def _link(world: Any) -> dict[str, Any]:
    return {"public_id": world.exchange.link.public_id}


def _staff(world: Any) -> dict[str, Any]:
    return {"ref": world.exchange.application.ref}


def _call(world: Any) -> dict[str, Any]:
    return {"slug": world.exchange.call.slug}


def _letter(of: Callable[[Any], dict[str, Any]]) -> Callable[[Any], dict[str, Any]]:
    return lambda world: {**of(world), "pk": Letter.objects.order_by("pk")[0].pk}


SAMPLES: dict[str, Callable[[Any], dict[str, Any]]] = {
    **dict.fromkeys([f"exchanges:{name}" for name in CASE], _office),
    **dict.fromkeys([f"exchange_link:{name}" for name in CASE], _link),
    **dict.fromkeys([f"exchanges:{name}" for name in LETTERS], _letter(_office)),
    **dict.fromkeys([f"exchange_link:{name}" for name in LETTERS], _letter(_link)),
    **dict.fromkeys([f"exchanges:{name}" for name in STAFF], _staff),
    **dict.fromkeys(["exchanges:decisions", "exchanges:release_all"], _call),
    "exchanges:tick": lambda world: {**_staff(world), "pk": Condition.objects.get().pk},
    "exchanges:answer_complaint": lambda world: {**_staff(world), "pk": Complaint.objects.get().pk},
}
