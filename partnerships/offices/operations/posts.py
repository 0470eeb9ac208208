"""The posts of an office and who holds them. Every change is journalled within the city."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from journal.operations import record

from ...models import Holder, Position


@transaction.atomic
def add_post(*, position: Position, holder: Holder | None, by: User) -> Position:
    """Save a new post of a city with whoever holds it."""
    position.save()
    if holder is not None:
        holder.position = position
        holder.save()
    record("partnerships.post_added", position, by=by, within=position.city)
    return position


@transaction.atomic
def edit_post(*, position: Position, holder: Holder | None, by: User) -> Position:
    """Save what was corrected about a post and its present holder."""
    position.save()
    if holder is not None:
        holder.position = position
        holder.save()
    record("partnerships.post_edited", position, by=by, within=position.city)
    return position


@transaction.atomic
def end_post(*, position: Position, by: User) -> Position:
    """The post exists no longer: nobody is invited to it, its history stays."""
    position = Position.objects.select_for_update(of=("self",)).get(pk=position.pk)
    if position.is_active:
        today = timezone.localdate()
        position.is_active = False
        position.save()
        _end_holders(position, until=today)
        record("partnerships.post_ended", position, by=by, within=position.city)
    return position


@transaction.atomic
def change_holder(
    *, position: Position, name: str, salutation: str, since: dt.date, by: User
) -> Holder:
    """Somebody new holds the post from ``since``; the holder before stays in its history.

    Refuses with code ``since`` when the present holder began on that day or later.
    """
    position = Position.objects.select_for_update(of=("self",)).get(pk=position.pk)
    begun = position.holders.filter(since__gte=since).order_by("-since").first()
    if begun is not None and begun.since is not None:
        raise ValidationError(
            _("%(name)s holds this post since %(day)s; the new holder must begin later.")
            % {"name": begun.name, "day": date_format(begun.since, "SHORT_DATE_FORMAT")},
            code="since",
        )
    _end_holders(position, until=since - dt.timedelta(days=1))
    holder = Holder.objects.create(position=position, name=name, salutation=salutation, since=since)
    position.save()  # a form opened before notices that something changed
    record("partnerships.holder_changed", position, by=by, within=position.city)
    return holder


def _end_holders(position: Position, *, until: dt.date) -> None:
    """End whoever holds the post on that day, has no end in sight or is still to begin."""
    for holder in position.holders.exclude(until__lt=until):
        holder.until = max(until, holder.since or until)
        holder.save()
