"""The page on which a city reads what it signs, and signs."""

from __future__ import annotations

from typing import Any

import pytest

from exchanges.models import Application, SignOff
from exchanges.submitting import views
from exchanges.submitting.parts import fingerprint
from tests.exchanges.drafting.browsers import by_link, html_of, in_office
from tests.exchanges.scenes import complete, make_application

pytestmark = pytest.mark.django_db


@pytest.fixture
def application() -> Application:
    return complete(make_application())


def form(application: Application, city: int = 0, **values: Any) -> dict[str, Any]:
    party = application.parties.all()[city]
    return {
        "name": "Erika Beispiel",
        "office": "Oberbürgermeisterin",
        "agrees": "on",
        "seen": fingerprint(application, party),
        **values,
    }


def test_who_signs_reads_everything_with_the_own_parts_marked(application: Application) -> None:
    """Title, aim and programme together; need, people, budget and journey alone."""
    client, case = in_office(application, "signatory", name="Erika Beispiel")
    html = html_of(client.get(f"{case}sign/"))
    assert "Weniger Hochwasser" in html
    assert "Rain gardens" in html
    assert html.count("zeichnen Sie mit</span>") == 7
    assert 'value="Erika Beispiel"' in html
    assert " checked" not in html


def test_what_is_missing_is_said_before_signing() -> None:
    client, case = in_office(make_application(title=""), "signatory")
    html = html_of(client.get(f"{case}sign/"))
    assert "Noch ist nicht alles da." in html
    assert "Noch kein Titel." in html
    assert "Noch nicht gezeichnet" not in html


def test_a_signatory_signs_on_the_page(application: Application) -> None:
    client, case = in_office(application, "signatory")
    response = client.post(f"{case}sign/confirm/", form(application))
    assert response["Location"] == f"{case}hand-in/"
    stamp = SignOff.objects.get()
    assert (stamp.name, stamp.office) == ("Erika Beispiel", "Oberbürgermeisterin")
    assert "Erika Beispiel, Oberbürgermeisterin" in html_of(client.get(f"{case}hand-in/"))


def test_who_has_signed_is_not_asked_again(application: Application) -> None:
    client, case = in_office(application, "signatory")
    assert "zeichne ihn für meine Stadt" in html_of(client.get(f"{case}sign/"))
    client.post(f"{case}sign/confirm/", form(application))
    html = html_of(client.get(f"{case}sign/"))
    assert ("ist nichts mehr zu tun" in html, 'name="agrees"' in html) == (True, False)


def test_a_partner_signs_by_link_in_its_language(application: Application) -> None:
    client, case = by_link(application.parties.all()[1], may_sign=True)
    assert "Sign for my city" in html_of(client.get(f"{case}sign/"))
    response = client.post(f"{case}sign/confirm/", form(application, 1))
    assert response["Location"] == f"{case}hand-in/"
    assert SignOff.objects.get().link is not None


def test_a_link_without_the_right_finds_no_page_to_sign(application: Application) -> None:
    client, case = by_link(application.parties.all()[1])
    assert client.get(f"{case}sign/").status_code == 404
    assert client.post(f"{case}sign/confirm/", form(application, 1)).status_code == 404
    assert f"{case}sign/" not in html_of(client.get(f"{case}hand-in/"))
    assert SignOff.objects.count() == 0


@pytest.mark.parametrize("role", ["reader", "editor"])
def test_who_may_not_sign_finds_no_page(application: Application, role: str) -> None:
    client, case = in_office(application, role)
    assert client.get(f"{case}sign/").status_code == 404
    assert client.post(f"{case}sign/confirm/", form(application)).status_code == 404


def test_signing_needs_the_tick_and_keeps_what_was_typed(application: Application) -> None:
    client, case = in_office(application)
    html = html_of(client.post(f"{case}sign/confirm/", form(application, agrees="")))
    assert "Bitte setzen Sie hier ein Häkchen" in html
    assert 'value="Oberbürgermeisterin"' in html
    assert SignOff.objects.count() == 0


def test_after_somebody_s_edit_the_page_shows_it_and_asks_again(application: Application) -> None:
    client, case = in_office(application)
    seen = form(application)
    Application.objects.update(title="Ganz anders")
    html = html_of(client.post(f"{case}sign/confirm/", seen))
    assert "Jemand hat den Antrag geändert, während Sie ihn gelesen haben." in html
    assert "Ganz anders" in html
    assert " checked" not in html
    assert fingerprint(application, application.parties.all()[0]) in html
    assert SignOff.objects.count() == 0


def test_nothing_can_be_signed_while_the_team_has_it() -> None:
    application = complete(make_application(state="checking"))
    client, case = in_office(application)
    html = html_of(client.get(f"{case}sign/"))
    assert "Zurzeit ist nichts zu zeichnen" in html
    assert 'name="agrees"' not in html
    refused = html_of(client.post(f"{case}sign/confirm/", form(application)))
    assert "Das ist gerade nicht möglich" in refused


def test_a_draft_deleted_while_the_page_was_open_is_not_found(
    application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The row goes between opening the door and locking it."""
    client, case = in_office(application)
    signed = form(application)
    genuine = views.operations.sign

    def after_deletion(**values: Any) -> Any:
        Application.objects.filter(pk=application.pk).delete()
        return genuine(**values)

    monkeypatch.setattr(views.operations, "sign", after_deletion)
    assert client.post(f"{case}sign/confirm/", signed).status_code == 404
