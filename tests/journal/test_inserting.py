"""A row from ``insert`` is the row that ``save`` would have written."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, models, transaction

from events.models import Answer
from journal.inserting import insert
from journal.models import Entry
from mailing.models import Mail
from tests.factories import make_city, make_invitation, make_mail

pytestmark = pytest.mark.django_db


def values(row: models.Model) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def an_entry() -> Entry:
    facts = {"choice": "room", "list": [1, None]}
    return Entry(verb="events.answered.room", about=make_city(), actor="guest", facts=facts)


def an_answer() -> Answer:
    return Answer(invitation=make_invitation(), number=1, choice="no", message="100 %s „Zug“")


@pytest.mark.parametrize("make", [an_entry, an_answer])
def test_the_stored_row_is_the_one_that_was_given(
    make: Any, django_assert_num_queries: Any
) -> None:
    row = make()
    with django_assert_num_queries(1):
        assert insert(row) is True
    assert values(type(row).objects.get(pk=row.pk)) == values(row)
    assert (row._state.adding, row._state.db) == (False, "default")


def test_each_row_has_a_key_of_its_own() -> None:
    first, second = an_entry(), an_entry()
    insert(first), insert(second)
    assert Entry.objects.filter(pk__in=[first.pk, second.pk]).count() == 2


def test_a_unique_key_refuses_or_leaves_out() -> None:
    mail = make_mail(subject="first")
    again = Mail(**{**values(mail), "id": None, "subject": "second"})
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(again)
    assert insert(again, unless_there=True) is False
    assert again.pk is None
    assert list(Mail.objects.values_list("subject", flat=True)) == ["first"]


def test_after_a_refused_row_the_transaction_is_rolled_back() -> None:
    mail = make_mail()
    with transaction.atomic():
        with pytest.raises(IntegrityError):
            insert(Mail(**{**values(mail), "id": None}))
        assert transaction.get_rollback()
