"""Mails about roles in an office: one function each, texts in ``templates/…/offices/mail``.

Each text exists in German and in English as a letter of its own. ``[[page]]`` is filled in while
sending (``mail_kinds``).
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils import translation

from accounts.models import User
from mailing.drafts import Draft
from mailing.rendering import compose, typed

from ..models import City, Handover, Membership, OfficeInvitation, RoleRequest

ASKED = "partnerships.role_asked"
DECIDED = "partnerships.role_decided"
INVITED = "partnerships.colleague_invited"
CHANGED = "partnerships.role_changed"
ENDED = "partnerships.role_ended"
TO_YOU = "partnerships.handed_to_you"
BY_YOU = "partnerships.handed_by_you"


def role_asked(request: RoleRequest) -> list[Draft]:
    """To the coordinators of the city; where there is none, to the team's mailbox."""
    coordinators = Membership.objects.coordinators().filter(city=request.city)
    people = [membership.user for membership in coordinators.select_related("user")]
    to = [(user.email, user.language, str(user.pk)) for user in people if user != request.user]
    to = to or [(settings.OPERATOR["email"], settings.LANGUAGE_CODE, "staff")]
    return [
        _draft(
            "role_asked",
            request.city,
            language,
            {**_of_request(request, language), "by_staff": who == "staff"},
            key=f"{ASKED}:{request.pk}:{who}",
            kind=ASKED,
            to=email,
            about=request,
        )
        for email, language, who in to
    ]


def role_decided(request: RoleRequest) -> Draft:
    """What became of a request, to the person who asked."""
    language = request.user.language
    facts = {**_of_request(request, language), "answer": typed(request.answer)}
    return _draft(
        f"role_{request.state}",
        request.city,
        language,
        facts,
        key=f"{DECIDED}:{request.pk}",
        kind=DECIDED,
        to=request.user.email,
        about=request,
    )


def invitation(invitation: OfficeInvitation, handover: Handover | None = None) -> Draft:
    """To a colleague without a role so far; a successor also reads what comes with it."""
    language, by = invitation.language, invitation.invited_by
    facts = {
        "role": _role(invitation.role, language),
        "person": typed(str(by)) if by else "",
        "name": typed(invitation.name),
        "email": typed(invitation.email),
        **(_of_handover(handover, language) if handover else {}),
    }
    return _draft(
        "handed_to_a_new_address" if handover else "invited",
        invitation.city,
        language,
        facts,
        key=f"{INVITED}:{invitation.pk}",
        kind=INVITED,
        to=invitation.email,
        about=invitation,
    )


def role_changed(membership: Membership, *, number: int) -> Draft:
    """To a colleague who has another role now; ``number`` tells changes apart."""
    return _to_member(membership, "role_changed", key=f"{CHANGED}:{membership.pk}:{number}")


def role_ended(membership: Membership) -> Draft:
    """To a colleague who has the role no longer."""
    return _to_member(membership, "role_ended", key=f"{ENDED}:{membership.pk}")


def handed_to_you(handover: Handover, to: User) -> Draft:
    """To a colleague who takes over."""
    return _of_leaving("handed_to_you", handover, to, TO_YOU)


def handed_by_you(handover: Handover, to: User) -> Draft:
    """To the person who leaves: what went where."""
    return _of_leaving("handed_by_you", handover, to, BY_YOU)


def _to_member(membership: Membership, template: str, *, key: str) -> Draft:
    user = membership.user
    facts = {"role": _role(membership.role, user.language)}
    kind = key.partition(":")[0]
    return _draft(
        template,
        membership.city,
        user.language,
        facts,
        key=key,
        kind=kind,
        to=user.email,
        about=membership.city,
    )


def _of_leaving(template: str, handover: Handover, to: User, kind: str) -> Draft:
    facts = {**_of_handover(handover, to.language), "waits": handover.completed_at is None}
    return _draft(
        template,
        handover.city,
        to.language,
        facts,
        key=f"{kind}:{handover.pk}",
        kind=kind,
        to=to.email,
        about=handover.city,
    )


def _of_request(request: RoleRequest, language: str) -> dict[str, Any]:
    return {
        "person": typed(request.user.name),
        "email": typed(request.user.email),
        "role": _role(request.role, language),
        "department": typed(request.department),
        "reason": typed(request.reason),
    }


def _of_handover(handover: Handover, language: str) -> dict[str, Any]:
    with translation.override(language):
        posts = [typed(position.function) for position in handover.positions.all()]
    invited = handover.invitation.person if handover.invitation else ""
    return {
        "leaver": typed(str(handover.leaver)),
        "successor": typed(str(handover.successor or invited)),
        "department": typed(handover.department),
        "last_day": handover.last_day,
        "posts": posts,
        "cases": handover.cases,
    }


def _role(role: str, language: str) -> str:
    with translation.override(language):
        return str(Membership.Role(role).label)


def _draft(template: str, city: City, language: str, facts: dict[str, Any], **fields: Any) -> Draft:
    with translation.override(language):
        context = {"city": city.name, "contact": settings.OPERATOR["email"], **facts}
    path = f"partnerships/offices/mail/{template}.{language}.txt"
    subject, text, html = compose(path, context, language)
    return Draft(language=language, subject=subject, text=text, html=html, **fields)
