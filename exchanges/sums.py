"""Sums in euros, written and read the way people of either language write them."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from .models import LARGEST_SUM

CENT = Decimal("0.01")
#: Groups of three digits with the same mark between them, then up to two cents.
_WRITTEN = re.compile(r"(\d{1,3}(?:(?P<mark>[.,'])\d{3})(?:(?P=mark)\d{3})*|\d+)([.,]\d{1,2})?")


class SumField(forms.DecimalField):
    """Never negative, never absurd. “1.450,50”, “1,450.50”, “1450,5” and “6.000 €” are sums.

    Cents have two digits at most and groups three, so that no mark means two things.
    """

    def __init__(self, **more: Any) -> None:
        usual = {"localize": True, "decimal_places": 2}
        widget = forms.TextInput(attrs={"inputmode": "decimal"})
        super().__init__(**{"widget": widget, **usual, **more})

    def to_python(self, value: Any) -> Any:
        written = plain(str(value or ""))
        if written is None:
            raise ValidationError(
                _("Please write a sum that is not negative, for example %(sum)s."),
                code="invalid",
                params={"sum": euros(Decimal("1450.5"))},
            )
        amount = super().to_python(written)
        if amount is not None and amount > LARGEST_SUM:
            sentence = _("A sum is %(most)s at most.") % {"most": euros(LARGEST_SUM)}
            raise ValidationError(sentence, code="max_value")
        return amount


def euros(amount: Decimal | int) -> str:
    """A sum as people write it: “6.000 €” in German, “€6,000” in English; cents if there are any.

    Every page, mail, letter and file writes sums this way; templates have a filter of that name.
    """
    rounded = Decimal(amount).quantize(CENT, ROUND_HALF_UP)
    places = 0 if rounded == int(rounded) else 2
    number = number_format(rounded, places, use_l10n=True, force_grouping=True)
    return _("€%(number)s") % {"number": number}


def plain(written: str) -> str | None:
    """The sum with a point before its cents and no other mark; ``None`` for what is no sum."""
    if not written.strip():
        return ""
    bare = "".join(written.split()).removesuffix("€").removesuffix("EUR")
    found = _WRITTEN.fullmatch(bare)
    if found is None or (found["mark"] and found[3] and found[3][0] == found["mark"]):
        return None
    cents = "." + found[3][1:] if found[3] else ""
    return re.sub(r"\D", "", found[1]) + cents
