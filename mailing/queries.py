"""What other pages ask about mails."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any, NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Exists, F, OuterRef
from django.utils.translation import gettext_lazy as _

from journal.among import Among
from journal.prepared import Prepared

from .models import Mail

State = Mail.State

#: Machine-readable causes in plain words; apps use these for the mails they call stale.
CAUSES: dict[str, Any] = {
    "no_mailbox": _("The mailbox does not exist. Please correct the address."),
    "refused": _("The recipient's mail server refused the mail."),
    "gave_up": _("The recipient's mail server put us off for two days."),
    "poison": _("The mail could not be made. Please tell the administrators."),
    "crash_loop": _("The worker stopped three times at this mail. Please tell the administrators."),
    "no_answer": _("Handed to the server, but its answer got lost. The mail may have arrived."),
    "unreachable": _("The mail server cannot be reached. The portal keeps trying."),
    "refused_for_now": _("The recipient's mail server asks to try again later."),
    "dropped": _("The mail server broke off the connection. The portal tries again."),
    "opted_out": _("This address wants no more invitations."),
    "bounced": _("An earlier mail to this address came back: the mailbox does not exist."),
    "withdrawn": _("Taken back before it was sent."),
    "too_late": _("It was too late to send it."),
    "answered": _("The guest had answered by then."),
    "address_corrected": _("The address had been corrected by then."),
    "superseded": _("A newer mail took its place."),
    "cancelled": _("The event had been called off by then."),
    "closed": _("The deadline for answers had passed by then."),
    "over": _("The event was over by then."),
    "moved": _("The event had been moved by then."),
    "rule_off": _("The reminder had been switched off by then."),
    "reviewed": _("The review was not awaited any more by then."),
    "not_coming": _("The guest had no seat by then."),
    "restored": _("Was waiting when a backup was restored. Staff decide whether it goes out."),
    "gone": _("What it was about does not exist any more."),
}
STATES: dict[str, Any] = {
    State.QUEUED: _("Waits to be sent."),
    State.HELD: _("Sending was stopped by staff."),
    State.CLAIMED: _("Is being sent at the moment."),
    State.SENT: _("The mail server has accepted it."),
    State.UNCERTAIN: CAUSES["no_answer"],
    State.FAILED: _("It could not be sent."),
    State.STALE: _("It was no longer needed."),
    State.CANCELLED: CAUSES["withdrawn"],
}


class Delivered(NamedTuple):
    """Where a mail stands; enough for ``plain_reason``."""

    state: str
    reason: str
    sent_at: dt.datetime | None
    server_answer: str


def plain_reason(mail: Mail | Delivered) -> str:
    """One sentence on where the mail stands and why, in the active language."""
    if mail.state == State.HELD and mail.reason == "restored":
        return str(CAUSES["restored"])
    if mail.state in {State.SENT, State.HELD, State.CLAIMED}:
        return str(STATES[mail.state])
    if mail.state == State.QUEUED and mail.reason == "no_answer":
        return str(_("The server's answer got lost; the mail goes out once more."))
    return str(CAUSES.get(mail.reason, STATES[mail.state]))


def delivery_of(model: type[models.Model], pks: Collection[int], kind: str) -> dict[int, Delivered]:
    """The latest mail of ``kind`` about each of ``model``'s rows, in one query."""
    if not pks:
        return {}
    about = ContentType.objects.get_for_model(model)
    mails = _mails_about(",".join(map(str, pks)), about.pk, kind)
    return {pk: Delivered(*found) for pk, *found in mails}


def _about(pks: str, about_type: int, kind: str) -> models.QuerySet[Mail, Any]:
    mails = Mail.objects.filter(Among(F("about_id"), pks), about_type=about_type, kind=kind)
    return mails.order_by("pk").values_list("about_id", *Delivered._fields)


_mails_about = Prepared(_about, str, int, str)


def latest_about(about_type: int, kind: str, pks: models.QuerySet[Any, Any]) -> Any:
    """The latest mail of ``kind`` about each of the rows whose keys ``pks`` selects."""
    mails = Mail.objects.filter(about_type=about_type, kind=kind)
    later = mails.filter(about_id=OuterRef("about_id"), pk__gt=OuterRef("pk"))
    return mails.filter(~Exists(later), about_id__in=pks)
