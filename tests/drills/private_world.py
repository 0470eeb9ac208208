"""The cast's world with a second set of rows beside it: drafts, hidden entries, other people's."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.files.base import ContentFile
from django.utils import timezone

from accounts.models import User
from events.models import Answer, Event, EventFile, Invitation
from journal.models import Entry
from mailing.models import BlockedAddress, Mail
from pages.models import NewsItem, Page
from partnerships.models import City, ContactWish, Holder, Partnership
from tests import factories as make
from tests.cast import IN_A_CITY, World, make_world

from .canaries import INVITED, NOBODY, SKEW, Canaries

LANGUAGES = ("de", "en")


@dataclass(frozen=True)
class PrivateWorld:
    """``mine`` is what the access tests know, ``foreign`` has other rows in the same places."""

    mine: World
    foreign: World
    canaries: Canaries


def make_private_world() -> PrivateWorld:
    canaries = Canaries()
    mine = make_world()
    for role, user in mine.people.items():
        _account(user, role, canaries)
    _invited(mine.invitation, canaries)
    _secrets_of(mine.event, canaries)
    foreign = _foreign(mine, canaries)
    _position(mine.invitation.position, canaries, SKEW | frozenset(IN_A_CITY))
    words = canaries.minter("a blocked address")
    BlockedAddress.objects.create(
        email=f"{words('email')}@stadt.example", reason="bounced", detail=words("detail")
    )
    Entry.objects.create(
        verb="events.edited",
        about=mine.event,
        actor=Entry.Actor.PERSON,
        by=mine.people["staff"],
        facts={"note": canaries.mint("the journal: facts")},
    )
    return PrivateWorld(mine, foreign, canaries)


def _account(user: User, role: str, canaries: Canaries) -> None:
    """A name, a sign-in address and a second factor, whose secret nobody reads again."""
    colleagues = frozenset(IN_A_CITY) if role in IN_A_CITY else {role}
    user.name = canaries.mint(f"account of the {role}: name", SKEW | colleagues)
    user.last_login = timezone.now()
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    secret = canaries.mint(f"account of the {role}: secret of the second factor", NOBODY)
    Authenticator.objects.create(user=user, type="totp", data={"secret": secret})


def _invited(guest: Invitation, canaries: Canaries) -> None:
    """The guest of the cast: reads their own row, but not what staff noted about them."""
    words = canaries.minter("the guest's own invitation", INVITED)
    for name in ("name", "function", "salutation", "message"):
        setattr(guest, name, words(name))
    guest.email = f"{words('email')}@stadt.example"
    guest.reason = canaries.mint("the guest's own invitation: reason", INVITED)
    guest.choice, guest.answered_at = "no", timezone.now()  # as the cast's answer says
    guest.save()
    Answer.objects.filter(invitation=guest).update(
        note=canaries.mint("the guest's own invitation: note of the staff")
    )


def _secrets_of(event: Event, canaries: Canaries) -> None:
    """What a published event shows to guests or to nobody but staff."""
    event.online_url = f"https://{canaries.mint('a meeting link')}.example/"
    for language in LANGUAGES:
        word = canaries.mint("text of the invitations")
        setattr(event, f"invitation_subject_{language}", word)
        setattr(event, f"invitation_text_{language}", word)
    event.save()


def _foreign(mine: World, canaries: Canaries) -> World:
    bonn = make.make_city("Bonn")
    event = _draft(canaries)
    other = _other_guest(mine.event, canaries)
    page, news = _unpublished(canaries)
    return dataclasses.replace(
        mine,
        city=bonn,
        partnership=_hidden(canaries),
        event=event,
        card=make.make_card(bonn),
        wish=_wish(bonn, canaries),
        file=_file(event, canaries),
        invitation=other,
        mail=_mail(other, canaries),
        page=page,
        news=news,
        browsers={},
    )


def _draft(canaries: Canaries) -> Event:
    words = canaries.minter("a draft event")
    texts = {
        f"{name}_{language}": words(name)
        for name in ("title", "teaser", "description", "invitation_text", "audience")
        for language in LANGUAGES
    }
    event = make.make_event(
        slug="entwurf", state=Event.State.DRAFT, venue=words("venue"), city=None, **texts
    )
    make.make_pool(event)
    return event


def _other_guest(event: Event, canaries: Canaries) -> Invitation:
    """Somebody else at the guest's own event, who waits for a seat."""
    words = canaries.minter("another guest")
    position = make.make_mayor(make.make_city("Essen"), email=f"{words('post')}@stadt.example")
    guest = make.make_invitation(
        event,
        position=position,
        choice="room",
        answered_at=timezone.now(),
        seat=Invitation.Seat.WAITLISTED,
        pool=event.pools.get(),
        waitlist_number=1,
        email=f"{words('email')}@stadt.example",
        **{
            name: words(name)
            for name in ("name", "function", "salutation", "reason", "message", "answered_by_name")
        },
    )
    event.pools.update(last_number=1)
    Answer.objects.create(invitation=guest, number=1, choice="room", note=words("note"))
    _position(position, canaries)
    return guest


def _position(position: Any, canaries: Canaries, office: frozenset[str] = SKEW) -> None:
    """The people of the city's ``office`` know the post, but not what staff noted about it."""
    words = canaries.minter("a position", office)
    position.title, position.note = words("title"), canaries.mint("a position: note")
    position.save()
    Holder.objects.filter(position=position).update(name=words("holder"))


def _wish(bonn: City, canaries: Canaries) -> ContactWish:
    """Two other offices that would like to talk."""
    words = canaries.minter("a wish of two other offices")
    return make.make_wish(bonn, make.make_city("Hamm"), message=words("message"))


def _hidden(canaries: Canaries) -> Partnership:
    word = canaries.mint("a hidden partnership: note")
    return make.make_partnership(in_directory=False, note_de=word, note_en=word)


def _file(event: Event, canaries: Canaries) -> EventFile:
    word = canaries.mint("document of a draft")
    file = EventFile(event=event, title_de=word, title_en=word)
    file.file.save("programm.pdf", ContentFile(b"%PDF-1.4 " + word.encode()))
    return file


def _mail(guest: Invitation, canaries: Canaries) -> Mail:
    words = canaries.minter("a mail to another guest")
    return make.make_invitation_mail(
        guest, subject=words("subject"), text=words("text"), html=f"<p>{words('HTML')}</p>"
    )


def _unpublished(canaries: Canaries) -> tuple[Page, NewsItem]:
    words = canaries.minter("an unpublished text")
    texts = {f"{name}_{code}": words(name) for name in ("title", "body") for code in LANGUAGES}
    page = Page.objects.create(slug="entwurf", is_published=False, **texts)
    news = NewsItem.objects.create(
        slug="entwurf", is_published=False, teaser_de="-", teaser_en="-", **texts
    )
    return page, news
