"""Sample arguments for the addresses of calls, applications and reviews."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from exchanges import tokens as exchange_tokens

World = Any


def _office(world: World) -> dict[str, Any]:
    return {"city": world.city.slug}


def _case(world: World) -> dict[str, Any]:
    return _office(world) | {"ref": world.exchange.application.ref}


def _ref(world: World) -> dict[str, Any]:
    return {"ref": world.exchange.application.ref}


def _call(world: World) -> dict[str, Any]:
    return {"slug": world.exchange.call.slug}


def _asked_to_review(world: World) -> dict[str, Any]:
    return _ref(world) | {"pk": world.exchange.review.pk}


def _case_by_link(world: World) -> dict[str, Any]:
    return {"public_id": world.exchange.link.public_id}


def _people(world: World) -> dict[str, Any]:
    return {"key": "people", "party": world.exchange.link.party_id}


def _work_link(world: World) -> dict[str, Any]:
    return _case(world) | {"link": world.exchange.link.pk}


SAMPLES: dict[str, Callable[[World], dict[str, Any]]] = {
    "exchange_link:open": lambda world: {"token": exchange_tokens.token_for(world.exchange.link)},
    **dict.fromkeys(
        ["exchanges:call", "exchanges:self_check", "exchanges:apply"],
        lambda world: {"slug": world.exchange.call.slug},
    ),
    "exchanges:cases": _office,
    "exchanges:case": _case,
    "exchange_link:case": _case_by_link,
    "exchanges:start": _office,
    **dict.fromkeys(
        [
            "exchanges:sign",
            "exchanges:sign_save",
            "exchanges:hand_in",
            "exchanges:submit",
            "exchanges:versions",
            "exchanges:withdraw",
            "exchanges:withdraw_save",
        ],
        _case,
    ),
    "exchanges:version": lambda world: {**_case(world), "number": 1},
    **dict.fromkeys(
        [
            "exchange_link:sign",
            "exchange_link:sign_save",
            "exchange_link:hand_in",
            "exchange_link:versions",
        ],
        _case_by_link,
    ),
    "exchange_link:version": lambda world: {**_case_by_link(world), "number": 1},
    **dict.fromkeys(
        ["exchanges:staff_extend", "exchanges:staff_ask", "exchanges:staff_go_on"], _ref
    ),
    "exchanges:staff_waive": lambda world: {**_ref(world), "party": world.exchange.link.party_id},
    "exchanges:staff_version": lambda world: {**_ref(world), "number": 1},
    "exchanges:section": lambda world: {**_case(world), "key": "basics"},
    "exchanges:city_section": lambda world: {**_case(world), **_people(world)},
    "exchanges:discard": _case,
    "exchanges:links": _case,
    "exchanges:send_link": lambda world: {**_case(world), "party": world.exchange.link.party_id},
    "exchanges:remind_link": _work_link,
    "exchanges:end_link": _work_link,
    "exchange_link:section": lambda world: {**_case_by_link(world), "key": "basics"},
    "exchange_link:city_section": lambda world: {**_case_by_link(world), **_people(world)},
    **dict.fromkeys(
        [
            "exchanges:review",
            "exchanges:review_declare",
            "exchanges:review_step_back",
            "exchanges:review_save",
            "exchanges:review_hand_in",
            "exchanges:review_discuss",
            "exchanges:staff_case",
            "exchanges:staff_check",
            "exchanges:staff_assign",
            "exchanges:staff_remind",
            "exchanges:staff_discuss",
        ],
        _ref,
    ),
    **dict.fromkeys(["exchanges:panel", "exchanges:reviewers_panel"], _call),
    **dict.fromkeys(["exchanges:staff_unassign", "exchanges:staff_settle"], _asked_to_review),
    "exchange_link:broken": lambda world: {"rest": "half-a-link"},
}
