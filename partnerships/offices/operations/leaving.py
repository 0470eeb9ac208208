"""Somebody leaves: posts, open cases and roles go to a successor, and nothing is lost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from journal.operations import record
from mailing.operations import enqueue

from ...locks import lock_city
from ...models import City, Handover, Membership, Position
from .. import mails
from ..cases import Successor, hand_over_all
from .moving import move_roles
from .people import invite
from .posts import change_holder


@transaction.atomic
def hand_over(
    *,
    city: City,
    to: Successor,
    positions: Sequence[Position],
    department: str,
    last_day: dt.date,
    by: User,
) -> Handover:
    """Hand everything of ``by`` in the city over, and mail both.

    A colleague gets the roles at once; a new address is invited and gets them when the
    invitation is accepted, and until then the leaver keeps them. ``department`` is what old
    links tell. Refuses with code ``self``, ``no_role``, ``waiting``, or as ``invite`` does.
    """
    lock_city(city.pk)
    roles = _roles(city, by)
    if to.email.lower() == by.email:
        raise ValidationError(_("Choose somebody other than yourself."), code="self")
    if Handover.objects.waiting().filter(city=city, leaver=by).exists():
        raise ValidationError(
            _("You have handed over already; your successor has not accepted yet."), code="waiting"
        )
    handover = Handover.objects.create(
        city=city, leaver=by, leaver_email=by.email, department=department, last_day=last_day
    )
    for position in positions:
        _hand_post_over(position, to, last_day, by)
    handover.positions.set(positions)
    handover.cases = hand_over_all(city, by, to)
    record("partnerships.handed_over", handover, by=by, within=city, posts=len(positions))
    if to.user is None:
        handover.invitation = invite(
            city=city,
            email=to.email,
            name=to.name,
            role=roles[0],
            language=to.language,
            by=by,
            handover=handover,
        )
    handover.save()
    if to.user is not None:
        move_roles(handover=handover, to=to.user, by=by)
        enqueue(mails.handed_to_you(handover, to.user))
    enqueue(mails.handed_by_you(handover, by))
    return handover


def _roles(city: City, leaver: User) -> list[str]:
    """The leaver's roles in the city, the strongest first."""
    held = set(Membership.objects.filter(user=leaver, city=city).values_list("role", flat=True))
    roles = [role for role in Membership.Role.values if role in held]
    if not roles:
        raise ValidationError(_("You have no role in this city."), code="no_role")
    return roles


def _hand_post_over(position: Position, to: Successor, last_day: dt.date, by: User) -> None:
    if position.email.lower() == by.email:
        position.email = to.email
        position.save()
    since = last_day + dt.timedelta(days=1)
    change_holder(position=position, name=to.name, salutation="", since=since, by=by)
