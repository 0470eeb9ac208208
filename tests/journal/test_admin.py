"""What every table of the administration promises, generated over all of them."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from journal.admin import ReadOnlyAdmin, VersionedAdmin
from journal.models import Entry
from journal.versions import VersionedForm, VersionedModel
from tests.admin_forms import ROWS, errors_of, form_data, page, tables
from tests.factories import make_city, make_event, make_partnership, make_staff, make_user

pytestmark = pytest.mark.django_db
EDITABLE = [m for m in tables() if not isinstance(admin.site._registry[m], ReadOnlyAdmin)]
READ_ONLY = [m for m in tables() if isinstance(admin.site._registry[m], ReadOnlyAdmin)]
VERSIONED = [m for m in EDITABLE if issubclass(m, VersionedModel)]


def by_name(model: type[Any]) -> str:
    return model.__name__


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(make_staff(is_superuser=True))
    return client


@pytest.mark.parametrize("model", tables(), ids=by_name)
@pytest.mark.parametrize("language", ["de", "en"])
def test_lists_and_pages_of_every_table_open(staff: Client, model: Any, language: str) -> None:
    row = ROWS[model.__name__]()
    with translation.override(language):
        addresses = [page(kind, row) for kind in ("changelist", "change", "history")]
    addresses.append(f"{addresses[0]}?q=koeln")
    assert [staff.get(address).status_code for address in addresses] == [200] * 4


@pytest.mark.parametrize("model", tables(), ids=by_name)
def test_a_list_takes_as_many_queries_for_one_row_as_for_three(staff: Client, model: Any) -> None:
    counts = []
    ROWS[model.__name__]()
    staff.get(page("changelist", model))
    for more in (0, 2):
        for _ in range(more):
            ROWS[model.__name__]()
        with CaptureQueriesContext(
            connection,
        ) as queries:
            staff.get(page("changelist", model))
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("model", tables(), ids=by_name)
@pytest.mark.parametrize(
    "query",
    ["?id=99999999999999999999999", "?p=99999", "?p=x", "?q=%00", "?o=99", "?e=1", "?nothing=1"],
)
def test_bad_lookups_are_refused_or_ignored(staff: Client, model: Any, query: str) -> None:
    assert staff.get(page("changelist", model) + query).status_code in {200, 302, 400}


@pytest.mark.parametrize(
    "query",
    [
        "?starts_at__year=99999999999",
        "?starts_at__year=2026&starts_at__month=99",
        "?starts_at__gte=yesterday",
        "?starts_at__day=" + "9" * 5000,
        "?q=" + "x" * 300,
    ],
)
def test_values_out_of_range_answer_400_or_go_back_to_the_list(staff: Client, query: str) -> None:
    make_event()
    address = page("changelist", make_event()) + query
    assert staff.get(address).status_code in {302, 400}
    assert staff.post(address, {"action": "delete_selected"}).status_code in {302, 400}


@pytest.mark.parametrize("key", ["9" * 30, "9" * 5000, "x", "-1", "_00"])
def test_unknown_keys_lead_back_to_the_index(staff: Client, key: str) -> None:
    response = staff.get(f"/admin/partnerships/city/{key}/change/")
    assert (response.status_code, response.headers.get("Location")) == (302, "/admin/")


@pytest.mark.parametrize("model", tables(), ids=by_name)
@pytest.mark.parametrize("key", ["9" * 30, "x", "1.5", "²"])
def test_ticked_rows_that_cannot_exist_are_refused(staff: Client, model: Any, key: str) -> None:
    data = {"action": "delete_selected", "_selected_action": key}
    assert staff.post(page("changelist", model), data).status_code == 400


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("model", VERSIONED, ids=by_name)
def test_a_history_is_only_read(staff: Client, model: Any) -> None:
    row = ROWS[by_name(model)]()
    assert staff.get(page("history", row)).status_code == 200
    assert staff.post(page("history", row)).status_code == 405


def test_a_name_of_ten_megabytes_is_refused(staff: Client) -> None:
    city = make_city()
    data = form_data(staff.get(page("change", city)))
    response = staff.post(page("change", city), {**data, "name_de": "x" * 10_000_000})
    assert response.status_code == 400


def test_a_name_that_is_too_long_gets_a_sentence(staff: Client) -> None:
    city = make_city()
    data = form_data(staff.get(page("change", city)))
    response = staff.post(page("change", city), {**data, "name_de": "x" * 100_000})
    assert list(errors_of(response)) == ["name_de"]


def stored(model: Any, pk: int) -> dict[str, str]:
    """The row to the minute, without what every save rewrites."""
    row = model.objects.values().get(pk=pk)
    texts = {name: re.sub(r":\d\d\.\d+|:\d\d(?=\+)", "", str(v or "")) for name, v in row.items()}
    rewritten = {"version", "updated_at", "body_html_de", "body_html_en"}
    return {name: text for name, text in texts.items() if name not in rewritten}


@pytest.mark.parametrize("model", EDITABLE, ids=by_name)
def test_saving_without_a_change_keeps_the_row(staff: Client, model: Any) -> None:
    row = ROWS[model.__name__]()
    before = stored(model, row.pk)
    response = staff.get(page("change", row))
    saved = staff.post(page("change", row), form_data(response))
    assert saved.status_code == 302, errors_of(saved)
    assert stored(model, row.pk) == before


@pytest.mark.parametrize("model", VERSIONED, ids=by_name)
def test_the_second_of_two_who_edit_is_told_and_sees_both_values(staff: Client, model: Any) -> None:
    row = ROWS[model.__name__]()
    seen = form_data(staff.get(page("change", row)))
    name = next(
        n for n in ("note", "other_names", "venue", "source", "title_de", "text_de") if n in seen
    )
    assert staff.post(page("change", row), {**seen, name: "of the first"}).status_code == 302
    response = staff.post(page("change", row), {**seen, name: "of the second"})
    assert "of the first" in errors_of(response)[name][0]
    assert response.context["adminform"].form[name].value() == "of the second"
    assert getattr(model.objects.get(pk=row.pk), name) == "of the first"
    again = staff.post(page("change", row), {**form_data(response), name: "of the second"})
    assert again.status_code == 302


def test_without_the_version_the_second_one_overwrites_the_first(staff: Client) -> None:
    """Negative control: it is the hidden version that stops the second save."""
    city = make_city()
    seen = form_data(staff.get(page("change", city)))
    staff.post(page("change", city), {**seen, "other_names": "first"})
    del seen["seen_version"]
    staff.post(page("change", city), {**seen, "other_names": "second"})
    city.refresh_from_db()
    assert city.other_names == "second"


def test_every_versioned_model_has_an_admin_that_looks_at_the_version() -> None:
    for model in VERSIONED:
        model_admin = admin.site._registry[model]
        assert isinstance(model_admin, VersionedAdmin)
        assert issubclass(model_admin.form, VersionedForm)


@pytest.mark.parametrize("model", READ_ONLY, ids=by_name)
def test_read_only_tables_refuse_every_change(staff: Client, model: Any) -> None:
    row = ROWS[model.__name__]()
    assert staff.get(page("add", model)).status_code == 403
    assert staff.post(page("change", row), {"name": "x"}).status_code == 403
    assert staff.post(page("delete", row), {"post": "yes"}).status_code == 403
    action = {"action": "delete_selected", "_selected_action": row.pk, "post": "yes"}
    staff.post(page("changelist", row), action)
    assert model.objects.filter(pk=row.pk).exists()


def test_people_who_are_not_staff_find_no_administration(client: Client) -> None:
    client.force_login(make_user())
    assert client.get("/admin/").status_code == 404


def test_deleting_what_others_depend_on_is_refused_with_a_reason(staff: Client) -> None:
    city = make_partnership().parties.first().city
    response = staff.post(page("delete", city), {"post": "yes"})
    assert response.status_code == 200
    assert len(response.context["protected"]) == 1
    action = {"action": "delete_selected", "_selected_action": city.pk, "post": "yes"}
    assert staff.post(page("changelist", city), action).status_code == 200
    city.refresh_from_db()


def test_the_journal_shows_its_sentences(staff: Client) -> None:
    Entry.objects.create(verb="events.moved", about=make_event(), actor=Entry.Actor.SYSTEM)
    content = staff.get(page("changelist", Entry)).content.decode()
    assert "events.moved" not in content
