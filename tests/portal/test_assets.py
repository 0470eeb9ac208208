"""Fetching the design system: copied once, never half, and never a reason to stop."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from ude_portal import assets, checks

FACE = "@font-face {{\n    src: url('./fira-sans/FiraSans-{font}.woff2');\n}}\n"


def unpack(root: Path) -> None:
    """What npm would leave behind, in small."""
    dist = root / "node_modules" / "@kern-ux" / "native" / "dist"
    (dist / "fonts" / "fira-sans").mkdir(parents=True, exist_ok=True)
    (dist / "kern.min.css").write_text(".kern-btn{}")
    (dist.parent / "LICENSE.md").write_text("EUPL-1.2")
    fonts = (*assets.FONTS, "Hair")
    for font in fonts:
        (dist / "fonts" / "fira-sans" / f"FiraSans-{font}.woff2").write_bytes(b"wOF2")
    faces = "".join(FACE.format(font=font) for font in fonts)
    (dist / "fonts" / "fira-sans.css").write_text(faces)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "package-lock.json").write_text('{"lockfileVersion": 3}')
    return tmp_path


def test_what_pages_use_is_copied_with_its_licence(root: Path) -> None:
    assert assets.bring(root, unpack) is True
    target = assets.vendor_dir(root)
    copied = {str(path.relative_to(target)) for path in target.rglob("*") if path.is_file()}
    fonts = {f"fira-sans/FiraSans-{font}.woff2" for font in assets.FONTS}
    assert copied == {"kern.min.css", "fira-sans.css", "LICENSE.md", "stamp"} | fonts


def test_the_style_sheet_names_only_fonts_that_were_copied(root: Path) -> None:
    assets.bring(root, unpack)
    target = assets.vendor_dir(root)
    named = re.findall(r"url\('\./([^']+)'\)", (target / "fira-sans.css").read_text())
    assert len(named) == len(assets.FONTS)
    assert [name for name in named if not (target / name).exists()] == []


def test_nothing_is_done_while_the_lock_is_the_same(root: Path) -> None:
    assets.bring(root, unpack)

    def never(root: Path) -> None:
        raise AssertionError("npm was called")

    assert assets.bring(root, never) is False


def test_a_new_lock_fetches_again(root: Path) -> None:
    assets.bring(root, unpack)
    (root / "package-lock.json").write_text('{"lockfileVersion": 3, "packages": {}}')
    assert assets.bring(root, unpack) is True


def test_a_package_that_lacks_a_file_leaves_no_stamp(root: Path) -> None:
    def half(root: Path) -> None:
        unpack(root)
        (root / "node_modules/@kern-ux/native/LICENSE.md").unlink()

    with pytest.raises(assets.Unavailable, match=r"LICENSE\.md"):
        assets.bring(root, half)
    assert assets.is_current(root) is False


def test_without_any_npm_the_reasons_are_told(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(root))
    with pytest.raises(assets.Unavailable, match=r"no npm on this computer; .*requirements"):
        assets.npm_install(root)


def test_the_command_says_so_and_goes_on(
    root: Path,
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    settings.BASE_DIR = root
    monkeypatch.setenv("PATH", str(root))
    call_command("assets")
    assert "Pages are plain but usable" in capsys.readouterr().err
    with pytest.raises(CommandError, match="could not be fetched"):
        call_command("assets", "--required")


def test_the_command_is_content_with_a_current_copy(
    root: Path, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    assets.bring(root, unpack)
    settings.BASE_DIR = root
    call_command("assets")
    assert capsys.readouterr().out == "Assets are current.\n"


def test_a_check_warns_when_the_design_system_is_missing(root: Path, settings: Any) -> None:
    settings.BASE_DIR, settings.TEST = root, False
    assert [warning.id for warning in checks.pages_have_their_look()] == ["ude.W001"]
    assets.bring(root, unpack)
    assert checks.pages_have_their_look() == []


def test_the_check_is_silent_in_test_mode(root: Path, settings: Any) -> None:
    settings.BASE_DIR, settings.TEST = root, True
    assert checks.pages_have_their_look() == []


def test_the_lock_holds_hashes_and_no_address(settings: Any) -> None:
    lock = (settings.BASE_DIR / "package-lock.json").read_text()
    assert "sha512-" in lock
    assert "://" not in lock
