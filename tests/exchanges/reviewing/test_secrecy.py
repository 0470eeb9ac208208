"""What must not be told is tested by difference: two worlds, the same page.

A page of somebody recused, undeclared or of the case's own city is rendered twice with another
content, other sums and other reviews behind it; any difference tells something.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client

from accounts.models import User
from exchanges.models import Application, BudgetLine, Decision, Review, Score, Submission
from tests.exchanges.deciding.scenes import draft
from tests.exchanges.scenes import make_review, make_reviewer
from tests.factories import make_city, make_membership, make_partner_city, make_staff

from .stage import content, make_case, make_done, make_open, signed_in

pytestmark = pytest.mark.django_db


def other_content(case: Application) -> None:
    """Another aim, other cities, other sums, other scores, another version; the same title."""
    lead, partner = case.parties.all()
    lead.city, partner.city = make_city("Zwickau"), make_partner_city("Tulsa")
    lead.save()
    partner.save()
    case.destination, case.own_share = partner.city, Decimal(77)
    case.save()
    BudgetLine.objects.filter(application=case).update(price=5_555)
    Submission.objects.create(
        application=case, number=2, content=content(case, aim="anders"), sha256="1" * 64
    )
    Score.objects.filter(review__application=case).update(value=5)
    Review.objects.filter(application=case, state="done").update(for_panel="ganz anders")
    Decision.objects.filter(application=case).update(outcome="reserve", amount=99)


def shown(client: Client, address: str) -> str:
    """The page without what differs by itself: the form's token and nonces."""
    html = client.get(address).content.decode()
    return re.sub(r'(csrfmiddlewaretoken" value|nonce)="[^"]+"', "", html)


def differs(case: Application, user: User, *addresses: str) -> list[str]:
    client = signed_in(user)
    before = {address: shown(client, address) for address in addresses}
    other_content(case)
    return [address for address in addresses if shown(client, address) != before[address]]


def world(**extra: str) -> tuple[Application, Review]:
    """A case with two reviews far apart, another one beside it, and the person's own review."""
    case = make_case(title="Hitze")
    make_done(case, 1, 1)
    make_done(case, 4, 4)
    review = make_review(case, **extra)
    other = make_case(call=case.call, title="Wasser")
    make_done(other, 3, 3, reviewer=review.reviewer)
    return case, review


def pages(case: Application) -> list[str]:
    prefixes = ("", "/en")
    return [
        f"{prefix}{path}"
        for prefix in prefixes
        for path in ("/reviews/", f"/reviews/{case.ref}/", f"/reviews/calls/{case.call.slug}/")
    ]


@pytest.mark.parametrize("state", ["assigned", "recused"])
def test_who_is_recused_or_has_not_declared_learns_nothing(state: str) -> None:
    case, review = world(state=state)
    assert differs(case, review.reviewer, *pages(case)) == []


def test_who_came_to_one_of_the_cities_learns_nothing() -> None:
    case, review = world(state="done")
    make_membership(review.reviewer, case.parties.all()[1].city)
    client = signed_in(review.reviewer)
    before = {address: shown(client, address) for address in pages(case)}
    Score.objects.filter(review__application=case).update(value=5)
    BudgetLine.objects.filter(application=case).update(price=5_555)
    assert {address: shown(client, address) for address in pages(case)} == before


def test_staff_who_are_recused_learn_nothing() -> None:
    case, _ = world()
    staff = make_staff()
    make_review(case, staff, state="recused")
    draft(case)
    call = f"/staff/calls/{case.call.slug}"
    desk = ["/staff/exchanges/", "/staff/exchange-tasks/", f"/staff/exchanges/{case.ref}/"]
    case.handled_by = staff
    case.save()
    addresses = [*desk, f"{call}/panel/", f"{call}/decisions/"]
    assert differs(case, staff, *addresses) == []


def test_others_reviews_tell_nothing_before_one_s_own() -> None:
    case, _ = world()
    review = make_open(case)
    client = signed_in(review.reviewer)
    before = {address: shown(client, address) for address in pages(case)}
    Score.objects.filter(review__application=case).update(value=5)
    Review.objects.filter(application=case, state="done").update(for_panel="ganz anders")
    assert {address: shown(client, address) for address in pages(case)} == before


@pytest.mark.parametrize(
    "who",
    [
        lambda case: make_open(case).reviewer,
        lambda case: make_done(case, 3, 3).reviewer,
    ],
)
def test_a_difference_is_noticed(who: Callable[[Application], User]) -> None:
    """Negative control: who may read the case sees that it changed."""
    case, _ = world()
    assert differs(case, who(case), f"/reviews/{case.ref}/") == [f"/reviews/{case.ref}/"]


def test_a_stranger_to_the_panel_finds_nothing() -> None:
    case, _ = world()
    client = signed_in(make_reviewer())
    assert client.get(f"/reviews/calls/{case.call.slug}/").status_code == 404
