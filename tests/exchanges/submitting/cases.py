"""What the tests of this room share: applications that can be handed in, and refusals."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from exchanges.actors import Actor
from exchanges.models import Application, SignOff, Submission
from exchanges.submitting.operations import sign, submit
from exchanges.submitting.parts import fingerprint
from mailing.models import Mail
from mailing.registry import Links, Stale, kind_of
from mailing.subjects import Subjects
from tests.exchanges.scenes import as_office, complete, make_application, stamped


def ready(*args: Any, **extra: Any) -> Application:
    """Complete, and signed by every city."""
    return stamped(complete(make_application(*args, **extra)))


def hand_in(
    application: Application,
    number: int = 1,
    *,
    at: dt.datetime | None = None,
    by: Actor | None = None,
) -> Submission:
    return submit(
        application=application,
        number=number,
        at=at or timezone.now(),
        by=by or as_office(application),
    )


def put_stamp(application: Application, by: Actor, *, seen: str = "", **extra: Any) -> SignOff:
    """Sign for the actor's own city what is stored now."""
    assert by.party is not None
    party = extra.pop("party", by.party)
    values = {"name": "Erika Beispiel", "office": "Oberbürgermeisterin", **extra}
    return sign(
        application=application,
        party=party,
        seen=seen or fingerprint(application, party),
        by=by,
        **values,
    )


def refusal(job: Callable[[], object]) -> list[str]:
    """The codes with which something is refused."""
    with pytest.raises(ValidationError) as caught:
        job()
    return [error.code or "" for error in caught.value.error_list]


def finish(mail: Mail) -> Links | Stale:
    return kind_of(mail.kind).finish(mail, Subjects([mail]).of(mail))
