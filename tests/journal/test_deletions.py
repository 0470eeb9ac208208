"""What staff delete in the administration stays deleted when a backup is restored."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from mailing.models import BlockedAddress
from partnerships.models import Holder, Position
from privacy import ledger
from privacy.models import LedgerLine
from sdg.models import Topic
from tests.admin_forms import form_data, page
from tests.factories import make_position, make_staff, make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(make_staff())
    return client


def noted() -> list[dict[str, Any]]:
    return list(LedgerLine.objects.values_list("facts", flat=True))


def again(model: str, pk: int) -> int:
    now = timezone.now()
    line = {"at": now.isoformat(), "what": "journal.deleted", "model": model, "id": pk}
    done, failed = ledger.replay([line], since=now)
    assert failed == []
    return done.total()


def test_a_deleted_row_is_noted(staff: Client) -> None:
    position = make_position()
    staff.post(page("delete", position), {"post": "yes"})
    assert Position.objects.count() == 0
    assert noted() == [{"model": "partnerships.Position", "id": position.pk}]


def test_rows_deleted_together_are_noted(staff: Client) -> None:
    one = BlockedAddress.objects.create(email="a@stadt.example", reason="bounced")
    action = {"action": "delete_selected", "_selected_action": one.pk, "post": "yes"}
    staff.post(page("changelist", BlockedAddress), action)
    assert BlockedAddress.objects.count() == 0
    assert noted() == [{"model": "mailing.BlockedAddress", "id": one.pk}]


def test_a_row_deleted_within_its_parent_is_noted(staff: Client) -> None:
    holder = Holder.objects.get(position=make_position())
    sent = form_data(staff.get(page("change", holder.position)))
    prefix = next(name for name, value in sent.items() if name.endswith("-name")).rpartition("-")[0]
    staff.post(page("change", holder.position), {**sent, f"{prefix}-DELETE": "on"})
    assert Holder.objects.count() == 0
    assert noted() == [{"model": "partnerships.Holder", "id": holder.pk}]


def test_rows_without_people_are_not_noted(staff: Client) -> None:
    topic = make_topic()
    staff.post(page("delete", topic), {"post": "yes"})
    assert Topic.objects.count() == 0
    assert noted() == []


def test_a_deleted_row_is_deleted_again_with_what_hangs_on_it() -> None:
    position = make_position()
    assert again("partnerships.Position", position.pk) == 1
    assert again("partnerships.Position", position.pk) == 0
    assert (Position.objects.count(), Holder.objects.count()) == (0, 0)
