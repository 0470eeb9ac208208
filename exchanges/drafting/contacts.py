"""By whom a partner city can be reached for an application, and who may sign for it."""

from __future__ import annotations

from dataclasses import dataclass

from accounts.models import User
from partnerships.confirming.contacts import is_known, posts_of
from partnerships.models import City, Confirmation, Membership, Position
from partnerships.policies import May


@dataclass(frozen=True)
class Contact:
    """Where a link goes. ``label`` is how the sending city reads it, empty for an address it typed
    itself; ``name`` is the person's, where somebody gave it.
    """

    email: str
    language: str
    label: str = ""
    name: str = ""
    position: Position | None = None


def contacts_of(city: City) -> dict[str, Contact]:
    """Posts with an address, then people of the city's office who coordinate or sign; by key."""
    found = {
        f"p{post.pk}": Contact(post.email, post.language, post.function, position=post)
        for post in posts_of(city)
    }
    members = Membership.objects.filter(city=city, user__is_active=True).select_related("user")
    roles = [role for role in Membership.Role if May.SIGN.granted_to([role])]
    for member in members.filter(role__in=roles).order_by("role", "pk"):
        user = member.user
        label = str(member.get_role_display())
        found[f"m{member.pk}"] = Contact(user.email, user.language, label, user.name)
    return found


def belongs_to(city: City, email: str) -> bool:
    """Whether the city is known to be behind an address: by its posts, people and domains, or
    because it confirmed a partnership from there and that counts.
    """
    if is_known(city, email):
        return True
    counted = ("", Confirmation.Review.ACCEPTED)
    answers = Confirmation.objects.filter(party__city=city, review__in=counted)
    return answers.filter(email__iexact=email).exists()


def is_own(sender: User | None, city: City | None, email: str) -> bool:
    """Whether an address is the sender's or somebody's in the sender's office."""
    if sender is not None and sender.email.lower() == email.lower():
        return True
    return Membership.objects.filter(city=city, user__email__iexact=email).exists()
