"""The fixed cast of the access tests, and one small world for them to act in."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model
from django.test import Client
from django.utils import timezone

from accounts.models import User
from events import tokens
from events.models import Answer, Delegation, Event, EventFile, Invitation, Reminder, ReminderRule
from journal.models import Entry
from mailing.models import BlockedAddress, Mail
from pages.models import NewsItem, Page
from partnerships.models import (
    AgreementFile,
    Card,
    City,
    CityDomain,
    CityProposal,
    Commitment,
    Confirmation,
    ConfirmationRequest,
    ContactWish,
    Duty,
    FactConfirmation,
    GazetteerPlace,
    Import,
    ImportRow,
    Membership,
    Merge,
    OfficeInvitation,
    Organisation,
    Partnership,
    RoleRequest,
)
from sdg.models import Target

from . import factories as make
from .exchanges.scenes import World as ExchangeWorld
from .exchanges.scenes import make_exchange_world, make_reviewer
from .partnerships.importing.stored import make_draft, make_import, make_import_row
from .partnerships.merging.doubled import make_merge

STRANGER, GUEST = "stranger", "guest by link"
IN_A_CITY = ("reader", "editor", "signatory", "coordinator")
PARTNER, STAFF, SUPERUSER = "partner coordinator", "staff", "superuser"
#: Both are asked to review the world's application; one has a conflict of interest.
REVIEWER, RECUSED = REVIEWERS = ("reviewer", "recused reviewer")
#: From least to most privileged.
EVERYBODY = (STRANGER, GUEST, *IN_A_CITY, PARTNER, *REVIEWERS, STAFF, SUPERUSER)


@dataclass
class World:
    """Rows the URLs of the access tests point to."""

    city: City
    partner_city: City
    partnership: Partnership
    agreeing: Partnership
    commitment: Commitment
    card: Card
    wish: ContactWish
    event: Event
    file: EventFile
    invitation: Invitation
    mail: Mail
    page: Page
    news: NewsItem
    draft: Import
    unfinished: Partnership
    paper: AgreementFile
    question: ConfirmationRequest
    unknown: Confirmation
    task: ImportRow
    merge: Merge
    role_request: RoleRequest
    office_invitation: OfficeInvitation
    colleague: Membership
    exchange: ExchangeWorld
    people: dict[str, User]
    browsers: dict[str, Client] = field(default_factory=dict)
    signed_in: dict[str, Any] = field(default_factory=dict)

    def user(self, role: str) -> Any:
        return self.people.get(role) or AnonymousUser()

    def client(self, role: str) -> Client:
        """A browser in which this person is signed in, or has opened their personal link."""
        if role not in self.browsers:
            client = self.browsers[role] = Client()
            if role == GUEST:
                client.cookies[tokens.COOKIE] = tokens.grant_for(self.invitation)
            elif role != STRANGER:
                client.force_login(self.people[role])
        return self.browsers[role]

    def sign_everybody_in(self) -> None:
        """From now on ``start_anew`` can bring every browser back to this moment."""
        self.signed_in = {role: deepcopy(self.client(role).cookies) for role in EVERYBODY}

    def start_anew(self) -> None:
        for role, cookies in self.signed_in.items():
            self.browsers[role].cookies = deepcopy(cookies)

    def row_of(self, model: type[Model]) -> Model:
        found = model._base_manager.first()
        assert found is not None, f"the world of the access tests has no {model._meta.label}"
        return found


def make_world() -> World:
    city, partner_city = make.make_city("Köln"), make.make_partner_city("Indianapolis")
    topic = make.make_topic()
    partnership = make.make_partnership(city, partner_city, topics=(topic,))
    make.make_card(partner_city, kind="need", topic=topic)
    event = make.make_event(slug="runder-tisch")
    position = make.make_mayor(city)
    make.make_department()
    invitation = _guest(event, partnership, position)
    people = {role: make.make_user(f"{role}@koeln.example") for role in IN_A_CITY}
    for role, user in people.items():
        make.make_membership(user, city, role)
    people[PARTNER] = make.make_user("coordinator@indy.example")
    make.make_membership(people[PARTNER], partner_city, "coordinator")
    for role in REVIEWERS:
        people[role] = make_reviewer(f"{role.replace(' ', '-')}@panel.example")
    people[STAFF] = make.make_staff()
    people[SUPERUSER] = make.make_staff(is_superuser=True)
    page, news = _texts()
    unfinished, paper, question, unknown = _office(city, partnership)
    agreeing = make.make_partnership(city, partner_city, state="active")
    make.make_revealed_round(agreeing, topic)
    _reference(topic.goals.first(), city)
    asking = make.make_user("neu@koeln.example", name="Nele Neu")
    Entry.objects.create(verb="events.edited", about=event, actor=Entry.Actor.SYSTEM)
    return World(
        city=city,
        partner_city=partner_city,
        partnership=partnership,
        agreeing=agreeing,
        commitment=make.make_commitment(agreeing.parties.get(city=city)),
        card=make.make_card(city, topic=topic),
        wish=make.make_wish(asking=partner_city, asked=city, topic=topic),
        event=event,
        file=EventFile.objects.create(
            event=event, title_de="Programm", title_en="Programme", file="events/programme.pdf"
        ),
        invitation=invitation,
        mail=make.make_mail(about=invitation, html="<p>Guten Tag</p>"),
        page=page,
        news=news,
        draft=make_draft(),
        unfinished=unfinished,
        paper=paper,
        question=question,
        unknown=unknown,
        task=make_import_row(make_import(state="done", done_at=timezone.now()), task="open"),
        merge=make_merge(by=people[STAFF]),
        role_request=make.make_role_request(asking, city),
        office_invitation=make.make_office_invitation(city),
        colleague=make.make_membership(make.make_user(name="Kim"), city, "reader"),
        exchange=make_exchange_world(
            city, partner_city, reviewer=people[REVIEWER], recused=people[RECUSED]
        ),
        people=people,
    )


def _guest(event: Event, partnership: Partnership, position: Any) -> Invitation:
    make.make_pool(event)
    delegation = Delegation.objects.create(event=event, partnership=partnership)
    invitation = make.make_invitation(event, position=position, delegation=delegation)
    Answer.objects.create(invitation=invitation, number=1, choice="no")
    rule = ReminderRule.objects.create(event=event, to="silent", anchor="deadline", days_before=7)
    Reminder.objects.create(
        rule=rule, invitation=invitation, anchor_version=1, due_at=event.starts_at, state="missed"
    )
    return invitation


def _office(
    city: City, partnership: Partnership
) -> tuple[Partnership, AgreementFile, ConfirmationRequest, Confirmation]:
    """A draft with a paper and a proposed city; the other city was asked about the partnership."""
    unfinished = make.make_partnership(city, state="draft", in_directory=False, started_by=city)
    CityProposal.objects.create(partnership=unfinished, by_city=city, name="Marfa", country="US")
    paper = AgreementFile.objects.create(
        partnership=unfinished, city=city, name="Vertrag.pdf", file="agreements/x.pdf", size=1
    )
    own, abroad = partnership.parties.order_by("order")
    question = ConfirmationRequest.objects.create(
        party=abroad, round=1, purpose="confirm", email="clerk@indy.example", language="en"
    )
    Confirmation.objects.create(party=own, outcome="right", office="Protokoll")
    unknown = Confirmation.objects.create(
        party=abroad, request=question, outcome="right", email="x@y.example", review="waiting"
    )
    FactConfirmation.objects.create(party=own, fact="year", value=2000)
    return unfinished, paper, question, unknown


def _texts() -> tuple[Page, NewsItem]:
    texts = {"title_de": "Über UDE", "title_en": "About UDE", "body_de": "Text", "body_en": "Text"}
    page = Page.objects.create(slug="about", place=Page.Place.ABOUT, **texts)
    return page, NewsItem.objects.create(slug="start", teaser_de="Neu", teaser_en="New", **texts)


def _reference(goal: Any, city: City) -> None:
    CityDomain.objects.create(city=city, domain="stadt-koeln.example")
    Target.objects.create(code="11.1", goal=goal, label_de="Wohnen", label_en="Housing")
    Duty.objects.create(slug="leads", name_de="Führt", name_en="Leads")
    Organisation.objects.create(slug="dst", name_de="Städtetag", name_en="Assoc", level="network")
    GazetteerPlace.objects.create(
        name="Bonn", country="DE", region="NRW", latitude=50.7, longitude=7.1, population=330_000
    )
    BlockedAddress.objects.create(email="niemand@stadt.example", reason="opted_out")
