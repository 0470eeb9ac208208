"""Rows that the purge looks at."""

from __future__ import annotations

import datetime as dt
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.db import models

from accounts.models import User
from events.models import Answer, Invitation
from exchanges.models import (
    Application,
    Complaint,
    Decision,
    Letter,
    Review,
    Reviewer,
    Section,
    SignOff,
    Submission,
    Traveller,
    WorkLink,
)
from journal.models import Entry
from mailing.models import BlockedAddress, Mail
from partnerships.models import (
    Confirmation,
    ConfirmationRequest,
    ContactWish,
    Handover,
    Holder,
    Import,
    ImportRow,
    Membership,
    OfficeInvitation,
    RoleRequest,
)
from privacy.periods import ANONYMOUS_DOMAIN

from ..exchanges.scenes import (
    make_application,
    make_decision,
    make_link,
    make_review,
    make_reviewer,
    make_sign_off,
    make_submission,
)
from ..factories import make_partnership

TABLES: tuple[type[models.Model], ...] = (
    *(User, EmailAddress, Membership, Holder, RoleRequest),
    *(Invitation, Answer, Mail, BlockedAddress, OfficeInvitation),
    *(Entry, Session, LogEntry, Import, ImportRow, Handover),
    *(ContactWish, ConfirmationRequest, Confirmation),
    *(Application, Section, SignOff, Submission, WorkLink, Review, Reviewer),
    *(Decision, Letter, Complaint, Traveller),
)


def snapshot() -> dict[str, list[Any]]:
    return {t.__name__: list(t._base_manager.order_by("pk").values()) for t in TABLES}


def asked_and_answered(at: dt.datetime) -> None:
    """A city was asked and answered twice, both at the same time."""
    party = make_partnership().parties.all()[0]
    for number in (1, 2):
        ConfirmationRequest.objects.create(
            party=party,
            round=number,
            purpose="confirm",
            email=f"amt{number}@stadt.example",
            language="de",
            asked_at=at,
        )
        Confirmation.objects.create(
            party=party, outcome="right", at=at, name=f"Person {number}", office="Amt"
        )


def old_exchange(at: dt.datetime) -> None:
    """An application that was signed and handed in, with a link, and a draft beside it."""
    application = make_application(state="declined", created_at=at)
    lead, partner = application.parties.all()
    Section.objects.create(application=application, key="purpose", saved_name="Anna", saved_at=at)
    make_sign_off(lead, at=at)
    make_submission(application, content={"title": "Schwammstadt"}, at=at)
    make_link(partner, sent_at=at)
    make_review(application, state="recused", conflict="Bekannt")
    decision = make_decision(application, outcome="declined", released_at=at, reason_de="Zu spät")
    Letter.objects.create(decision=decision, party=lead, language="de", subject="x", body="x")
    Complaint.objects.create(decision=decision, party=lead, text="Doch", answer="Nein")
    Traveller.objects.create(application=application, party=lead, function="Jugendrat")
    User.objects.filter(pk=make_reviewer().pk).update(email=f"9{ANONYMOUS_DOMAIN}")
    make_application(created_at=at)
