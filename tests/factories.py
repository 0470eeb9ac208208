"""Real rows for tests: every ``make_*`` fills what a test does not care about."""

from __future__ import annotations

import datetime as dt
from itertools import count
from typing import Any

from django.utils import timezone
from django.utils.text import slugify

from accounts.models import User
from events.models import Event, Invitation, SeatPool
from mailing.models import Mail
from partnerships.models import (
    Card,
    City,
    Commitment,
    ContactWish,
    Department,
    FocusTopic,
    Holder,
    Membership,
    Office,
    OfficeInvitation,
    Partnership,
    PartnershipTopic,
    Party,
    Position,
    RoleRequest,
    TopicChoice,
    TopicRanking,
    TopicRound,
)
from sdg.models import Goal, Topic

PASSWORD = "richtig-langes-passwort"
_number = count(1)


def make_user(email: str = "", **extra: Any) -> User:
    return User.objects.create_user(
        email or f"person{next(_number)}@stadt.example", PASSWORD, **extra
    )


def make_staff(**extra: Any) -> User:
    return make_user(
        extra.pop("email", f"staff{next(_number)}@skew.example"), is_staff=True, **extra
    )


def make_goal(number: int = 11, **extra: Any) -> Goal:
    values = {"title_de": f"Ziel {number}", "title_en": f"Goal {number}", "colour": "#FD9D24"}
    return Goal.objects.get_or_create(
        number=number, defaults={"dimension": "prosperity", **values, **extra}
    )[0]


def make_topic(
    name_de: str = "Schwammstadt", *, goals: tuple[int, ...] = (11,), **extra: Any
) -> Topic:
    topic, _ = Topic.objects.get_or_create(
        slug=extra.pop("slug", slugify(name_de)),
        defaults={"name_de": name_de, "name_en": extra.pop("name_en", name_de), **extra},
    )
    topic.goals.set([make_goal(number) for number in goals])
    return topic


def make_city(name: str = "", **extra: Any) -> City:
    name = name or f"Stadt {next(_number)}"
    values = {
        "name_de": name,
        "name_en": extra.pop("name_en", name),
        "slug": slugify(name),
        "country": "DE",
        "region": "Nordrhein-Westfalen",
        "time_zone": "Europe/Berlin",
        "latitude": 50.9,
        "longitude": 6.9,
    }
    return City.objects.create(**{**values, **extra})


def make_partner_city(name: str = "", **extra: Any) -> City:
    """A city in the USA, six hours behind Berlin for most of the year."""
    values = {"country": "US", "region": "Tennessee", "time_zone": "America/New_York"}
    return make_city(name or f"Springfield {next(_number)}", **{**values, **extra})


def make_partnership(*cities: City, topics: tuple[Topic, ...] = (), **extra: Any) -> Partnership:
    from partnerships.operations import refresh

    cities = cities or (make_city(), make_partner_city())
    partnership = Partnership.objects.create(
        **{"slug": f"partnership-{next(_number)}", "source": "Testliste 2026", **extra}
    )
    for order, city in enumerate(cities):
        Party.objects.create(partnership=partnership, city=city, order=order)
    for topic in topics:
        PartnershipTopic.objects.create(partnership=partnership, topic=topic)
    refresh(partnership)
    return partnership


def make_office(slug: str = "", **extra: Any) -> Office:
    values = {
        "slug": slug or f"office-{next(_number)}",
        "country": "DE",
        "title_de": "Oberbürgermeisterin / Oberbürgermeister",
        "title_en": "Lord Mayor",
        "kind": "head of city",
        "may_speak": "yes",
    }
    return Office.objects.create(**{**values, **extra})


def make_department(slug: str = "", **extra: Any) -> Department:
    values = {
        "slug": slug or f"dept-{next(_number)}",
        "name_de": "Umweltamt",
        "name_en": "Environment",
    }
    return Department.objects.create(**{**values, **extra})


def make_position(
    city: City | None = None, *, holder: str = "Erika Beispiel", **extra: Any
) -> Position:
    """A position with a current holder (none for ``holder=""``)."""
    organisation = extra.get("organisation")
    values = {"email": f"post{next(_number)}@stadt.example", "language": "de"}
    position = Position.objects.create(
        **{"city": None if organisation else (city or make_city()), **values, **extra}
    )
    if holder:
        Holder.objects.create(position=position, name=holder)
    return position


def make_mayor(city: City | None = None, **extra: Any) -> Position:
    return make_position(city, office=extra.pop("office", None) or make_office(), **extra)


def make_membership(user: User, city: City, role: str = "editor") -> Membership:
    return Membership.objects.create(user=user, city=city, role=role)


def make_revealed_round(partnership: Partnership, *topics: Topic, number: int = 1) -> TopicRound:
    """A round in which every city ranked these topics alike."""
    made = TopicRound.objects.create(
        partnership=partnership,
        number=number,
        opened_for=partnership.parties.first().city,
        revealed_at=timezone.now(),
    )
    for party in partnership.parties.all():
        ranking = TopicRanking.objects.create(round=made, party=party, submitted_at=timezone.now())
        for rank, topic in enumerate(topics, 1):
            TopicChoice.objects.create(ranking=ranking, topic=topic, rank=rank)
    for order, topic in enumerate(topics, 1):
        FocusTopic.objects.create(round=made, topic=topic, order=order)
    return made


