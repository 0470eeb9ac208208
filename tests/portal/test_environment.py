"""The environment is read with sentences that help."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from ude_portal import environment

LONG = "k" * 50


def test_the_mode_is_demo_unless_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("UDE_MODE", raising=False)
    assert environment.mode() == "demo"

    monkeypatch.setenv("UDE_MODE", "prod")
    with pytest.raises(ImproperlyConfigured, match="UDE_MODE is “prod”; it must be demo"):
        environment.mode()


def test_a_secret_comes_from_the_variable_or_from_its_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("LINK_KEY", LONG)
    assert environment.secret("LINK_KEY", production=True) == LONG

    (tmp_path / "key").write_text(f"{LONG}from-file\n")
    monkeypatch.setenv("LINK_KEY_FILE", str(tmp_path / "key"))
    assert environment.secret("LINK_KEY", production=True) == f"{LONG}from-file"


def test_production_refuses_a_missing_short_or_demo_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LINK_KEY", raising=False)
    stand_in = environment.secret("LINK_KEY", production=False)
    for value, state in (("", "is not set"), ("short", "too short"), (stand_in, "demo secret")):
        monkeypatch.setenv("LINK_KEY", value)
        with pytest.raises(ImproperlyConfigured, match=f"LINK_KEY .*{state}.*LINK_KEY_FILE"):
            environment.secret("LINK_KEY", production=True)


def test_stand_ins_differ_from_each_other() -> None:
    names = ("A_KEY", "B_KEY")

    assert len({environment.secret(name, production=False) for name in names}) == 2


def test_a_file_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EMAIL_PASSWORD_FILE", "/nowhere/password")

    with pytest.raises(ImproperlyConfigured, match="EMAIL_PASSWORD_FILE points to /nowhere"):
        environment.value_or_file("EMAIL_PASSWORD")


def test_numbers_are_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PORT", raising=False)
    assert environment.number("PORT", 8000) == 8000

    monkeypatch.setenv("PORT", "8001")
    assert environment.number("PORT", 8000) == 8001

    monkeypatch.setenv("PORT", "eight")
    with pytest.raises(ImproperlyConfigured, match="PORT is “eight”; it must be a whole number"):
        environment.number("PORT", 8000)


@pytest.mark.parametrize(
    ("value", "expected"),
    [("1", True), ("Yes", True), ("on", True), ("0", False), ("false", False), ("", True)],
)
def test_yes_and_no(monkeypatch: pytest.MonkeyPatch, value: str, expected: bool) -> None:
    monkeypatch.setenv("DEBUG", value)

    assert environment.yes("DEBUG", default=True) is expected


def test_neither_yes_nor_no_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEBUG", "perhaps")

    with pytest.raises(ImproperlyConfigured, match="DEBUG is “perhaps”; it must be yes or no"):
        environment.yes("DEBUG", default=True)


def test_folders_are_made_or_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "new" / "data"))
    assert environment.folder("DATA_DIR", tmp_path).is_dir()

    (tmp_path / "file").touch()
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "file" / "data"))
    with pytest.raises(ImproperlyConfigured, match=r"DATA_DIR is .*, which cannot be made"):
        environment.folder("DATA_DIR", tmp_path)
