"""The budget: lines of costs, and what the cities pay themselves."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ...drafting.forms.base import Group, OneLine
from ...models import BudgetLine
from ...sums import SumField, euros
from ..totals import facts, too_much, totals
from .rows import RowsForm, kind_of

#: Persons and units of one line, at most.
MOST_COUNTED = 100
Kind = BudgetLine.Kind


def count(label: Any, **more: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=1,
        max_value=MOST_COUNTED,
        widget=forms.NumberInput,
        **more,
    )


class BudgetForm(RowsForm):
    kind = "lines"
    columns = ("kind", "text", "persons", "units", "price")
    mark = "kind"
    legend = _("Cost %(number)s")
    more = (("lines", _("Add a cost")),)

    def build(self) -> None:
        super().build()
        self.fields["own_share"] = SumField(
            label=_("Own share of the cities, in euros"),
            required=False,
            help_text=_("What the cities pay themselves; it is taken off the costs."),
        )

    def add_row(self, name: str) -> None:
        self.fields[f"{name}-kind"] = kind_of(_("Kind of cost"), Kind.choices)
        self.fields[f"{name}-text"] = OneLine(label=_("What for"), max_length=150)
        self.fields[f"{name}-persons"] = count(_("Persons"), help_text=_("Empty: one."))
        self.fields[f"{name}-units"] = count(
            _("Nights, days or journeys"), help_text=_("Of each person; empty: one.")
        )
        self.fields[f"{name}-price"] = SumField(label=_("Price of one, in euros"), required=False)

    def groups(self) -> list[Group]:
        return [*super().groups(), Group("", [self["own_share"]])]

    def check_row(self, name: str, row: dict[str, Any]) -> None:
        if not row["kind"]:
            self.refuse_field(f"{name}-kind", _("Please choose the kind of cost."), "missing")
        if row["price"] is None:
            self.refuse_field(f"{name}-price", _("Please say what one costs."), "missing")
        days = self.piece.application.days
        if BudgetLine(kind=row["kind"], units=row["units"] or 1).exceeds(days):
            sentence = _("Your visit lasts %(days)s days and so has fewer nights.")
            self.refuse_field(f"{name}-units", sentence % {"days": days}, "nights")

    @property
    def values(self) -> dict[str, Any]:
        """With the per diem each stored line was reckoned with, while it stays as it is."""
        found = super().values
        for name, rate in self.stored.items():
            if not name.endswith("-rate") or rate is None:
                continue
            row = name.removesuffix("-rate")
            same = [found.get(f"{row}-{c}") == self.stored.get(f"{row}-{c}") for c in _OF_RATE]
            if all(same):
                found[name] = rate
        for name in [n for n in found if n.endswith("-kind")]:
            row = name.removesuffix("-kind")
            found[f"{row}-persons"] = found.get(f"{row}-persons") or 1
            found[f"{row}-units"] = found.get(f"{row}-units") or 1
        return found

    def shown(self, name: str, value: Any) -> str:
        if name == "own_share" or name.endswith("-price"):
            return euros(value) if value is not None else super().shown(name, value)
        return super().shown(name, value)

    def warnings(self) -> list[Any]:
        application = self.piece.application
        found = totals(application)
        if not found.costs:
            return []
        told = " · ".join(f"{label}: {value}" for label, value in facts(found))
        return [told, *too_much(application, found)]


#: What makes a line a per diem that was reckoned; changed by hand, it is one no longer.
_OF_RATE = ("kind", "units", "price")
