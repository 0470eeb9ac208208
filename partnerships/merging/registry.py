"""What becomes of rows that point at a merged city or partnership. Apps register their relations.

An app that points at a city, a partnership or a city's part in one (``Party``) declares a rule for
each relation in ``AppConfig.ready()``; without one the portal refuses to merge.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from django.db.models import Q

#: Values that end a row; what can be called is called when it is ended.
Ending = dict[str, Any | Callable[[], Any]]


class Doubles(Enum):
    """What becomes of a row whose like the kept entry has already."""

    REFUSE = "the entries cannot be merged"
    STAY = "it stays with the merged entry"
    END = "it is ended and moves"


@dataclass(frozen=True)
class Rule:
    """What becomes of the rows of one relation.

    They all move; with ``stays`` they stay with the merged entry, where ``ending`` may end those
    that match ``open_ones``. ``doubles`` are rows that a unique constraint forbids beside those of
    the kept entry; ``because`` says why they do not simply move. With ``only_if_none`` they stay as
    soon as the kept entry has any. ``number`` names a column that gets the first free number up to
    ``most``; what is over stays. ``goes_with`` moves only rows whose column points at a row that
    another relation moved; rows whose column ``not_with`` points at the kept entry stay.
    ``label`` says what the rows are where the model does not say it well.
    """

    stays: bool = False
    doubles: Doubles = Doubles.REFUSE
    because: Any = ""
    ending: Ending = field(default_factory=dict)
    open_ones: Q | None = None
    only_if_none: bool = False
    number: str = ""
    most: int = 0
    goes_with: tuple[str, str] | None = None
    not_with: str = ""
    label: Any = ""


MOVE = Rule()
STAY = Rule(stays=True)

_RULES: dict[str, Rule] = {}


def register(relation: str, rule: Rule) -> None:
    """Declare the rule of ``app.Model.field``; through tables that Django makes count, too."""
    _RULES[relation] = rule


def rule_for(relation: str) -> Rule | None:
    return _RULES.get(relation)
