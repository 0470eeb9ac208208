"""The journal: written with the change, never rewritten."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from journal import verbs
from journal.models import AppendOnly, Entry
from journal.operations import record
from tests.factories import make_city, make_event, make_invitation, make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def vocabulary(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verbs, "_SENTENCES", {"test.painted": _("%(count)s positions exported")})


def test_a_person_s_change_is_recorded_with_its_facts() -> None:
    city, staff = make_city(), make_staff()
    entry = record("test.painted", city, by=staff, count=3)
    stored = Entry.objects.get()
    assert (stored.about, stored.by, stored.actor) == (city, staff, Entry.Actor.PERSON)
    assert stored.facts == {"count": 3}
    assert str(entry).endswith(" test.painted")


@pytest.mark.parametrize(
    ("guest", "actor"), [(True, Entry.Actor.GUEST), (False, Entry.Actor.SYSTEM)]
)
def test_without_a_person_it_was_a_guest_or_the_portal(guest: bool, actor: str) -> None:
    entry = record("test.painted", make_city(), guest=guest)
    assert (entry.actor, entry.by) == (actor, None)


def test_an_unknown_verb_is_refused() -> None:
    with pytest.raises(LookupError, match=r"test\.unknown"):
        record("test.unknown", make_city())
    assert not Entry.objects.exists()


def test_the_entry_goes_back_together_with_the_change() -> None:
    city = make_city("Alt")

    def change_and_fail() -> None:
        with transaction.atomic():
            city.name_de = "Neu"
            city.save()
            record("test.painted", city, count=1)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        change_and_fail()
    city.refresh_from_db()
    assert (city.name_de, Entry.objects.count()) == ("Alt", 0)


def test_entries_are_neither_changed_nor_deleted() -> None:
    entry = record("test.painted", make_city(), count=1)
    entry.verb = "test.other"
    refused: list[Any] = [
        entry.save,
        entry.delete,
        lambda: Entry.objects.update(verb="test.other"),
        lambda: Entry.objects.filter(pk=entry.pk).update(verb="test.other"),
        Entry.objects.all().delete,
    ]
    for attempt in refused:
        with pytest.raises(AppendOnly):
            attempt()
    assert Entry.objects.get().verb == "test.painted"


def test_only_entries_past_their_time_expire() -> None:
    now = dt.datetime(2027, 3, 17, tzinfo=dt.UTC)
    for days in (1, 10):
        at = now - dt.timedelta(days=days)
        Entry.objects.create(verb="x", about=make_city(), actor="system", at=at)
    assert Entry.objects.expire(before=now - dt.timedelta(days=5)) == 1
    assert Entry.objects.get().at == now - dt.timedelta(days=1)


def test_a_timeline_holds_what_happened_on_and_within_a_thing() -> None:
    event = make_event()
    guest = make_invitation(event)
    on_event = record("test.painted", event, count=1)
    within = record("test.painted", guest, within=event, count=2)
    record("test.painted", make_event(), count=3)
    assert list(Entry.objects.about(event)) == [within, on_event]
    assert list(Entry.objects.about(guest)) == [within]


def test_things_with_the_same_number_are_told_apart() -> None:
    city, event = make_city(), make_event()
    Entry.objects.create(verb="x", about_id=event.pk, about_type_id=1, actor="system")
    assert not Entry.objects.about(city).filter(verb="y").exists()
    assert not Entry.objects.about(event).exists()


@pytest.mark.parametrize("number", [1, 3])
def test_a_timeline_takes_one_query(number: int, django_assert_num_queries: Any) -> None:
    event, staff = make_event(), make_staff(name="Frau Beispiel")
    for _number in range(number):
        record("test.painted", event, by=staff, count=1)
    with django_assert_num_queries(1):
        names = [str(entry.by) for entry in Entry.objects.about(event)]
    assert names == ["Frau Beispiel"] * number


def test_sentences_follow_the_reader_s_language() -> None:
    entry = record("test.painted", make_city(), count=3)
    assert entry.sentence == "3 Stellen exportiert"
    with translation.override("en"):
        assert entry.sentence == "3 positions exported"


@pytest.mark.parametrize(
    ("verb", "facts", "sentence"),
    [
        ("test.gone", {}, "test.gone"),
        ("test.painted", {}, "%(count)s Stellen exportiert"),
    ],
)
def test_old_entries_stay_readable(verb: str, facts: dict[str, Any], sentence: str) -> None:
    assert verbs.sentence(verb, facts) == sentence
