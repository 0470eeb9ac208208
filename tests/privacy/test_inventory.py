"""The inventory of personal data is complete, true, and readable."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import AppConfig, apps
from django.db import models
from django.test import Client

from privacy import inventory
from privacy.inventory import Personal, own_apps

OWN = own_apps()


def by_label(app: AppConfig) -> str:
    return app.label


def other_models() -> list[str]:
    own = {app.label for app in OWN}
    return [m._meta.label for m in apps.get_models() if m._meta.app_label not in own]


def test_the_apps_of_the_project_are_ours_and_no_library_is() -> None:
    labels = {app.label for app in OWN}
    assert {"accounts", "events", "mailing", "partnerships", "sdg", "pages", "journal"} <= labels
    assert "admin" not in labels


@pytest.mark.parametrize("app", OWN, ids=by_label)
def test_every_field_is_declared_personal_or_not(app: AppConfig) -> None:
    assert inventory.unclassified(app) == []


@pytest.mark.parametrize("app", OWN, ids=by_label)
def test_nothing_is_declared_that_does_not_exist_or_twice(app: AppConfig) -> None:
    said = inventory.declarations(app)
    if said is None:
        assert not list(app.get_models())
        return
    existing = {
        f"{model.__name__}.{name}"
        for model in app.get_models()
        for name in inventory.fields_of(model)
    }
    plain = [f"{model}.{name}" for model, names in said.NOT_PERSONAL.items() for name in names]
    assert sorted({*said.PERSONAL, *plain} - existing) == []
    assert sorted(set(said.PERSONAL) & set(plain)) == []


def test_every_table_of_a_library_is_declared_personal_or_not() -> None:
    declared = [
        label for app in OWN for label in getattr(inventory.declarations(app), "OTHER_TABLES", {})
    ]
    assert sorted(declared) == sorted(other_models())


def test_a_new_field_that_nobody_declared_is_noticed() -> None:
    """Negative control: a dummy field of a dummy model."""

    class Note(models.Model):
        text = models.TextField()

        class Meta:
            app_label = "dummy"
            managed = False

        def __str__(self) -> str:
            return self.text

    class Dummy(AppConfig):
        name = "sdg"
        label = "dummy"

        def get_models(self, *args: Any, **kwargs: Any) -> Any:
            return [Note]

    assert inventory.unclassified(Dummy("sdg", apps.get_app_config("sdg").module)) == ["Note.text"]
    apps.all_models["dummy"].clear()


def test_an_app_without_declarations_has_all_its_fields_noticed() -> None:
    app = apps.get_app_config("contenttypes")
    assert "ContentType.model" in inventory.unclassified(app)


def test_every_entry_says_what_for_and_until_when() -> None:
    for app in OWN:
        said = inventory.declarations(app)
        for entry in said.PERSONAL.values() if said else ():
            assert isinstance(entry, Personal)
            assert str(entry.purpose).endswith(".")
            assert str(entry.until).endswith(".")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "texts"),
    [
        (
            "/data-protection/inventory/",
            ["Welche personenbezogenen Daten", "90 Tage nach dem Versand", "Einladung"],
        ),
        (
            "/en/data-protection/inventory/",
            ["Which personal data we keep", "90 days after sending", "Invitation"],
        ),
    ],
)
def test_everybody_reads_the_inventory_in_both_languages(
    client: Client, address: str, texts: list[str]
) -> None:
    content = client.get(address).content.decode()
    assert [text for text in texts if text not in content] == []


def test_fields_with_one_purpose_share_a_line() -> None:
    lines = [row for row in inventory.rows() if "Rathaus" not in row.thing]
    holder = [row for row in lines if row.purpose.startswith(("Damit wir", "To address"))]
    assert [len(row.fields) for row in holder] == [4]
