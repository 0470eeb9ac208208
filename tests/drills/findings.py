"""What a drill found out."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Finding:
    """One promise with its figure; ``kept`` is ``None`` for a figure nobody promised.

    In a negative control ``kept`` says that the missing guard was noticed.
    """

    promise: str
    figure: str
    kept: bool | None = None


@dataclass(frozen=True)
class Result:
    """One run of one part of a drill on one database; ``date`` is ISO 8601 in UTC."""

    drill: str
    part: str
    database: str
    date: str
    seconds: float
    quick: bool
    findings: list[Finding] = field(default_factory=list)
    broke_off: str = ""

    @property
    def kept(self) -> bool:
        """Every promise kept, and something was promised at all."""
        verdicts = [one.kept for one in self.findings if one.kept is not None]
        return not self.broke_off and bool(verdicts) and all(verdicts)

    def to_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Result:
        values = json.loads(text)
        values["findings"] = [Finding(**one) for one in values["findings"]]
        return cls(**values)


def equal(promise: str, found: object, wanted: object) -> Finding:
    """A promise that holds when the figure is exactly the one wanted."""
    figure = number(found)
    kept = found == wanted
    return Finding(promise, figure if kept else f"{figure} instead of {number(wanted)}", kept)


def without_errors(load: Any) -> Finding:
    """No request of a ``guests.Load`` went wrong; what did is told."""
    figure = f"{len(load.wrong):,} of {len(load.seconds):,}"
    told = f" ({load.complaints()})" if load.wrong else ""
    return Finding("requests that failed", figure + told, not load.wrong)


def at_most(
    promise: str, found: float, limit: float, unit: str = "", *, judged: bool = True
) -> Finding:
    figure = f"{number(found)}{unit} (≤ {number(limit)}{unit})"
    return Finding(promise, figure, found <= limit if judged else None)


def more_than(promise: str, found: float, limit: float, unit: str = "") -> Finding:
    return Finding(promise, f"{number(found)}{unit} (> {number(limit)}{unit})", found > limit)


def number(value: object) -> str:
    """For people: thousands separated, seconds to a tenth."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    return f"{value:,}" if isinstance(value, int) else f"{value:,.1f}"


def percentile(values: Iterable[float], share: float) -> float:
    """The value that ``share`` (0–1) of the values do not exceed; 0 without any."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0
