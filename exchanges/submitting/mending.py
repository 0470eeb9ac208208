"""Where a city mends what is missing: the way from a rule to the part it is about."""

from __future__ import annotations

from ..door import Case
from ..models import ApplicationParty
from ..policies import Action
from ..sections import BY_KEY, writers, writes
from .rules import Result


def mending(
    case: Case, results: list[Result], parties: list[ApplicationParty]
) -> list[tuple[Result, str]]:
    """Each result with the address of the part; empty where there is nothing to mend for them."""
    return [(one, _address(case, one, parties)) for one in results]


def _address(case: Case, result: Result, parties: list[ApplicationParty]) -> str:
    part = BY_KEY.get(result.rule.part)
    if part is None or not result.is_missing or not case.may(Action.EDIT):
        return ""
    mine = [whose for whose in writers(part, parties) if writes(case.party, whose)]
    if not mine:
        return ""
    whose = mine[0]
    return (
        case.address("section", part.key)
        if whose is None
        else case.address("city_section", part.key, whose.pk)
    )
