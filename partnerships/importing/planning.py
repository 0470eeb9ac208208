"""What becomes of each row: decided here, written in ``entering``."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from ..folding import e_form
from ..models import City, ImportRow, Partnership
from ..registry import Known, Registry, identity
from ..workbooks import neutral
from . import cells, places
from .columns import FIELDS, REQUIRED, Layout, fields_in
from .reasons import Reason, Refused

Outcome = ImportRow.Outcome
#: Longest text in a cell that names something; longer ones are no names.
LONGEST_NAME = 120
LONGEST_REMARK = 2000
#: What the first filled cell of a line below the table begins with.
_BELOW_THE_TABLE = {
    *("summe", "gesamt", "gesamtsumme", "gesamtzahl", "insgesamt", "anzahl", "zwischensumme"),
    *("total", "sum", "subtotal", "stand", "quelle", "quellen", "source", "hinweis", "anmerkung"),
}

Written = dict[str, str]


@dataclass
class Facts:
    """What is certain about a row; empty where it is not."""

    german_city: str = ""
    partner_city: str = ""
    partner_region: str = ""
    partner_country: str = ""
    year_established: int | None = None
    kind: str = ""


@dataclass
class Entry:
    """A partnership to be made of one row, or of several that name the same two cities."""

    cities: tuple[City, City]
    kind: str
    year: int | None
    is_uncertain: bool
    source: str
    row: int


@dataclass
class Fill:
    """A listed partnership without a year that gets one."""

    year: int
    is_uncertain: bool


@dataclass
class Decision:
    """One data row: number from 1, the line it begins at, what becomes of it and why."""

    row: int
    line: int
    outcome: Outcome
    facts: Facts = field(default_factory=Facts)
    reasons: list[Reason] = field(default_factory=list)
    written: Written = field(default_factory=dict)
    same_as: int | None = None
    entry: Entry | None = None
    known: int | None = None
    fill: Fill | None = None

    @property
    def outcome_text(self) -> str:
        """``merge with 3`` where the row repeats row 3 of the same file."""
        return f"{self.outcome.value} with {self.same_as}" if self.same_as else self.outcome.value

    @property
    def cities(self) -> tuple[str, str]:
        """Their names, as written where it is not certain which cities are meant."""
        return (
            self.facts.german_city or self.written.get("german_city", ""),
            self.facts.partner_city or self.written.get("partner_city", ""),
        )

    @property
    def says_more(self) -> bool:
        """Whether a merged row says anything beyond what it repeats."""
        return len(self.reasons) > 1

    @property
    def fingerprint(self) -> str:
        """The same for the same places, however often and in whichever file the row comes."""
        names = ("german_city", "german_state", "partner_city", "partner_region", "partner_country")
        said = "|".join(e_form(self.written.get(name, "")) for name in names)
        return hashlib.sha256(said.encode()).hexdigest()


@dataclass
class Plan:
    """Every row's decision, and the cities and partnerships that follow from them."""

    decisions: list[Decision]

    @property
    def entries(self) -> list[Entry]:
        return [d.entry for d in self.decisions if d.entry and d.entry.row == d.row]

    @property
    def fills(self) -> dict[int, Fill]:
        """By the primary key of the partnership."""
        return {d.known: d.fill for d in self.decisions if d.known and d.fill}

    @property
    def reviews(self) -> list[Decision]:
        return [d for d in self.decisions if d.outcome == Outcome.REVIEW]

    @property
    def counts(self) -> Counter[Outcome]:
        return Counter(decision.outcome for decision in self.decisions)


def plan(rows: Sequence[tuple[int, list[str]]], layout: Layout, registry: Registry) -> Plan:
    """Decide about every row below the headings; writes nothing and asks nobody."""
    planner = _Planner(registry)
    below = [(line, texts) for line, texts in rows if line > layout.header]
    return Plan(
        [
            planner.decide(number, line, texts, layout.columns)
            for number, (line, texts) in enumerate(below, start=1)
        ]
    )


