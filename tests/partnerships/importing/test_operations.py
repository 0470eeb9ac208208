"""Importing, taking back, settling: what is written, refused and recorded."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from accounts.models import User
from journal.models import Entry
from mailing.models import Mail
from partnerships.importing import operations
from partnerships.models import City, Import, ImportRow, Partnership, Party
from partnerships.operations import edited
from tests.factories import (
    make_city,
    make_membership,
    make_partnership,
    make_staff,
    make_topic,
)

from .files import as_csv, row
from .stored import bring, listed, make_places

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _cities() -> None:
    make_places()


@pytest.fixture
def staff() -> User:
    return make_staff()


def draft_of(*rows: Any, by: User) -> Import:
    return operations.upload(content=listed(*rows), name="C:/liste.csv", source="Verband", by=by)


def everything() -> list[Any]:
    models = (Partnership, Party, City, Import, ImportRow)
    return [list(model._base_manager.order_by("pk").values()) for model in models]


# Importing ---------------------------------------------------------------------------------


def test_a_row_becomes_a_listed_partnership_with_its_source() -> None:
    done = bring(row(year_established="ca. 1988"))
    made = Partnership.objects.get()
    assert (made.state, made.kind, made.slug, made.source) == (
        *("listed", "partnership", "koeln-indianapolis", "Verband 2023"),
    )
    assert (made.year_established, made.year_is_uncertain) == (1988, True)
    assert (made.title_de, made.title_en) == ("Köln – Indianapolis", "Cologne – Indianapolis")
    assert [party.city.slug for party in made.parties.all()] == ["koeln", "indianapolis"]
    stored = done.rows.get()
    assert (stored.partnership, stored.made_it, stored.seen_version) == (made, True, 1)
    assert (bytes(done.content), done.state) == (b"", "done")


def test_the_journal_says_who_imported_what(staff: User) -> None:
    draft = draft_of(row(), by=staff)
    operations.run(draft=draft, by=staff)
    found = Entry.objects.order_by("pk").values_list("verb", "by", "facts")
    assert list(found) == [
        ("partnerships.import_uploaded", staff.pk, {}),
        ("partnerships.listed", staff.pk, {}),
        ("partnerships.imported", staff.pk, {"count": 1, "years": 0, "rows": 1}),
    ]


def test_the_source_of_a_row_goes_before_that_of_the_file() -> None:
    content = as_csv(
        [["Stadt", "Partnerstadt", "Land", "Quelle"], ["Köln", "Indianapolis", "US", "koeln.de"]]
    )
    operations.bring_in(content=content, name="a.csv", source="Verband")
    assert Partnership.objects.get().source == "koeln.de"


def test_an_existing_pair_is_merged_and_a_trilateral_one_is_no_pair() -> None:
    cologne, indianapolis = City.objects.get(slug="koeln"), City.objects.get(slug="indianapolis")
    make_partnership(cologne, indianapolis, make_city("Ulm"))
    assert bring(row()).rows.get().outcome == "create"
    before = everything()
    operations.bring_in(content=listed(row(kind="Kontakt")), name="neu.csv", source="x")
    assert everything() == before


def test_an_empty_year_is_filled_while_no_city_has_spoken() -> None:
    cities = City.objects.get(slug="koeln"), City.objects.get(slug="indianapolis")
    listed = make_partnership(*cities, state="listed")
    stored = bring(row()).rows.get()
    listed.refresh_from_db()
    assert (listed.year_established, listed.version) == (1988, 2)
    assert (stored.outcome, stored.made_it, stored.seen_version) == ("merge", False, 2)
    assert Entry.objects.about(listed).get().verb == "partnerships.year_added"


def test_what_cities_confirmed_is_left_alone() -> None:
    cities = City.objects.get(slug="koeln"), City.objects.get(slug="indianapolis")
    make_partnership(*cities, state="active")
    before = everything()
    operations.bring_in(content=listed(row()), name="a.csv", source="x")
    assert everything() == before


def test_a_city_comes_from_the_gazetteer_once() -> None:
    springfield = row(partner_city="Springfield", partner_region="Ohio")
    done = bring(springfield, row(), springfield)
    city = City.objects.get(name_de="Springfield")
    assert (city.slug, city.region, city.geo_source, city.time_zone, city.search_text) == (
        *("springfield", "Ohio", "GeoNames", "America/New_York", "springfield"),
    )
    assert list(done.new_cities.all()) == [city]
    before = everything()
    operations.bring_in(content=listed(springfield), name="a.csv", source="x")
    assert everything() == before


def test_a_rejected_row_takes_no_city_over() -> None:
    bring(row(), row(partner_city="Springfield", year_established="1850"))
    assert not City.objects.filter(name_de="Springfield").exists()


def test_a_new_city_of_a_taken_name_carries_its_region() -> None:
    make_city("Springfield", country="GB", region="England")
    bring(row(partner_city="Springfield"))
    assert Partnership.objects.get().slug == "koeln-springfield-ohio"


def test_a_taken_address_gets_a_number() -> None:
    make_partnership(slug="koeln-indianapolis")
    bring(row())
    assert Partnership.objects.filter(slug="koeln-indianapolis-2").exists()


def test_nothing_is_half_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("in the middle")

    monkeypatch.setattr("partnerships.importing.operations.entries.replace_rows", fail)
    before = everything()
    with pytest.raises(RuntimeError):
        bring(row(partner_city="Springfield"))
    assert everything() == before


def test_importing_mails_nobody(staff: User) -> None:
    make_membership(staff, City.objects.get(slug="koeln"), "coordinator")
    operations.undo(done=bring(row()), by=staff)
    assert Mail.objects.count() == 0


# Drafts ------------------------------------------------------------------------------------


def test_an_upload_shows_its_rows_and_touches_no_partnership(staff: User) -> None:
    draft = draft_of(row(), row(german_city="Atlantis"), by=staff)
    assert (draft.file_name, draft.state, draft.by) == ("liste.csv", "draft", staff)
    assert (draft.encoding, draft.separator, draft.header) == ("cp1252", ";", 1)
    assert [one.outcome for one in draft.rows.all()] == ["create", "review"]
    assert Partnership.objects.count() == ImportRow.objects.open_tasks().count() == 0


def test_staff_say_which_column_is_which(staff: User) -> None:
    content = as_csv([["A", "B", "C"], ["Köln", "Indianapolis", "US"]])
    draft = operations.upload(content=content, name="a.csv", source="Verband", by=staff)
    assert (draft.rows.count(), draft.columns, draft.headings) == (0, {}, ["A", "B", "C"])
    columns = {"german_city": 0, "partner_city": 1, "partner_country": 2}
    operations.change_columns(draft=draft, columns=columns)
    assert [one.outcome for one in draft.rows.all()] == ["create"]


def test_staff_correct_how_the_file_is_read(staff: User) -> None:
    content = "Titel, Stand 2023\nStadt;Partnerstadt;Land\nKöln;Indianapolis;US".encode()
    draft = operations.upload(content=content, name="a.csv", source="Verband", by=staff)
    for encoding, outcome in (("cp1252", "review"), ("utf-8", "create")):
        draft = operations.change_reading(draft=draft, encoding=encoding, separator=";", header=2)
        assert [one.outcome for one in draft.rows.all()] == [outcome]
    assert (draft.encoding, draft.headings) == ("utf-8", ["Stadt", "Partnerstadt", "Land"])
    operations.change_reading(draft=draft, encoding="utf-8", separator=",", header=1)
    assert draft.rows.count() == 0


def test_what_cannot_be_read_so_changes_nothing(staff: User) -> None:
    draft = draft_of(row(), by=staff)
    before = everything()
    for encoding, header, code in (("utf-8", 1, "encoding"), ("cp1252", 9, "header")):
        with pytest.raises(ValidationError) as refusal:
            operations.change_reading(draft=draft, encoding=encoding, separator=";", header=header)
        assert refusal.value.code == code
    with pytest.raises(ValidationError) as refusal:
        operations.change_columns(draft=draft, columns={"german_city": 1})
    assert (refusal.value.code, everything() == before) == ("columns", True)


def test_what_was_not_shown_is_not_imported(staff: User) -> None:
    draft = draft_of(row(), by=staff)
    bring(row())
    before = everything()
    with pytest.raises(ValidationError) as refusal:
        operations.run(draft=draft, by=staff)
    assert (refusal.value.code, everything() == before) == ("changed", True)
    operations.look_anew(draft=draft)
    with pytest.raises(ValidationError) as refusal:
        operations.run(draft=draft, by=staff)
    assert refusal.value.code == "nothing"


def test_a_file_is_imported_or_discarded_once(staff: User) -> None:
    draft = draft_of(row(), by=staff)
    operations.run(draft=draft, by=staff)
    for operation in (operations.run, operations.discard):
        with pytest.raises(ValidationError) as refusal:
            operation(draft=draft, by=staff)
        assert refusal.value.code == "state"


def test_a_discarded_file_leaves_only_a_journal_entry(staff: User) -> None:
    operations.discard(draft=draft_of(row(), by=staff), by=staff)
    assert (Import.objects.count(), ImportRow.objects.count()) == (0, 0)
    assert Entry.objects.first().sentence == "Hochgeladene Liste verworfen"


# Taking back -------------------------------------------------------------------------------


def test_an_import_is_taken_back_whole(staff: User) -> None:
    listed = make_partnership(
        City.objects.get(slug="koeln"), City.objects.get(slug="kansas-city-kansas"), state="listed"
    )
    before = [list(model.objects.values_list("pk", flat=True)) for model in (Partnership, City)]
    done = bring(
        row(partner_city="Springfield"),
        row(partner_city="Kansas City", partner_region="KS"),
        row(german_city="Atlantis"),
    )
    assert Partnership.objects.count() == 2
    operations.undo(done=done, by=staff)
    after = [list(model.objects.values_list("pk", flat=True)) for model in (Partnership, City)]
    listed.refresh_from_db()
    assert (after, listed.year_established) == (before, None)
    assert ImportRow.objects.open_tasks().count() == 0
    assert Entry.objects.about(done).first().facts == {"count": 1, "years": 1}


def test_a_file_can_be_imported_again_after_it_was_taken_back(staff: User) -> None:
    rows = (row(), row(german_city="Atlantis"))
    operations.undo(done=bring(*rows), by=staff)
    again = bring(*rows)
    assert (Partnership.objects.count(), again.rows.get(number=2).task) == (1, "open")


def test_what_somebody_edited_is_not_taken_back(staff: User) -> None:
    done = bring(row(), row(partner_city="Springfield"))
    made = Partnership.objects.get(slug="koeln-indianapolis")
    made.save()
    edited(partnership=made, by=staff)
    before = everything()
    with pytest.raises(ValidationError) as refusal:
        operations.undo(done=done, by=staff)
    assert refusal.value.code == "edited"
    assert refusal.value.messages == [
        "Der Import wurde nicht zurückgenommen: An 1 Partnerschaft hat jemand weitergearbeitet."
    ]
    assert everything() == before


def test_what_others_built_on_is_not_taken_back(staff: User) -> None:
    done = bring(row())
    Partnership.objects.get().topic_links.create(topic=make_topic())
    with pytest.raises(ValidationError) as refusal:
        operations.undo(done=done, by=staff)
    assert refusal.value.code == "edited"


def test_a_year_that_somebody_changed_again_is_not_taken_back(staff: User) -> None:
    cities = City.objects.get(slug="koeln"), City.objects.get(slug="indianapolis")
    listed = make_partnership(*cities, state="listed")
    done = bring(row())
    listed.refresh_from_db()
    listed.save()
    with pytest.raises(ValidationError):
        operations.undo(done=done, by=staff)


def test_a_city_that_found_another_use_stays(staff: User) -> None:
    done = bring(row(partner_city="Springfield"))
    springfield = City.objects.get(name_de="Springfield")
    make_partnership(City.objects.get(slug="koeln"), make_city("Ulm"), springfield)
    operations.undo(done=done, by=staff)
    assert City.objects.filter(pk=springfield.pk).exists()


def test_an_import_is_taken_back_once(staff: User) -> None:
    done = bring(row())
    operations.undo(done=done, by=staff)
    for one in (done, draft_of(row(), by=staff)):
        with pytest.raises(ValidationError) as refusal:
            operations.undo(done=one, by=staff)
        assert refusal.value.code == "state"


# Speed -------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [3, 30])
def test_the_number_of_rows_costs_no_queries(django_assert_num_queries: Any, number: int) -> None:
    content = listed(*(row(german_city=make_city().name) for _ in range(number)))
    with django_assert_num_queries(18):
        operations.bring_in(content=content, name="liste.csv", source="Verband")
    assert Partnership.objects.count() == number
