"""Files of events: only what the list allows, and only if the content says so, too."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from partnerships import uploads


def archive(*names: str, content: bytes = b"x") -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in names:
            packed.writestr(name, content)
    return target.getvalue()


def picture(kind: str = "PNG", size: tuple[int, int] = (4, 4)) -> bytes:
    target = io.BytesIO()
    Image.new("L", size).save(target, kind)
    return target.getvalue()


DOCX = archive("[Content_Types].xml", "word/document.xml")
GOOD = {
    "a.pdf": b"%PDF-1.7 ...",
    "A.PDF": b"%PDF-1.4 ...",
    "a.docx": DOCX,
    "a.xlsx": archive("[Content_Types].xml", "xl/workbook.xml"),
    "a.odt": archive("mimetype", "content.xml"),
    "a.png": picture(),
    "a.jpg": picture("JPEG"),
    "a.jpeg": picture("JPEG"),
}
BAD = {
    "page.html": (b"<html>", "extension"),
    "drawing.svg": (b"<svg onload='alert(1)'>", "extension"),
    "macro.docm": (DOCX, "extension"),
    "noname": (b"%PDF-1.7", "extension"),
    "double.pdf.exe": (b"%PDF-1.7", "extension"),
    "page.pdf": (b"<html><script>alert(1)</script>", "content"),
    "empty.pdf": (b"", "content"),
    "program.pdf": (b"MZ\x90\x00", "content"),
    "sheet.docx": (GOOD["a.xlsx"], "content"),
    "macro.docx": (archive("word/document.xml", "word/vbaProject.bin"), "content"),
    "broken.docx": (b"PK\x03\x04 broken", "content"),
    "picture.pdf": (picture(), "content"),
    "cut.png": (picture()[:30], "content"),
    "named.jpg": (picture(), "content"),
    "text.png": (b"just text", "content"),
}


@pytest.mark.parametrize("name", GOOD)
def test_allowed_files_get_a_random_name(name: str) -> None:
    kept = uploads.check(SimpleUploadedFile(name, GOOD[name]))
    suffix = name.rpartition(".")[2].lower().replace("jpeg", "jpg")
    assert re.fullmatch(rf"[0-9a-f]{{32}}\.{suffix}", kept.name)
    if suffix not in {"png", "jpg"}:
        assert kept.read() == GOOD[name]


def test_pictures_lose_what_was_hidden_in_their_file() -> None:
    where = Image.Exif()
    where[0x010E] = "taken at home"
    target = io.BytesIO()
    Image.new("L", (8, 4)).save(target, "JPEG", exif=where)
    assert b"taken at home" in target.getvalue()
    content = uploads.check(SimpleUploadedFile("a.jpg", target.getvalue() + b"<?php ?>")).read()
    assert b"taken at home" not in content
    assert b"<?php" not in content
    assert Image.open(io.BytesIO(content)).size == (8, 4)


@pytest.mark.parametrize("name", BAD)
def test_other_files_are_refused_with_a_reason(name: str) -> None:
    content, code = BAD[name]
    with pytest.raises(ValidationError) as refusal:
        uploads.check(SimpleUploadedFile(name, content))
    assert refusal.value.code == code


def test_more_than_ten_megabytes_are_refused() -> None:
    with pytest.raises(ValidationError) as refusal:
        uploads.check(SimpleUploadedFile("a.pdf", b"%PDF" + b"x" * uploads.LARGEST))
    assert refusal.value.code == "size"


@pytest.mark.parametrize("limit", ["MOST_ENTRIES", "LARGEST_UNPACKED"])
def test_archives_that_unpack_into_a_flood_are_refused(
    limit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = archive("word/document.xml", "word/styles.xml", content=b"0" * 1000)
    assert uploads.check(SimpleUploadedFile("a.docx", content))
    monkeypatch.setattr(uploads, limit, 1)
    with pytest.raises(ValidationError):
        uploads.check(SimpleUploadedFile("a.docx", content))


def test_pictures_too_large_to_show_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert uploads.check(SimpleUploadedFile("a.png", picture(size=(10, 10))))
    monkeypatch.setattr(uploads, "MOST_PIXELS", 99)
    with pytest.raises(ValidationError):
        uploads.check(SimpleUploadedFile("a.png", picture(size=(10, 10))))
