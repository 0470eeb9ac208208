"""What two people do at the same moment ends in a sentence, never in an error page."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.messages import get_messages
from django.core.exceptions import BadRequest
from django.db import IntegrityError, connection
from django.http import HttpResponse
from django.test import Client, RequestFactory

from partnerships.models import City, Department, Position
from tests.admin_forms import form_data, page
from tests.factories import (
    make_city,
    make_department,
    make_event,
    make_invitation,
    make_position,
    make_staff,
)
from ude_portal.admin_site import refuse_bad_lookups

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(make_staff())
    return client


def says(response: HttpResponse) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]  # type: ignore[attr-defined]


def someone_is_faster(monkeypatch: pytest.MonkeyPatch, *, times: int) -> None:
    """Let the database refuse the next saves, as it does when another request came between."""
    department_admin: Any = admin.site._registry[Department]
    save = department_admin.save_model
    refusals = iter(range(times))

    def save_model(*args: Any) -> None:
        save(*args)
        if next(refusals, None) is not None:
            raise IntegrityError

    monkeypatch.setattr(department_admin, "save_model", save_model)


def rename(client: Client, department: Department) -> Any:
    data = form_data(client.get(page("change", department)))
    return client.post(page("change", department), {**data, "name_de": "Neu"})


def test_a_save_the_database_refused_is_checked_and_tried_once_more(
    staff: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    department = make_department()
    someone_is_faster(monkeypatch, times=1)
    assert rename(staff, department).status_code == 302
    assert Department.objects.get().name_de == "Neu"


def test_a_save_the_database_refuses_again_is_explained(
    staff: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    department = make_department()
    someone_is_faster(monkeypatch, times=2)
    response = rename(staff, department)
    assert (response.status_code, response["Location"]) == (302, page("change", department))
    assert says(response)[0].startswith("Das konnte nicht gespeichert werden")
    assert Department.objects.get().name_de == "Umweltamt"


def two_positions_with_one_mailbox() -> list[Position]:
    """Without their positions, their two invitations would be one and the same."""
    event = make_event()
    positions = [make_position(), make_position()]
    for position in positions:
        make_invitation(event, position=position, email="rathaus@stadt.example")
    return positions


def test_a_deletion_the_database_refuses_is_explained(staff: Client) -> None:
    first, second = two_positions_with_one_mailbox()
    staff.post(page("delete", first), {"post": "yes"})
    response = staff.post(page("delete", second), {"post": "yes"})
    assert says(response)[-1].startswith("Es wurde nichts gelöscht")
    assert list(Position.objects.all()) == [second]


def test_deleting_many_goes_as_a_whole_or_not_at_all(staff: Client) -> None:
    positions = two_positions_with_one_mailbox()
    chosen = {"_selected_action": [position.pk for position in positions], "post": "yes"}
    address = page("changelist", Position)
    response = staff.post(address, {"action": "delete_selected", **chosen})
    assert says(response) == ["Es wurde nichts gelöscht, denn andere Einträge hängen davon ab."]
    assert Position.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_at_the_same_moment_one_is_told() -> None:
    city, user = make_city(), make_staff()
    clients = [Client(), Client()]
    for client in clients:
        client.force_login(user)
    data = form_data(clients[0].get(page("change", city)))

    def save(number: int) -> int:
        try:
            typed = {**data, "other_names": f"name {number}"}
            return clients[number].post(page("change", city), typed).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        statuses = sorted(pool.map(save, range(2)))
    assert statuses == [200, 302]
    assert City.objects.get().version == 2


def failing(request: Any) -> HttpResponse:
    raise ValueError("out of range")


def test_a_fault_of_our_own_is_not_blamed_on_the_sender() -> None:
    view = refuse_bad_lookups(failing)
    with pytest.raises(ValueError, match="out of range"):
        view(RequestFactory().post("/admin/"))
    for request in (RequestFactory().get("/admin/"), RequestFactory().post("/admin/?id=x")):
        with pytest.raises(BadRequest):
            view(request)
