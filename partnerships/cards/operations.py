"""Keeping cards, and getting in touch: the cities' rows are locked, the smaller key first."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from journal.operations import record
from mailing.operations import cancel_about, enqueue_all, one_line
from sdg.models import Topic

from .. import office_mail
from ..locks import lock_city
from ..models import MOST_CARDS, Card, City, ContactWish, Position
from . import mails

#: How long an office that declined is not asked again by the same city.
PEACE = dt.timedelta(days=180)
State = ContactWish.State


@transaction.atomic
def add_card(*, card: Card, by: User) -> Card:
    """Keep a new, checked card; raises ``ValidationError``: ``full`` or ``foreign_position``."""
    lock_city(card.city_id)
    _check_position(card.position, card.city)
    taken = set(Card.objects.filter(city=card.city, kind=card.kind).values_list("slot", flat=True))
    free = [slot for slot in range(1, MOST_CARDS + 1) if slot not in taken]
    if not free:
        raise ValidationError(
            _("You have %(most)s such cards already. Remove one first.") % {"most": MOST_CARDS},
            code="full",
        )
    card.slot, card.updated_at = free[0], timezone.now()
    card.save()
    record("partnerships.card_added", card, by=by, within=card.city, kind=card.kind)
    return card


@transaction.atomic
def edit_card(*, card: Card, by: User) -> Card:
    """Store a checked card.

    Raises ``ValidationError``: ``conflict``, ``foreign_position`` or ``gone``.
    """
    stored = Card.objects.select_for_update(of=("self",)).filter(pk=card.pk).first()
    if stored is None:
        raise ValidationError(_("A colleague has removed this card."), code="gone")
    if stored.version != card.version:
        raise ValidationError(
            _("Somebody else changed this card meanwhile. Please open it again."), code="conflict"
        )
    _check_position(card.position, card.city)
    card.updated_at = timezone.now()
    card.save()
    record("partnerships.card_changed", card, by=by, within=card.city, kind=card.kind)
    return card


@transaction.atomic
def remove_card(*, card: Card, by: User) -> None:
    """Take a card away; gone already is fine."""
    stored = Card.objects.select_for_update(of=("self",)).filter(pk=card.pk).first()
    if stored is not None:
        record("partnerships.card_removed", stored, by=by, within=stored.city, kind=stored.kind)
        stored.delete()


@transaction.atomic
def wish_contact(
    *,
    asking: City,
    asked: City,
    topic: Topic | None,
    shared_partner: City | None,
    message: str,
    position: Position,
    by: User,
) -> ContactWish:
    """Tell another office that we would like to talk; one that stands is returned as it is.

    Raises ``ValidationError``: ``same_city``, ``foreign_position``, ``asked_already`` (they asked
    us), ``declined`` (less than half a year ago) or ``no_office`` (nobody there to read it).
    """
    if asking == asked:
        raise ValidationError(_("This is your own city."), code="same_city")
    lock_city(asking.pk, asked.pk)
    _check_position(position, asking, needs_address=True)
    before = ContactWish.objects.between(asking, asked)
    standing = before.standing().first()
    if standing and standing.asking_id == asking.pk:
        return standing
    if standing:
        raise ValidationError(
            _("This office has asked you already. Please answer there."), code="asked_already"
        )
    recently = timezone.now() - PEACE
    if before.filter(state=State.DECLINED, asking=asking, answered_at__gt=recently).exists():
        raise ValidationError(
            _("This office declined less than half a year ago. It may ask you at any time."),
            code="declined",
        )
    mailboxes = office_mail.recipients([asked])
    if not mailboxes:
        raise ValidationError(
            _("Nobody of this city's office reads messages here yet."), code="no_office"
        )
    wish = ContactWish.objects.create(
        asking=asking,
        asked=asked,
        topic=topic,
        shared_partner=shared_partner,
        message=one_line(message),
        asking_position=position,
    )
    enqueue_all(mails.wished(wish, mailboxes))
    record("partnerships.contact_wished", wish, by=by)
    return wish


@transaction.atomic
def accept_contact(*, wish: ContactWish, city: City, position: Position, by: User) -> ContactWish:
    """Agree: from now on each office sees the other's post and its address.

    Raises ``ValidationError``: ``not_yours``, ``not_open`` or ``foreign_position``.
    """
    wish = _open_wish(wish, city)
    if wish.state == State.ACCEPTED:
        return wish
    _check_position(position, city, needs_address=True)
    wish.state, wish.asked_position, wish.answered_at = State.ACCEPTED, position, timezone.now()
    wish.save()
    enqueue_all(mails.answered(wish, office_mail.recipients([wish.asking])))
    record("partnerships.contact_agreed", wish, by=by)
    return wish


@transaction.atomic
def decline_contact(*, wish: ContactWish, city: City, by: User) -> ContactWish:
    """Say no, kindly; raises ``ValidationError``: ``not_yours`` or ``not_open``."""
    wish = _open_wish(wish, city, done=State.DECLINED)
    if wish.state == State.DECLINED:
        return wish
    wish.state, wish.answered_at = State.DECLINED, timezone.now()
    wish.save()
    enqueue_all(mails.answered(wish, office_mail.recipients([wish.asking])))
    record("partnerships.contact_declined", wish, by=by)
    return wish


@transaction.atomic
def withdraw_contact(*, wish: ContactWish, city: City, by: User) -> ContactWish:
    """Take one's own wish back, or end a contact that both had agreed to; posts are hidden again.

    The other office is told of the end of what was agreed.

    Raises ``ValidationError``: ``not_yours`` or ``not_open``.
    """
    wish = _lock_wish(wish)
    may_end = wish.state == State.ACCEPTED and city.pk in (wish.asking_id, wish.asked_id)
    if wish.state == State.WITHDRAWN:
        return wish
    if not may_end and city.pk != wish.asking_id:
        raise ValidationError(_("Only the asking city can do this."), code="not_yours")
    if wish.state == State.DECLINED:
        raise ValidationError(_("This wish is settled already."), code="not_open")
    was_agreed = wish.state == State.ACCEPTED
    wish.state, wish.ended_at = State.WITHDRAWN, timezone.now()
    wish.save()
    cancel_about(wish)
    if was_agreed:
        other = wish.asked if city.pk == wish.asking_id else wish.asking
        enqueue_all(mails.ended(wish, city, office_mail.recipients([other])))
    record("partnerships.contact_withdrawn", wish, by=by)
    return wish


def _check_position(position: Position | None, city: City, *, needs_address: bool = False) -> None:
    if position is None and not needs_address:
        return
    is_ours = position is not None and position.city_id == city.pk and position.is_active
    if not is_ours or (needs_address and not (position and position.email)):
        raise ValidationError(_("This post does not belong to your city."), code="foreign_position")


def _lock_wish(wish: ContactWish) -> ContactWish:
    return ContactWish.objects.select_for_update(of=("self",)).get(pk=wish.pk)


def _open_wish(wish: ContactWish, city: City, *, done: State = State.ACCEPTED) -> ContactWish:
    """The wish, locked, that this city may answer, or has answered so already."""
    wish = _lock_wish(wish)
    if wish.asked_id != city.pk:
        raise ValidationError(_("Only the asked city can do this."), code="not_yours")
    if wish.state not in (State.OPEN, done):
        raise ValidationError(_("This wish is settled already."), code="not_open")
    return wish
