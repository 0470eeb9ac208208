"""Rows that the purge looks at."""

from __future__ import annotations

import datetime as dt

from partnerships.models import Confirmation, ConfirmationRequest

from ..factories import make_partnership


def asked_and_answered(at: dt.datetime) -> None:
    """A city was asked and answered twice, both at the same time."""
    party = make_partnership().parties.all()[0]
    for number in (1, 2):
        ConfirmationRequest.objects.create(
            party=party,
            round=number,
            purpose="confirm",
            email=f"amt{number}@stadt.example",
            language="de",
            asked_at=at,
        )
        Confirmation.objects.create(
            party=party, outcome="right", at=at, name=f"Person {number}", office="Amt"
        )
