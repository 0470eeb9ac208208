"""Which files may be uploaded: to an event's page, or beside an agreement."""

from __future__ import annotations

import io
import secrets
import zipfile
from pathlib import PurePath
from typing import Any

import puremagic
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.http import FileResponse, Http404
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

MEGABYTE = 1024 * 1024
LARGEST = 10 * MEGABYTE
MOST_PIXELS = 40_000_000
MOST_ENTRIES, LARGEST_UNPACKED = 2000, 100 * MEGABYTE

#: Allowed extensions and the signatures (as puremagic names them) their content may have.
SIGNATURES = {
    ".pdf": {".pdf"},
    ".docx": {".docx"},
    ".xlsx": {".xlsx"},
    ".odt": {".odt"},
    ".png": {".png"},
    ".jpg": {".jpg", ".jpeg"},
}
#: Formats of pictures, as Pillow names them.
PICTURES = {".png": "PNG", ".jpg": "JPEG"}
#: What only this kind of zip archive holds.
MEMBERS = {".docx": "word/document.xml", ".xlsx": "xl/workbook.xml", ".odt": "content.xml"}


def check(upload: Any) -> Any:
    """Return the upload under a random stored name; refuse what is not on the list.

    Raises ``ValidationError`` with code ``size``, ``extension`` or ``content``.
    """
    if upload.size > LARGEST:
        raise ValidationError(_("The file is larger than 10 MB."), code="size")
    extension = PurePath(upload.name or "").suffix.lower().replace(".jpeg", ".jpg")
    if extension not in SIGNATURES:
        raise ValidationError(
            _("Only PDF, DOCX, XLSX, ODT, PNG and JPG files are accepted."), code="extension"
        )
    upload.seek(0)
    content = upload.read()
    upload.seek(0)
    if not _is_what_it_says(content, extension):
        raise ValidationError(
            _("The content of the file is not what its name says, or it is not safe."),
            code="content",
        )
    if extension in PICTURES:
        upload = ContentFile(_drawn_anew(content, PICTURES[extension]))
    upload.name = secrets.token_hex(16) + extension
    return upload


def download(stored: Any, name: str) -> FileResponse:
    """A stored file under a name, always as a download and never run by the browser.

    Raises ``Http404`` when it is not on the disk.
    """
    try:
        content = stored.open()
    except FileNotFoundError:
        raise Http404("the file is not there") from None
    response = FileResponse(content, as_attachment=True, filename=name)
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _drawn_anew(content: bytes, form: str) -> bytes:
    """The same picture without what was hidden in its file: places, names, foreign bytes."""
    with Image.open(io.BytesIO(content), formats=[form]) as image:
        upright = ImageOps.exif_transpose(image)
        upright.info.clear()
        drawn = io.BytesIO()
        upright.save(drawn, format=form, quality=90)
    return drawn.getvalue()


def _is_what_it_says(content: bytes, extension: str) -> bool:
    try:
        found = {match.extension for match in puremagic.magic_string(content)}
    except (puremagic.PureError, ValueError):
        return False
    if not found & SIGNATURES[extension]:
        return False
    if extension in MEMBERS:
        return _is_harmless_archive(content, MEMBERS[extension])
    return extension == ".pdf" or _is_harmless_image(content)


def _is_harmless_archive(content: bytes, member: str) -> bool:
    """An office document without macros that does not unpack into a flood."""
    try:
        entries = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except zipfile.BadZipFile:
        return False
    names = {entry.filename for entry in entries}
    small = sum(entry.file_size for entry in entries) <= LARGEST_UNPACKED
    macros = any(name.lower().endswith("vbaproject.bin") for name in names)
    return member in names and len(entries) <= MOST_ENTRIES and small and not macros


def _is_harmless_image(content: bytes) -> bool:
    """A whole image of a size that a browser can show."""
    try:
        with Image.open(io.BytesIO(content), formats=["PNG", "JPEG"]) as image:
            width, height = image.size
            if width * height > MOST_PIXELS:
                return False
            image.load()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return False
    return True
