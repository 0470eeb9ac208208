"""An edit cancels the stamps it makes untrue, no others, and tells those cities."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils.translation import gettext_lazy as _

from exchanges import actors
from exchanges.actors import Actor
from exchanges.models import Application, Section, SignOff
from exchanges.sections import BY_KEY
from exchanges.submitting.stamps import part_changed
from journal.models import Entry
from mailing.models import Mail
from mailing.registry import Links, Stale, kind_of
from mailing.subjects import Subjects
from tests.exchanges.scenes import (
    as_office,
    complete,
    make_application,
    make_link,
    stamped,
)
from tests.factories import make_membership, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def application() -> Application:
    """Complete and signed by both cities."""
    return stamped(complete(make_application()))


def edit(application: Application, key: str, city: int | None, by: Actor) -> list[SignOff]:
    """Write a text of a piece and say so, as the rooms do that write."""
    party = None if city is None else application.parties.all()[city]
    section, _created = Section.objects.get_or_create(application=application, key=key, party=party)
    section.content = {"text": f"{section.version}. Fassung"}
    section.version += 1
    section.save()
    return part_changed(
        application=application, part=BY_KEY[key], party=party, what=_("Budget"), by=by
    )


def standing(application: Application) -> list[bool]:
    """Whether the lead's and the partner's stamp hold."""
    return [party.sign_offs.standing().exists() for party in application.parties.all()]


@pytest.mark.parametrize(
    ("key", "city", "left"),
    [
        ("budget", 0, [False, True]),
        ("need", 0, [False, True]),
        ("offer", 1, [True, False]),
        ("people", 1, [True, False]),
        ("purpose", None, [False, False]),
    ],
)
def test_only_the_stamps_of_who_signs_the_piece_are_cancelled(
    application: Application, key: str, city: int | None, left: list[bool]
) -> None:
    edit(application, key, city, as_office(application))
    assert standing(application) == left


def test_a_cancelled_stamp_says_what_changed_in_the_city_s_language(
    application: Application,
) -> None:
    edit(application, "purpose", None, as_office(application))
    lead, partner = SignOff.objects.order_by("party__order")
    assert (lead.cancelled_because, partner.cancelled_because) == ("Kostenplan", "Budget")


def test_the_cities_concerned_get_a_mail_but_not_who_edited(application: Application) -> None:
    by = as_office(application)
    lead, partner = application.parties.all()
    make_membership(make_user("sign@stadt.example", language="de"), lead.city, "signatory")
    make_link(partner, email="desk@city.example", language="en")
    edit(application, "purpose", None, by)
    mails = Mail.objects.filter(kind="exchanges.sign_again").order_by("to")
    assert [(mail.to, mail.language) for mail in mails] == [
        ("desk@city.example", "en"),
        ("sign@stadt.example", "de"),
    ]


def test_the_mail_says_what_changed_and_who_did_it(application: Application) -> None:
    partner = application.parties.all()[1]
    make_link(partner, email="desk@city.example", language="en")
    by = as_office(application)
    assert by.city
    edit(application, "purpose", None, by)
    mail = Mail.objects.get(to="desk@city.example")
    assert mail.subject == "Please sign again: Schwammstadt lernen"
    assert "- Aim, topics and goals: Budget\n" in mail.text
    assert f"- changed by: {by.city.name}" in mail.text


def test_an_edit_is_in_the_journal_without_names(application: Application) -> None:
    partner = application.parties.all()[1]
    by = actors.of_link(make_link(partner))
    edit(application, "offer", 1, by)
    entry = Entry.objects.get(verb="exchanges.sign_off_cancelled")
    assert (entry.actor, entry.facts) == ("guest", {"part": "offer", "city": partner.city.slug})
    assert entry.about == application


def test_saving_the_same_once_more_cancels_nothing(application: Application) -> None:
    by = as_office(application)
    found = part_changed(
        application=application, part=BY_KEY["budget"], party=None, what="x", by=by
    )
    assert (found, standing(application), Mail.objects.count()) == ([], [True, True], 0)


def test_a_second_edit_tells_nobody_again(application: Application) -> None:
    by = as_office(application)
    make_link(application.parties.all()[1])
    for _time in range(2):
        edit(application, "purpose", None, by)
    assert Mail.objects.count() == 1


def test_a_waived_signature_stays_waived(application: Application) -> None:
    partner = application.parties.all()[1]
    partner.sign_offs.update(is_waived=True, reason="Bürgermeister im Urlaub")
    edit(application, "purpose", None, as_office(application))
    assert standing(application) == [False, True]


def test_an_edit_of_another_application_touches_nothing(application: Application) -> None:
    other = complete(make_application())
    edit(other, "purpose", None, as_office(other))
    assert standing(application) == [True, True]


def finish(mail: Mail) -> Any:
    return kind_of(mail.kind).finish(mail, Subjects([mail]).of(mail))


def test_the_mail_leads_people_of_an_office_to_its_page(application: Application) -> None:
    lead = application.parties.all()[0]
    make_membership(make_user("sign@stadt.example"), lead.city, "signatory")
    edit(application, "purpose", None, as_office(application))
    links = finish(Mail.objects.get(to="sign@stadt.example"))
    assert isinstance(links, Links)
    assert links.texts["page"].endswith(f"/office/{lead.city.slug}/exchanges/{application.ref}/")


def test_the_mail_leads_others_to_their_link_while_it_is_open(application: Application) -> None:
    link = make_link(application.parties.all()[1])
    edit(application, "purpose", None, as_office(application))
    mail = Mail.objects.get()
    links = finish(mail)
    assert isinstance(links, Links)
    assert f"/x/{link.public_id}." in links.texts["page"]
    link.ended_at = link.sent_at
    link.save()
    assert finish(mail) == Stale("superseded")


def test_nobody_is_asked_to_sign_what_was_handed_in_meanwhile(application: Application) -> None:
    make_link(application.parties.all()[1])
    edit(application, "purpose", None, as_office(application))
    Application.objects.update(state="checking", submitted_at=application.created_at)
    assert finish(Mail.objects.get()) == Stale("superseded")
