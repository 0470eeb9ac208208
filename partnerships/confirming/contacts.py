"""Whom a city is reached by: a post with an address, who signs for it, or a typed address."""

from __future__ import annotations

from dataclasses import dataclass

from ..models import City, CityDomain, ConfirmationRequest, Membership, Party, Position
from ..office_mail import INTERNATIONAL_AFFAIRS
from ..policies import May


@dataclass(frozen=True)
class Contact:
    """Where a request goes, in which language."""

    email: str
    language: str
    position: Position | None = None


def posts_of(city: City) -> list[Position]:
    """The city's posts that have an address: international affairs first, heads of the city last.

    The first one is asked where nobody chooses.
    """
    posts = city.positions.active().exclude(email="").select_related("office", "department")
    return sorted(posts, key=_how_far)


def _how_far(post: Position) -> tuple[bool, bool, int]:
    is_international = post.department is not None and post.department.slug == INTERNATIONAL_AFFAIRS
    return (not is_international, post.office_id is not None, post.pk)


def signers_of(city: City) -> list[Membership]:
    """Who may answer for the city in the portal: signatories first, then coordinators."""
    signing = Membership.objects.filter(
        city=city, role__in=May.SIGN.value, user__is_active=True
    ).select_related("user")
    role = Membership.Role.SIGNATORY
    return sorted(signing, key=lambda one: (one.role != role, one.created_at, one.pk))


def contact_of(party: Party) -> Contact | None:
    """Whom to ask for this city without anybody choosing: who was asked last, a post, a person."""
    last = (
        ConfirmationRequest.objects.filter(party=party, answered_at__isnull=False)
        .select_related("position")
        .order_by("-round")
        .first()
    )
    if last is not None and not last.passed_on_to:
        return Contact(last.email, last.language, last.position)
    for post in posts_of(party.city):
        return Contact(post.email, post.language, post)
    for membership in signers_of(party.city):
        return Contact(membership.user.email, membership.user.language)
    return None


def told(city: City) -> list[Contact]:
    """Who hears news about the city's partnerships: coordinators, else the first post."""
    coordinators = Membership.objects.coordinators().filter(city=city).select_related("user")
    found = [Contact(one.user.email, one.user.language) for one in coordinators.order_by("pk")]
    return found or [Contact(post.email, post.language, post) for post in posts_of(city)[:1]]


def is_known(city: City, email: str) -> bool:
    """Whether an address belongs to the city: by its domains, its posts or its people.

    Public mail services are nobody's domain.
    """
    domain = email.rpartition("@")[2].lower()
    if CityDomain.objects.knows(city, email):
        return True
    posts = Position.objects.filter(city=city).exclude(email="").values_list("email", flat=True)
    members = Membership.objects.filter(city=city).values_list("user__email", flat=True)
    known = {address.lower() for address in (*posts, *members)}
    if email.lower() in known:
        return True
    return domain not in PUBLIC_MAIL and domain in {a.rpartition("@")[2] for a in known}


#: Mail services anybody can have an address at; sharing one says nothing about a city.
PUBLIC_MAIL = frozenset(
    {
        *("gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "yahoo.com"),
        *("yahoo.de", "yahoo.co.uk", "icloud.com", "me.com", "aol.com", "proton.me"),
        *("protonmail.com", "gmx.de", "gmx.net", "gmx.com", "web.de", "t-online.de"),
        *("freenet.de", "posteo.de", "mailbox.org", "btinternet.com", "mail.com"),
    }
)
