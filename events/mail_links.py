"""Just before sending: is the mail still wanted, and which links does it carry?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from journal.prepared import Prepared
from mailing.models import Mail
from mailing.registry import Links, Stale

from .models import Answer, Event, Invitation, ReminderRule
from .tokens import link_for, token_for

#: Says why a mail is not wanted any more, or nothing.
Reason = Callable[[Mail, Invitation], str]


def guests() -> QuerySet[Invitation]:
    """What most mails are about; a batch shares its events."""
    return Invitation.objects.prefetch_related("event")


#: The same for a mail that travels alone.
one_guest = Prepared(
    lambda pk: Invitation.objects.select_related("event").filter(pk=pk).order_by("pk"), int
).first
_newest_answer = Prepared(
    lambda guest: (
        Answer.objects.filter(invitation=guest)
        .order_by("-number")
        .values_list("number", flat=True)[:1]
    ),
    int,
).first


def _always_wanted(mail: Mail, guest: Invitation) -> str:
    return ""


@dataclass(frozen=True)
class Finish:
    """The ``finish`` of one kind of mail.

    ``farewell`` mails go out although the invitation was withdrawn or the event cancelled,
    and carry no link; ``may_unsubscribe`` adds the headers of RFC 8058.
    """

    reason: Reason = _always_wanted
    farewell: bool = False
    may_unsubscribe: bool = False

    def __call__(self, mail: Mail, guest: Invitation | None) -> Links | Stale:
        if guest is None:
            return Stale("gone")
        reason = self._reason_for_all(mail, guest) or self.reason(mail, guest)
        return Stale(reason) if reason else self._links(guest)

    def _reason_for_all(self, mail: Mail, guest: Invitation) -> str:
        """A link never goes to an address that was found to be wrong, whatever the mail."""
        if mail.to.lower() != guest.email.lower():
            return "address_corrected"
        if timezone.now() > guest.event.ends_at:
            return "over"
        if self.farewell:
            return ""
        if guest.is_withdrawn:
            return "withdrawn"
        return "cancelled" if guest.event.state == Event.State.CANCELLED else ""

    def _links(self, guest: Invitation) -> Links:
        if self.farewell:
            return Links()
        texts = {"answer": link_for(guest)}
        return Links(texts, unsubscribe_headers(guest) if self.may_unsubscribe else {})


def unsubscribe_headers(guest: Invitation) -> dict[str, str]:
    """One click in the mail program opts out (RFC 8058)."""
    address = reverse("invitation:unsubscribe", args=[token_for(guest)])
    return {
        "List-Unsubscribe": f"<{settings.SITE_URL}{address}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def invitation_settled(mail: Mail, guest: Invitation) -> str:
    """Sent again since, answered since it was written, or answers have closed."""
    if _last_number(mail) < guest.send_count:
        return "superseded"
    if guest.answered_at and guest.answered_at >= mail.created_at:
        return "answered"
    return "closed" if timezone.now() > guest.event.closes_at else ""


def reminder_settled(mail: Mail, guest: Invitation) -> str:
    """The event moved, the rule is off, or the guest is not one of those it speaks to."""
    rule = ReminderRule.objects.filter(pk=int(mail.key.split(":")[2]), is_active=True).first()
    if rule is None:
        return "rule_off"
    if _last_number(mail) != guest.event.anchor_version:
        return "moved"
    if rule.to == ReminderRule.To.SILENT:
        return "answered" if guest.choice else ""
    return "" if guest.seat == Invitation.Seat.CONFIRMED else "not_coming"


def answered_again(mail: Mail, guest: Invitation) -> str:
    """A newer answer has a confirmation of its own."""
    newer = (_newest_answer(guest.pk) or 0) > _last_number(mail)
    return "superseded" if newer else ""


def promotion_settled(mail: Mail, guest: Invitation) -> str:
    return "" if guest.seat == Invitation.Seat.CONFIRMED else "superseded"


def changed_again(mail: Mail, guest: Invitation) -> str:
    """A newer calendar file is on its way or was taken back."""
    newest = _last_number(mail) == guest.calendar_sequence
    return "" if newest and guest.has_calendar else "superseded"


def test(mail: Mail, event: Event | None) -> Links | Stale:
    """A test shows the event's public page instead of anybody's personal one."""
    if event is None:
        return Stale("gone")
    return Links({"answer": settings.SITE_URL + event.get_absolute_url()})


def _last_number(mail: Mail) -> int:
    """The number at the end of the key: which sending, answer, version or file it is."""
    return int(mail.key.rpartition(":")[2])
