"""The link of a partner city: what opens it and what does not."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from events import tokens as guest_tokens
from exchanges import tokens
from exchanges.models import WorkLink
from tests.factories import make_invitation

from .scenes import make_application, make_link

pytestmark = pytest.mark.django_db


@pytest.fixture
def link() -> WorkLink:
    return make_link(make_application().parties.get(is_lead=False))


def test_a_genuine_token_finds_its_link(link: WorkLink) -> None:
    assert tokens.link_of(tokens.token_for(link)) == link
    assert tokens.link_for(link).endswith(f"/x/{tokens.token_for(link)}/")
    assert tokens.former_link_of(tokens.token_for(link)) is None


@pytest.mark.parametrize("wrong", ["", "x", "{id}", "{id}.", "{id}.AAAAAAAAAAAAAAAAAAAAAA", "{no}"])
def test_a_wrong_token_finds_none(link: WorkLink, wrong: str) -> None:
    tag = tokens.token_for(link).partition(".")[2]
    token = wrong.format(id=link.public_id, no=f"{'A' * 22}.{tag}")
    assert (tokens.link_of(token), tokens.former_link_of(token)) == (None, None)


def test_a_token_of_another_family_finds_none(link: WorkLink) -> None:
    invitation = make_invitation()
    assert tokens.link_of(guest_tokens.token_for(invitation)) is None
    WorkLink.objects.filter(pk=link.pk).update(public_id=invitation.public_id)
    assert tokens.link_of(guest_tokens.token_for(invitation)) is None


def test_a_raised_version_revokes_tokens_and_grants(link: WorkLink) -> None:
    token, grant = tokens.token_for(link), tokens.grant_for(link)
    assert tokens.granted(link, grant)
    link.token_version += 1
    link.save()
    assert (tokens.link_of(token), tokens.granted(link, grant)) == (None, False)


def test_ended_and_old_links_open_nothing(link: WorkLink) -> None:
    token = tokens.token_for(link)
    link.ended_at = timezone.now()
    link.save()
    assert (tokens.link_of(token), tokens.former_link_of(token)) == (None, link)
    link.ended_at, link.sent_at = None, timezone.now() - dt.timedelta(days=366)
    link.save()
    assert tokens.link_of(token) is None


@pytest.mark.parametrize("cookie", [None, "", "x", "eyJpZCI6IngifQ:abc"])
def test_a_broken_cookie_grants_nothing(link: WorkLink, cookie: str | None) -> None:
    assert tokens.granted(link, cookie) is False


def test_a_grant_opens_its_own_link_only(link: WorkLink) -> None:
    other = make_link(link.party)
    assert not tokens.granted(link, tokens.grant_for(other))
