"""Several people at one application at the same moment, on both databases, with controls."""

from __future__ import annotations

import datetime as dt
from threading import Barrier
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from exchanges.drafting.operations import save_section
from exchanges.drafting.operations.saving import Seen
from exchanges.drafting.pieces import piece_of
from exchanges.models import Application, SignOff, Submission
from exchanges.submitting.operations import sign, submit
from exchanges.submitting.parts import content_of, fingerprint, sha256_of
from journal.models import Entry
from mailing.models import Mail
from tests.events.test_races import at_once
from tests.exchanges.scenes import as_office, complete, make_application, make_link

from .cases import hand_in, ready

pytestmark = pytest.mark.django_db(transaction=True)


def outcome(job: Any) -> str:
    try:
        return type(job()).__name__
    except ValidationError as refusal:
        return ",".join(error.code or "" for error in refusal.error_list)


def test_handing_in_eight_times_at_once_hands_in_once() -> None:
    application = ready()
    make_link(application.parties.all()[1])
    by = as_office(application)
    found = at_once([lambda: outcome(lambda: hand_in(application, by=by))] * 8)
    assert found == ["Submission"] * 8
    assert Submission.objects.count() == 1
    assert Entry.objects.filter(verb="exchanges.submitted").count() == 1
    assert Mail.objects.filter(kind="exchanges.received").count() == 2


def test_two_people_of_an_office_hand_in_one_version() -> None:
    application = ready()
    people = [as_office(application, role) for role in ("editor", "signatory")]
    versions = at_once([lambda by=by: hand_in(application, by=by) for by in people])
    assert versions[0] == versions[1]


def test_signing_eight_times_at_once_signs_once() -> None:
    application = complete(make_application())
    by = as_office(application)
    assert by.party
    seen = fingerprint(application, by.party)
    values: Any = {"application": application, "party": by.party, "seen": seen, "by": by}
    job = lambda: outcome(lambda: sign(name="Erika", office="OB", **values))  # noqa: E731
    assert at_once([job] * 8) == ["SignOff"] * 8
    assert SignOff.objects.count() == 1


def edit(application: Application, by: Any, text: str) -> str:
    piece = piece_of(application, "purpose", None)
    assert piece is not None
    seen = Seen(piece.version)
    return outcome(lambda: save_section(piece=piece, values={"aim": text}, seen=seen, by=by))


@pytest.mark.parametrize("turn", range(4))
def test_who_signs_while_somebody_edits_never_stamps_what_was_not_read(turn: int) -> None:
    """Whoever comes first: a stamp that stands fits what is stored, or there is none."""
    application = complete(make_application())
    signs, edits = as_office(application), as_office(application, "editor")
    assert signs.party
    seen = fingerprint(application, signs.party)
    values: Any = {"application": application, "party": signs.party, "seen": seen, "by": signs}
    jobs = [
        lambda: outcome(lambda: sign(name="Erika", office="OB", **values)),
        lambda: edit(application, edits, f"Fassung {turn}"),
    ]
    at_once(jobs if turn % 2 else jobs[::-1])
    now = fingerprint(application, signs.party)
    assert now != seen
    assert SignOff.objects.standing().count() == 0


@pytest.mark.parametrize("turn", range(4))
def test_who_hands_in_while_somebody_edits_freezes_what_was_signed(turn: int) -> None:
    """Either the edit came first and the stamps fell, or the version is the one signed."""
    application = ready()
    hands_in, edits = as_office(application), as_office(application, "editor")
    signed = sha256_of(content_of(application))
    jobs = [
        lambda: outcome(lambda: hand_in(application, by=hands_in)),
        lambda: edit(application, edits, f"Fassung {turn}"),
    ]
    found = at_once(jobs if turn % 2 else jobs[::-1])
    version = Submission.objects.first()
    if version is None:
        assert "incomplete" in str(found)
        assert SignOff.objects.standing().count() == 0
    else:
        assert version.sha256 == signed
        assert sha256_of(content_of(application)) == signed


def test_without_the_lock_a_version_freezes_what_nobody_signed() -> None:
    """Negative control: check, wait, freeze; the edit comes between."""
    application = ready()
    looked, edited = Barrier(2), Barrier(2)

    def naive() -> bool:
        stamps = SignOff.objects.standing().filter(party__application=application)
        holds = all(one.fingerprint == fingerprint(application, one.party) for one in stamps)
        looked.wait(timeout=30)
        edited.wait(timeout=30)
        content = content_of(application)
        Submission.objects.create(
            application=application, number=1, content=content, sha256=sha256_of(content)
        )
        return holds

    def between() -> str:
        looked.wait(timeout=30)
        found = edit(application, as_office(application, "editor"), "Nie gezeichnet")
        edited.wait(timeout=30)
        return found

    assert at_once([naive, between]) == [True, "Section"]
    assert "Nie gezeichnet" in str(Submission.objects.get().content)
    assert SignOff.objects.standing().count() == 0


def test_the_moment_of_arrival_counts_although_the_row_was_locked_over_the_deadline() -> None:
    """The request came in time and waited for the lock until it was over."""
    application = ready()
    deadline = application.deadline()
    assert deadline
    at = deadline - dt.timedelta(seconds=1)
    by = as_office(application)
    found = at_once(
        [
            lambda: outcome(lambda: submit(application=application, number=1, at=at, by=by)),
            lambda: outcome(lambda: submit(application=application, number=1, at=deadline, by=by)),
        ]
    )
    assert found[0] == "Submission"
    assert found[1] in {"Submission", "too_late"}
    assert Submission.objects.get().at == at
