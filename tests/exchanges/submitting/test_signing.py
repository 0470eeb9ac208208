"""A city signs for itself, once, what it has read; staff may do without."""

from __future__ import annotations

import pytest
from django.utils import timezone

from exchanges import actors
from exchanges.models import Application, SignOff
from exchanges.submitting.operations import waive
from exchanges.submitting.parts import fingerprint
from journal.models import Entry
from mailing.models import Mail
from tests.exchanges.scenes import (
    as_office,
    as_staff,
    complete,
    make_application,
    make_link,
    stamped,
)
from tests.factories import make_membership, make_user

from .cases import put_stamp, refusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def application() -> Application:
    return complete(make_application())


def test_a_signatory_signs_for_the_office(application: Application) -> None:
    by = as_office(application, "signatory")
    stamp = put_stamp(application, by, name=" Erika\n Beispiel ")
    assert (stamp.party, stamp.by, stamp.link) == (by.party, by.user, None)
    assert (stamp.name, stamp.office) == ("Erika Beispiel", "Oberbürgermeisterin")
    assert stamp.fingerprint == fingerprint(application, stamp.party)


def test_a_partner_signs_by_link(application: Application) -> None:
    link = make_link(application.parties.all()[1], may_sign=True)
    stamp = put_stamp(application, actors.of_link(link))
    assert (stamp.by, stamp.link) == (None, link)
    entry = Entry.objects.get(verb="exchanges.signed")
    assert (entry.actor, entry.about) == ("guest", application)


def test_pressing_twice_signs_once(application: Application) -> None:
    by = as_office(application)
    assert put_stamp(application, by) == put_stamp(application, by, name="Anders")
    assert Entry.objects.filter(verb="exchanges.signed").count() == 1


def test_a_link_that_may_not_sign_does_not(application: Application) -> None:
    by = actors.of_link(make_link(application.parties.all()[1]))
    assert refusal(lambda: put_stamp(application, by)) == ["not_yours"]


@pytest.mark.parametrize("role", ["editor", "reader"])
def test_who_may_not_bind_the_city_does_not_sign(application: Application, role: str) -> None:
    assert refusal(lambda: put_stamp(application, as_office(application, role))) == ["not_yours"]


@pytest.mark.parametrize(("own", "other"), [(0, 1), (1, 0)])
def test_no_city_signs_for_another(application: Application, own: int, other: int) -> None:
    by = as_office(application, city=own)
    party = application.parties.all()[other]
    assert refusal(lambda: put_stamp(application, by, party=party)) == ["not_yours"]
    assert SignOff.objects.count() == 0


def test_what_changed_while_it_was_read_is_not_signed(application: Application) -> None:
    by = as_office(application)
    assert by.party
    seen = fingerprint(application, by.party)
    Application.objects.update(title="Ganz anders")
    assert refusal(lambda: put_stamp(application, by, seen=seen)) == ["changed"]
    assert SignOff.objects.count() == 0


def test_a_stamp_on_something_else_gives_way(application: Application) -> None:
    by = as_office(application)
    old = put_stamp(application, by)
    Application.objects.update(title="Am Journal vorbei geändert")
    new = put_stamp(application, by)
    old.refresh_from_db()
    assert (old.cancelled_at is None, new.cancelled_at) == (False, None)


def test_the_last_stamp_tells_the_submitting_city(application: Application) -> None:
    lead = application.parties.all()[0]
    make_membership(make_user("chef@hamm.example"), lead.city, "signatory")
    by = as_office(application)
    put_stamp(application, by)
    assert Mail.objects.count() == 0
    put_stamp(application, actors.of_link(make_link(application.parties.all()[1], may_sign=True)))
    mails = Mail.objects.filter(kind="exchanges.all_signed").order_by("to")
    assert by.user
    assert [mail.to for mail in mails] == ["chef@hamm.example", by.user.email]


def test_signing_after_handing_in_is_refused() -> None:
    application = complete(make_application(state="checking"))
    assert refusal(lambda: put_stamp(application, as_office(application))) == ["not_now"]


def test_a_deleted_draft_cannot_be_signed(application: Application) -> None:
    by = as_office(application)
    assert by.party
    seen = fingerprint(application, by.party)
    Application.objects.all().delete()
    assert refusal(lambda: put_stamp(application, by, seen=seen)) == ["gone"]


def do_without(application: Application, reason: str = "Wahlen") -> SignOff:
    party = application.parties.all()[1]
    return waive(application=application, party=party, reason=reason, by=as_staff())


def test_staff_do_without_a_city_and_tell_all(application: Application) -> None:
    make_link(application.parties.all()[1], email="desk@city.example", language="en")
    make_membership(make_user("a@hamm.example"), application.parties.all()[0].city, "coordinator")
    stamp = do_without(application)
    assert (stamp.is_waived, stamp.reason, stamp.name) == (True, "Wahlen", "")
    mails = Mail.objects.filter(kind="exchanges.sign_off_waived").order_by("to")
    assert [mail.to for mail in mails] == ["a@hamm.example", "desk@city.example"]
    assert "Reason: Wahlen" in mails[1].text
    assert do_without(application, "Noch einmal") == stamp
    assert Mail.objects.count() == 2


def test_doing_without_needs_a_reason_and_staff(application: Application) -> None:
    assert refusal(lambda: do_without(application, " ")) == ["reason"]
    party = application.parties.all()[1]
    by = as_office(application)
    job = lambda: waive(application=application, party=party, reason="x", by=by)  # noqa: E731
    assert refusal(job) == ["not_yours"]


def test_a_city_may_sign_although_staff_did_without(application: Application) -> None:
    waived = do_without(application)
    stamp = put_stamp(application, as_office(application, city=1))
    waived.refresh_from_db()
    assert (waived.cancelled_at is None, stamp.is_waived) == (False, False)


def test_staff_do_not_replace_a_signature(application: Application) -> None:
    stamped(application)
    assert do_without(application).is_waived is False


def test_staff_do_without_one_that_no_longer_holds(application: Application) -> None:
    stamped(application)
    Application.objects.update(title="Anders", created_at=timezone.now())
    assert do_without(application).is_waived is True
