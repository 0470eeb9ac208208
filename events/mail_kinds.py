"""The kinds of mail that events send, for the outbox."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from mailing.registry import Kind, register

from . import mail_links as links
from . import mails
from .mail_links import Finish, guests, one_guest
from .models import Event

KINDS = (
    Kind(
        mails.INVITATION,
        _("invitation"),
        Finish(links.invitation_settled, may_unsubscribe=True),
        about=guests,
        about_one=one_guest,
    ),
    Kind(
        mails.TEST, _("test of an invitation"), links.test, essential=True, about=Event.objects.all
    ),
    Kind(
        mails.CONFIRMATION,
        _("confirmation of an answer"),
        Finish(links.answered_again),
        essential=True,
        about=guests,
        about_one=one_guest,
    ),
    Kind(
        mails.PROMOTION,
        _("seat from the waiting list"),
        Finish(links.promotion_settled),
        essential=True,
        about=guests,
        about_one=one_guest,
    ),
    Kind(
        mails.WITHDRAWN,
        _("withdrawal of an invitation"),
        Finish(farewell=True),
        essential=True,
        about=guests,
        about_one=one_guest,
    ),
    Kind(
        mails.REMINDER,
        _("reminder"),
        Finish(links.reminder_settled, may_unsubscribe=True),
        about=guests,
        about_one=one_guest,
    ),
    Kind(
        mails.CHANGE,
        _("change of an event"),
        Finish(links.changed_again),
        essential=True,
        about=guests,
        about_one=one_guest,
    ),
    Kind(
        mails.CANCELLATION,
        _("cancellation of an event"),
        Finish(farewell=True),
        essential=True,
        about=guests,
        about_one=one_guest,
    ),
)


def register_kinds() -> None:
    register(*KINDS)