class _Planner:
    """Remembers the pairs of this file while its rows go by."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._this_year = timezone.localdate().year
        self._entries: dict[frozenset[Any], Entry] = {}
        self._fills: dict[int, Fill] = {}

    def decide(self, row: int, line: int, texts: list[str], columns: Mapping[str, int]) -> Decision:
        decision = Decision(row, line, Outcome.SKIP)
        if skip := _skipped(texts, columns):
            decision.reasons = [skip]
            return decision
        decision.written = {
            name: cells.cleaned(texts[column])[:LONGEST_REMARK] if column < len(texts) else ""
            for name, column in columns.items()
        }
        try:
            self._understand(decision)
        except Refused as refusal:
            decision.outcome = Outcome.REJECT
            decision.reasons.insert(0, refusal.reason)
        return decision

    def _understand(self, decision: Decision) -> None:
        """Fill in facts, reasons and outcome; raises ``Refused`` for a row that cannot be."""
        written, facts, reasons = decision.written, decision.facts, decision.reasons
        _refuse_what_is_no_name(written)
        kind = cells.kind(written.get("kind", ""))
        facts.kind = kind.value
        found = places.find_both(written, self._registry)
        facts.german_city, facts.partner_city = found.home.name, found.partner.name
        facts.partner_region, facts.partner_country = found.partner.region, found.country
        reasons += found.reasons
        found.refuse_what_cannot_be()
        year = cells.year(written.get("year_established", ""), this_year=self._this_year)
        facts.year_established = year.value
        reasons += [notice for notice in (kind.notice, year.notice) if notice]
        reasons += _formulas(written)
        if kind.is_open or found.home.city is None or found.partner.city is None:
            decision.outcome = Outcome.REVIEW
            return
        cities = (found.home.city, found.partner.city)
        if known := self._registry.known(cities):
            self._merge_with_stored(decision, known, kind, year)
        elif entry := self._entries.get(frozenset(map(identity, cities))):
            self._merge_with_row(decision, entry, kind, year)
        else:
            self._create(decision, cities, kind, year)

    def _create(
        self, decision: Decision, cities: tuple[City, City], kind: cells.Kind, year: cells.Year
    ) -> None:
        if not kind.is_given and "kind" in decision.written:
            decision.reasons.append(Reason("kind_missing"))
        decision.outcome = Outcome.WARNING if decision.reasons else Outcome.CREATE
        decision.entry = Entry(
            cities,
            kind.value,
            year.value,
            year.is_uncertain,
            decision.written.get("source", ""),
            decision.row,
        )
        self._entries[frozenset(map(identity, cities))] = decision.entry

    def _merge_with_row(
        self, decision: Decision, entry: Entry, kind: cells.Kind, year: cells.Year
    ) -> None:
        decision.outcome, decision.same_as, decision.entry = Outcome.MERGE, entry.row, entry
        decision.reasons.insert(0, Reason("same_as_row", row=entry.row))
        decision.reasons += _differences(decision, entry.kind, entry.year, kind, year)
        if entry.year is None and year.value is not None:
            entry.year, entry.is_uncertain = year.value, year.is_uncertain
            decision.reasons.append(Reason("fills_year", year=year.value))
        decision.facts.kind, decision.facts.year_established = entry.kind, entry.year

    def _merge_with_stored(
        self, decision: Decision, known: Known, kind: cells.Kind, year: cells.Year
    ) -> None:
        """An empty year is filled in only where no city has spoken yet (*listed*)."""
        decision.outcome, decision.known = Outcome.MERGE, known.pk
        decision.reasons.insert(0, Reason("same_as_stored"))
        decision.reasons += _differences(decision, known.kind, known.year, kind, year)
        if known.year is None and year.value and known.state == Partnership.State.LISTED:
            known.year = year.value
            decision.fill = Fill(year.value, year.is_uncertain)
            decision.reasons.append(Reason("fills_year", year=year.value))
        decision.facts.kind, decision.facts.year_established = known.kind, known.year


def _skipped(texts: list[str], columns: Mapping[str, int]) -> Reason | None:
    """Why a line is no row of the table: empty, a total, a note below it, the heading again."""
    plain = [cells.cleaned(text) for text in texts]
    first = next((text for text in plain if text), "")
    known = {name for name, column in columns.items() if column < len(plain) and plain[column]}
    if known >= {*REQUIRED} and len(fields_in([plain[columns[name]] for name in REQUIRED])) == 2:
        return Reason("heading")
    is_note = first.startswith("*") or e_form(first).split(" ", 1)[0] in _BELOW_THE_TABLE
    partner = plain[columns["partner_city"]] if "partner_city" in known else ""
    if is_note and not partner[:1].isalpha():  # a total counts the partner cities
        return Reason("total")
    return None if known else Reason("empty")


def _refuse_what_is_no_name(written: Written) -> None:
    for name, text in written.items():
        if name not in {"remark", "source"} and len(text) > LONGEST_NAME:
            raise Refused(Reason("too_long", text=text[:30], length=len(text)))
    for name, code in (("german_city", "home_missing"), ("partner_city", "partner_missing")):
        if cells.is_nothing(written[name]):
            raise Refused(Reason(code))


def _formulas(written: Written) -> Iterator[Reason]:
    """A notice for each cell that a spreadsheet program would compute."""
    for name in FIELDS:
        text = written.get(name, "")
        if not cells.is_nothing(text) and neutral(text) != text:
            yield Reason("formula", text=text[:40])


def _differences(
    decision: Decision, kept_kind: str, kept_year: int | None, kind: cells.Kind, year: cells.Year
) -> Iterator[Reason]:
    """What a merged row says otherwise: the first word stays."""
    if kept_year and year.value and kept_year != year.value:
        yield Reason("other_year", kept=kept_year, year=year.value)
    if kind.is_given and kind.value != kept_kind:
        yield Reason("other_kind", kind=decision.written["kind"])
