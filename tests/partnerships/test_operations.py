"""What follows from a partnership's cities, and what the journal says."""

from __future__ import annotations

from typing import Any

import pytest

from journal.models import Entry
from partnerships.models import Partnership, Party
from partnerships.operations import edited, refresh, renamed
from tests.factories import make_city, make_partner_city, make_partnership, make_staff

pytestmark = pytest.mark.django_db


def test_titles_and_search_text_follow_the_cities() -> None:
    koeln = make_city("Köln", name_en="Cologne", other_names="Coellen")
    partnership = make_partnership(koeln, make_partner_city("Indianapolis"))
    stored = Partnership.objects.get(pk=partnership.pk)
    assert (stored.title_de, stored.title_en) == ("Köln – Indianapolis", "Cologne – Indianapolis")
    assert stored.search_text == "koeln | koln | cologne | coellen | indianapolis"
    assert stored.sort_key == "koln indianapolis"


def test_a_city_without_an_english_name_keeps_its_german_one() -> None:
    partnership = make_partnership(make_city("Köln", name_en=""), make_partner_city("Leeds"))
    assert partnership.title_en == "Köln – Leeds"


def test_refreshing_makes_no_new_version() -> None:
    partnership = make_partnership()
    Party.objects.create(partnership=partnership, city=make_city("Hamm"), order=2)
    refresh(partnership)
    stored = Partnership.objects.get(pk=partnership.pk)
    assert (stored.version, stored.title_de.endswith("– Hamm")) == (1, True)


@pytest.mark.parametrize(
    ("is_new", "verb"), [(True, "partnerships.created"), (False, "partnerships.edited")]
)
def test_an_edit_refreshes_and_is_recorded(is_new: bool, verb: str) -> None:
    partnership = make_partnership()
    Partnership.objects.update(title_de="veraltet")
    staff = make_staff()
    edited(partnership=partnership, by=staff, is_new=is_new)
    assert "veraltet" not in Partnership.objects.get().title_de
    assert list(Entry.objects.values_list("verb", "by", "about_id")) == [
        (verb, staff.pk, partnership.pk)
    ]


def test_a_renamed_city_renames_all_its_partnerships_and_no_others() -> None:
    city = make_city("Alt")
    for _ in range(2):
        make_partnership(city, make_partner_city())
    other = make_partnership()
    city.name_de = city.name_en = "Neu"
    city.save()
    assert renamed(city=city) == 2
    assert Partnership.objects.filter(title_de__startswith="Neu – ").count() == 2
    assert Partnership.objects.get(pk=other.pk).title_de == other.title_de


@pytest.mark.parametrize("rows", [1, 3])
def test_renaming_takes_the_same_queries_for_one_and_three(
    rows: int, django_assert_num_queries: Any
) -> None:
    city = make_city()
    for _ in range(rows):
        make_partnership(city, make_partner_city())
    with django_assert_num_queries(6):
        renamed(city=city)
