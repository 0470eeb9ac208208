from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, models, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from events.models import Event, Invitation, SeatPool
from journal.prepared import Prepared
from partnerships.models import City
from tests.factories import make_city, make_event, make_invitation, make_pool

pytestmark = pytest.mark.django_db


def by_public_id(public_id: str) -> models.QuerySet[Invitation]:
    return Invitation.objects.select_related("event__city", "city").filter(public_id=public_id)


def test_rows_are_those_of_the_queryset_with_what_it_joins(
    django_assert_num_queries: Any,
) -> None:
    prepared = Prepared(by_public_id, str)
    event = make_event(city=make_city("Bonn"))
    guests = [make_invitation(event, name=f"Guest {number}") for number in range(2)]
    for guest in guests:
        with django_assert_num_queries(1):
            found = prepared.first(guest.public_id)
            assert found.event.city.name == "Bonn"
        plain = by_public_id(guest.public_id).get()
        same = [field.attname for field in Invitation._meta.concrete_fields]
        assert [getattr(found, name) for name in same] == [getattr(plain, name) for name in same]


def test_every_call_reads_the_database() -> None:
    pools = Prepared(lambda event: SeatPool.objects.filter(event=event), int)
    event = make_event()
    assert pools(event.pk) == []
    pool = make_pool(event, capacity=3)
    assert [one.capacity for one in pools(event.pk)] == [3]
    SeatPool.objects.filter(pk=pool.pk).update(capacity=4)
    assert [one.capacity for one in pools(event.pk)] == [4]
    assert (pools.first(event.pk), pools.first(event.pk + 1)) == (pool, None)


def test_the_statement_is_written_once_for_each_language() -> None:
    written = []

    def titles(slug: str) -> Any:
        written.append(translation.get_language())
        name = f"title_{translation.get_language()}"
        return Event.objects.filter(slug=slug).values_list(name, flat=True)

    prepared = Prepared(titles, str)
    event = make_event(title_de="Hitze", title_en="Heat")
    for language, title in [("de", "Hitze"), ("en", "Heat"), ("de", "Hitze"), ("en", "Heat")]:
        with translation.override(language):
            assert prepared(event.slug) == [title]
    assert written == ["de", "en"]


def test_a_translated_order_follows_the_language() -> None:
    prepared = Prepared(lambda country: City.objects.filter(country=country).order_by("name"), str)
    make_city(name_de="Aachen", name_en="Zulu")
    make_city(name_de="Zwickau", name_en="Alpha")
    with translation.override("de"):
        assert [city.name for city in prepared("DE")] == ["Aachen", "Zwickau"]
    with translation.override("en"):
        assert [city.name for city in prepared("DE")] == ["Alpha", "Zulu"]


def test_values_never_become_part_of_the_statement() -> None:
    prepared = Prepared(by_public_id, str)
    make_invitation()
    assert [prepared(value) for value in ("' OR 1=1 --", "%s", "\ue0000")] == [[], [], []]


def test_several_values_keep_their_places() -> None:
    event = make_event()
    pool = make_pool(event, right="listen", mode="online")
    prepared = Prepared(
        lambda mode, event: SeatPool.objects.filter(right="listen", event=event, mode=mode),
        str,
        int,
    )
    assert prepared("online", event.pk) == [pool]
    assert prepared("room", event.pk) == []


@pytest.mark.parametrize(
    "make",
    [
        lambda name: Invitation.objects.filter(name=name).prefetch_related("answers"),
        lambda name: Invitation.objects.filter(name__contains=name),
        lambda name: Invitation.objects.all(),
    ],
    ids=["prefetch", "part of a word", "forgotten"],
)
def test_what_cannot_be_prepared_is_refused(make: Callable[[str], Any]) -> None:
    with pytest.raises(TypeError):
        Prepared(make, str)("Ada")


@pytest.mark.django_db(transaction=True)
def test_rows_are_locked_inside_a_transaction_and_refused_outside() -> None:
    prepared = Prepared(lambda event: SeatPool.objects.select_for_update().filter(event=event), int)
    pool = make_pool(make_event())
    with transaction.atomic(), CaptureQueriesContext(connection) as queries:
        assert prepared(pool.event_id) == [pool]
    locking = connection.features.has_select_for_update
    assert queries[0]["sql"].endswith("FOR UPDATE") is locking
    with pytest.raises(transaction.TransactionManagementError):
        prepared(pool.event_id)


@pytest.mark.django_db(transaction=True)
def test_threads_read_side_by_side() -> None:
    prepared = Prepared(lambda event: SeatPool.objects.filter(event=event), int)
    pools = [make_pool(make_event(), capacity=number) for number in range(4)]

    def read(number: int) -> list[SeatPool]:
        try:
            return prepared(pools[number % 4].event_id)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(read, range(40))) == [[pools[number % 4]] for number in range(40)]
