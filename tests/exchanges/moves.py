"""Every action with an application as one call, for the generated test of all triples.

A room that adds an operation adds it to ``MOVES``; a test fails for an ``Action`` without one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection
from django.utils import timezone

from exchanges import actors
from exchanges.actors import Actor
from exchanges.drafting import operations as drafting
from exchanges.drafting.contacts import Contact
from exchanges.drafting.operations.saving import Seen
from exchanges.drafting.pieces import piece_of
from exchanges.models import Application, ApplicationParty, Review, WorkLink
from exchanges.policies import Action, Who
from exchanges.submitting import operations as submitting
from exchanges.submitting.parts import fingerprint
from journal.models import Entry
from mailing.models import Mail
from tests.factories import make_membership, make_staff, make_user

from .later_moves import LATER
from .scenes import complete, make_application, make_link, make_question, make_review, stamped


@dataclass
class Scene:
    """One application in some state, with somebody of every kind there is to it."""

    application: Application
    lead: ApplicationParty
    partner: ApplicationParty
    review: Review
    people: dict[Who, Actor]

    def own_party(self, actor: Actor) -> ApplicationParty:
        """The city somebody acts for; the submitting one for people of none."""
        return actor.party or self.lead


def make_scene(state: str) -> Scene:
    """Complete and signed, so that nothing but the table refuses."""
    application = stamped(complete(make_application(state=state)))
    lead, partner = application.parties.all()
    if state == "information":
        make_question(application, "purpose")
    people = {
        Who.STAFF: actors.of_staff(make_staff()),
        **{who: _of_office(who, lead) for who in (Who.LEAD_READ, Who.LEAD_EDIT, Who.LEAD_SIGN)},
        Who.PARTNER_READ: _of_office(Who.PARTNER_READ, partner),
        **{who: _by_link(who, partner) for who in (Who.PARTNER_EDIT, Who.PARTNER_SIGN)},
    }
    review = make_review(application, state="open")
    for who, declared in (
        (Who.REVIEWER, review),
        (Who.DECLARING, make_review(application)),
        (Who.RECUSED, make_review(application, state="recused", conflict="Bekannt")),
    ):
        people[who] = actors.of_reviewer(declared)
    application.refresh_from_db()
    return Scene(application, lead, partner, review, people)


def _of_office(who: Who, party: ApplicationParty) -> Actor:
    user = make_user()
    make_membership(user, party.city, "reader")
    return Actor(frozenset({who}), "Erika Beispiel", user, party)


def _by_link(who: Who, party: ApplicationParty) -> Actor:
    link: WorkLink = make_link(party, may_sign=who is Who.PARTNER_SIGN)
    return Actor(frozenset({who}), "Martha", party=party, link=link)


def _edit(scene: Scene, by: Actor) -> Any:
    piece = piece_of(scene.application, "purpose", None)
    assert piece is not None
    return lambda: drafting.save_section(
        piece=piece, values={"aim": "Kühle Plätze"}, seen=Seen(piece.version), by=by
    )


def _send_link(scene: Scene, by: Actor) -> Any:
    contact = Contact("water@springfield.example", "en")
    return lambda: drafting.send_link(party=scene.partner, contact=contact, may_sign=False, by=by)


def _discard(scene: Scene, by: Actor) -> Any:
    return lambda: drafting.discard(application=scene.application, by=by)


def _sign(scene: Scene, by: Actor) -> Any:
    party = scene.own_party(by)
    party.sign_offs.standing().update(fingerprint="0" * 64)
    return lambda: submitting.sign(
        application=scene.application,
        party=party,
        name="Erika Beispiel",
        office="OB",
        seen=fingerprint(scene.application, party),
        by=by,
    )


def _submit(scene: Scene, by: Actor) -> Any:
    number = scene.application.submissions.count() + 1
    return lambda: submitting.submit(
        application=scene.application, number=number, at=timezone.now(), by=by
    )


def _waive(scene: Scene, by: Actor) -> Any:
    scene.partner.sign_offs.all().delete()
    return lambda: submitting.waive(
        application=scene.application, party=scene.partner, reason="Wahlen", by=by
    )


def _extend(scene: Scene, by: Actor) -> Any:
    until = timezone.now() + dt.timedelta(days=90)
    return lambda: submitting.extend(
        application=scene.application, until=until, reason="Krankheit", by=by
    )


def _ask(scene: Scene, by: Actor) -> Any:
    return lambda: submitting.ask_information(
        application=scene.application,
        sections=["purpose"],
        message="Warum?",
        due_on=timezone.localdate() + dt.timedelta(days=7),
        by=by,
    )


def _go_on(scene: Scene, by: Actor) -> Any:
    return lambda: submitting.go_on(application=scene.application, by=by)


def _withdraw(scene: Scene, by: Actor) -> Any:
    return lambda: submitting.withdraw(
        application=scene.application, reason="Haushaltssperre", by=by
    )


#: Action → what prepares the scene for this actor and returns the call that does it.
MOVES: dict[Action, Callable[[Scene, Actor], Callable[[], Any]]] = {
    Action.EDIT: _edit,
    Action.SEND_LINK: _send_link,
    Action.DISCARD: _discard,
    Action.SIGN: _sign,
    Action.SUBMIT: _submit,
    Action.WAIVE: _waive,
    Action.EXTEND: _extend,
    Action.ASK: _ask,
    Action.GO_ON: _go_on,
    Action.WITHDRAW: _withdraw,
    **LATER,
}
#: Reading changes nothing: pages decide (``tests/test_access.py``, ``tests/exchanges``).
WITHOUT_OPERATION = frozenset({Action.READ})
#: What needs scores that lie apart: ``tests/exchanges/reviewing/test_operations.py`` tries it.
ELSEWHERE = frozenset({Action.DISCUSS})


def everything() -> dict[str, list[Any]]:
    """All rows of exchanges, of the journal and of the outbox; read thousands of times."""
    models = apps.get_app_config("exchanges").get_models(include_auto_created=True)
    found = {}
    with connection.cursor() as cursor:
        for model in (*models, Entry, Mail):
            key = connection.ops.quote_name(model._meta.pk.column)
            cursor.execute(f"SELECT * FROM {model._meta.db_table} ORDER BY {key}")  # noqa: S608
            found[model._meta.label] = cursor.fetchall()
    return found