def make_card(city: City, kind: str = "offer", **extra: Any) -> Card:
    taken = Card.objects.filter(city=city, kind=kind).count()
    values = {
        "slot": taken + 1,
        "topic": extra.pop("topic", None) or make_topic(),
        "text": f"Karte {next(_number)}",
        "language": "de",
        "spoken": ["de", "en"],
    }
    return Card.objects.create(city=city, kind=kind, **{**values, **extra})


def make_commitment(party: Party, **extra: Any) -> Commitment:
    """An open promise of a city in one of its partnerships."""
    values = {"partnership": party.partnership, "text": f"Zusage {next(_number)}"}
    return Commitment.objects.create(party=party, **{**values, **extra})


def make_international_office(city: City, **extra: Any) -> Position:
    """The post that mail to a city's office goes to."""
    department = Department.objects.filter(slug="international-affairs").first()
    department = department or make_department(
        "international-affairs", name_de="Amt für Internationales", name_en="International Affairs"
    )
    return make_position(city, department=department, **extra)


def make_wish(asking: City, asked: City, **extra: Any) -> ContactWish:
    position = extra.pop("position", None) or make_position(asking, title="Städtepartnerschaften")
    return ContactWish.objects.create(asking=asking, asked=asked, asking_position=position, **extra)


def make_role_request(
    user: User, city: City, role: str = "coordinator", **extra: Any
) -> RoleRequest:
    values = {"department": "Amt für Internationales", "reason": "Ich betreue die Partnerschaften."}
    return RoleRequest.objects.create(user=user, city=city, role=role, **{**values, **extra})


def make_office_invitation(city: City, **extra: Any) -> OfficeInvitation:
    values = {"email": f"neu{next(_number)}@stadt.example", "role": "editor", "language": "de"}
    return OfficeInvitation.objects.create(city=city, **{**values, **extra})


def make_event(**extra: Any) -> Event:
    """A published hybrid roundtable in 60 days, answers until 14 days before."""
    start = timezone.now().replace(minute=0, second=0, microsecond=0) + dt.timedelta(days=60)
    values = {
        "slug": f"roundtable-{next(_number)}",
        "kind": Event.Kind.ROUNDTABLE,
        "format": Event.Format.HYBRID,
        "state": Event.State.PUBLISHED,
        "title_de": "Runder Tisch der Bürgermeister",
        "title_en": "Mayors' roundtable",
        "starts_at": start,
        "ends_at": start + dt.timedelta(hours=2),
        "time_zone": "Europe/Berlin",
        "answer_by": start - dt.timedelta(days=14),
        "invitation_subject_de": "Einladung zum Runden Tisch",
        "invitation_subject_en": "Invitation to the roundtable",
        "invitation_text_de": "wir laden Sie herzlich ein.",
        "invitation_text_en": "we cordially invite you.",
    }
    return Event.objects.create(**{**values, **extra})


def make_pool(
    event: Event, right: str = "speak", mode: str = "room", capacity: int = 10
) -> SeatPool:
    return SeatPool.objects.create(event=event, right=right, mode=mode, capacity=capacity)


def make_invitation(event: Event | None = None, **extra: Any) -> Invitation:
    number = next(_number)
    values = {
        "event": event or make_event(),
        "name": f"Gast {number}",
        "salutation": f"Guten Tag Gast {number},",
        "email": f"gast{number}@stadt.example",
        "language": "de",
        "time_zone": "Europe/Berlin",
        "right": "speak",
    }
    return Invitation.objects.create(**{**values, **extra})


def make_mail(**extra: Any) -> Mail:
    number = next(_number)
    values = {
        "key": f"test:{number}",
        "kind": "test.note",
        "to": f"empfang{number}@stadt.example",
        "language": "de",
        "subject": f"Nachricht {number}",
        "text": "Guten Tag",
        "message_id": f"<{number}@ude.example>",
    }
    return Mail.objects.create(**{**values, **extra})


def make_invitation_mail(invitation: Invitation, number: int = 1, **extra: Any) -> Mail:
    """The invitation's mail, sent unless told otherwise."""
    values = {
        "key": f"events.invitation:{invitation.pk}:{number}",
        "kind": "events.invitation",
        "about": invitation,
        "to": invitation.email,
        "campaign": f"event:{invitation.event_id}:invitations",
    }
    state = extra.setdefault("state", Mail.State.SENT)
    if state == Mail.State.SENT:
        values |= {"sent_at": timezone.now(), "server_answer": "250 2.0.0 Ok"}
    return make_mail(**{**values, **extra})


def make_seated(event: Event, number: int | None = None, **extra: Any) -> Invitation:
    """A guest who said yes in the room: seated, or waiting with that waitlist number."""
    pool = SeatPool.objects.filter(event=event).first() or make_pool(event)
    seat = Invitation.Seat.WAITLISTED if number else Invitation.Seat.CONFIRMED
    if number:
        pool.last_number = max(pool.last_number, number)
    else:
        pool.taken += 1
    pool.save()
    values = {"choice": "room", "answered_at": timezone.now(), "waitlist_number": number}
    return make_invitation(event, **{**values, "seat": seat, "pool": pool, **extra})
