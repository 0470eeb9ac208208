"""What mails are about is read once for a batch, and again when it is older than a second."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from mailing import registry
from mailing.models import Mail
from mailing.registry import Kind, register
from mailing.subjects import FRESH_SECONDS, Subjects
from tests.factories import make_mail

pytestmark = pytest.mark.django_db


class Watch:
    """A clock that stands still until it is told otherwise."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(autouse=True)
def _kinds() -> Iterator[None]:
    """Two kinds whose mails are about other mails, which need no factory of their own."""
    known = dict(registry._KINDS)
    register(
        Kind("test.about", "About", about=Mail.objects.all),
        Kind("test.other", "Other", about=Mail.objects.all),
    )
    yield
    registry._KINDS.clear()
    registry._KINDS.update(known)


def batch(number: int) -> list[Mail]:
    things = [make_mail() for _ in range(number)]
    return [make_mail(kind="test.about", about=thing) for thing in things]


@pytest.mark.parametrize("number", [1, 3])
def test_a_batch_costs_one_query(number: int, django_assert_num_queries) -> None:
    mails = batch(number)
    with django_assert_num_queries(1):
        subjects = Subjects(mails, Watch())
        found = [subjects.of(mail) for mail in mails]
    assert [thing.pk for thing in found] == [mail.about_id for mail in mails]


def test_kinds_do_not_mix(django_assert_num_queries) -> None:
    (first,), other = batch(1), make_mail(kind="test.other", about=make_mail())
    with django_assert_num_queries(2):
        subjects = Subjects([first, other], Watch())
        assert subjects.of(first).pk == first.about_id
        assert subjects.of(other).pk == other.about_id


def test_what_does_not_exist_or_is_not_asked_for_is_none() -> None:
    (gone,) = batch(1)
    Mail.objects.filter(pk=gone.about_id).delete()
    about_nothing = make_mail(kind="test.about")
    simple = make_mail(about=make_mail())
    unknown = make_mail(kind="test.unheard_of", about=make_mail())
    mails = [gone, about_nothing, simple, unknown]
    subjects = Subjects(mails, Watch())
    assert [subjects.of(mail) for mail in mails] == [None] * 4


def test_a_change_is_seen_after_a_second_and_not_before() -> None:
    watch, mails = Watch(), batch(3)
    subjects = Subjects(mails, watch)
    subjects.of(mails[0])
    Mail.objects.filter(pk__in=[mail.about_id for mail in mails]).update(subject="new")
    watch.now += FRESH_SECONDS - 0.01
    assert subjects.of(mails[1]).subject != "new"
    watch.now += 0.01
    assert subjects.of(mails[2]).subject == "new"


def test_a_single_thing_is_read_by_the_way_of_its_own(django_assert_num_queries) -> None:
    asked: list[int] = []

    def one(pk: int) -> Mail | None:
        asked.append(pk)
        return Mail.objects.filter(pk=pk).first()

    register(Kind("test.alone", "Alone", about=Mail.objects.all, about_one=one))
    things = [make_mail() for _ in range(2)]
    mails = [make_mail(kind="test.alone", about=thing) for thing in things]
    alone = [Subjects([mail], Watch()).of(mail) for mail in mails]
    assert (alone, asked) == (things, [thing.pk for thing in things])
    together = Subjects(mails, Watch())
    assert [together.of(mail) for mail in mails] == things
    assert len(asked) == 2
    things[0].delete()
    assert Subjects([mails[0]], Watch()).of(mails[0]) is None
