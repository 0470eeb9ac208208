from __future__ import annotations

import pytest
from django.core import signing
from django.forms.models import model_to_dict
from django.urls import resolve

from events import tokens
from events.models import Invitation
from events.tokens import grant_for, granted, invitation_for, link_for, token_for
from tests.factories import make_event, make_invitation

pytestmark = pytest.mark.django_db


def revoke(invitation: Invitation) -> None:
    invitation.token_version += 1
    invitation.save()


def test_a_token_opens_its_own_invitation() -> None:
    one, other = make_invitation(), make_invitation()
    assert invitation_for(token_for(one)) == one
    assert invitation_for(token_for(other)) == other


def test_the_same_link_can_be_printed_again() -> None:
    invitation = make_invitation()
    assert token_for(invitation) == token_for(Invitation.objects.get())


def test_the_tag_of_one_invitation_does_not_open_another() -> None:
    one, other = make_invitation(), make_invitation()
    tag = token_for(one).partition(".")[2]
    assert invitation_for(f"{other.public_id}.{tag}") is None


def test_every_changed_character_of_the_tag_closes_the_link() -> None:
    token = token_for(make_invitation())
    # the last character carries two spare bits and is compared as text all the same
    for at in range(23, 45):
        changed = token[:at] + ("A" if token[at] != "A" else "B") + token[at + 1 :]
        assert invitation_for(changed) is None


@pytest.mark.parametrize(
    "token", ["", ".", "no-dot", "x" * 22, "x" * 22 + "." + "y" * 22, "é" * 22 + ".ü"]
)
def test_a_token_that_never_was_opens_nothing(token: str) -> None:
    make_invitation()
    assert invitation_for(token) is None


def test_a_raised_version_revokes_the_link_and_a_new_one_works() -> None:
    invitation = make_invitation()
    old = token_for(invitation)
    revoke(invitation)
    assert invitation_for(old) is None
    assert invitation_for(token_for(invitation)) == invitation


def test_an_old_key_opens_links_while_it_is_a_fallback(settings: object) -> None:
    invitation = make_invitation()
    old = token_for(invitation)
    settings.LINK_KEY_FALLBACKS, settings.LINK_KEY = [settings.LINK_KEY], "n" * 50
    assert invitation_for(old) == invitation
    settings.LINK_KEY_FALLBACKS = []
    assert invitation_for(old) is None


def test_the_link_is_absolute_and_leads_to_the_view_that_opens_it(settings: object) -> None:
    settings.SITE_URL = "https://ude.example"
    invitation = make_invitation()
    link = link_for(invitation)
    assert link == f"https://ude.example/i/{token_for(invitation)}/"
    match = resolve(link.removeprefix("https://ude.example"))
    assert (match.view_name, match.kwargs) == (
        "invitation:open",
        {"token": token_for(invitation)},
    )


def test_every_public_id_and_token_fits_the_address() -> None:
    event = make_event()
    for _ in range(50):
        invitation = make_invitation(event)
        assert resolve(f"/i/{token_for(invitation)}/").view_name == "invitation:open"
        assert resolve(f"/i/{invitation.public_id}/").view_name == "invitation:page"


def test_the_database_holds_no_tag() -> None:
    invitation = make_invitation()
    tag = token_for(invitation).partition(".")[2]
    assert tag not in str(model_to_dict(invitation)) + str(vars(invitation))


def test_a_grant_opens_one_invitation_in_its_present_version() -> None:
    invitation, other = make_invitation(), make_invitation()
    grant = grant_for(invitation)
    assert granted(invitation, grant) is True
    assert granted(other, grant) is False
    revoke(invitation)
    assert granted(invitation, grant) is False


@pytest.mark.parametrize("cookie", [None, "", "x", "x:y", "e30:x", "\x00"])
def test_a_cookie_we_did_not_sign_opens_nothing(cookie: str | None) -> None:
    assert granted(make_invitation(), cookie) is False


def test_a_tampered_grant_opens_nothing() -> None:
    invitation = make_invitation()
    grant = grant_for(invitation)
    assert granted(invitation, grant[:-1] + ("A" if grant[-1] != "A" else "B")) is False


def test_a_value_signed_for_another_purpose_opens_nothing(settings: object) -> None:
    invitation = make_invitation()
    claim = {"id": invitation.public_id, "version": invitation.token_version}
    foreign = signing.Signer(key=settings.LINK_KEY, salt="something else").sign_object(claim)
    assert granted(invitation, foreign) is False
    # control: the same claim under the right salt does open it
    ours = signing.Signer(key=settings.LINK_KEY, salt=tokens.LINKS.salt).sign_object(claim)
    assert granted(invitation, ours) is True


def test_a_grant_under_a_fallback_key_still_opens(settings: object) -> None:
    invitation = make_invitation()
    grant = grant_for(invitation)
    settings.LINK_KEY_FALLBACKS, settings.LINK_KEY = [settings.LINK_KEY], "n" * 50
    assert granted(invitation, grant) is True
