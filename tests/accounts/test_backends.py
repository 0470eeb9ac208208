from __future__ import annotations

import pytest

from accounts.backends import Backend
from accounts.models import User
from tests.factories import make_staff

pytestmark = pytest.mark.django_db


def test_a_session_finds_its_account_as_it_is_now() -> None:
    user = make_staff()
    assert Backend().get_user(user.pk) == user
    User.objects.filter(pk=user.pk).update(is_staff=False)
    found = Backend().get_user(str(user.pk))
    assert (found, found.is_staff) == (user, False)


def test_who_is_blocked_or_gone_is_not_found() -> None:
    blocked, gone = make_staff(), make_staff()
    User.objects.filter(pk=blocked.pk).update(is_active=False)
    gone_pk = gone.pk
    gone.delete()
    assert [Backend().get_user(pk) for pk in (blocked.pk, gone_pk)] == [None, None]
