"""Spreadsheets that were brought in: who, when, and what became of each row."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..importing.reasons import restored
from .links import Partnership
from .places import City


class Import(models.Model):
    """One file: first a draft that shows what would happen, then done, perhaps taken back.

    ``content`` is the file itself; it is dropped as soon as the import is done. ``headings`` are
    those of the line ``header``; ``columns`` maps the names of ``importing.columns.FIELDS`` to
    column numbers from 0.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("not imported yet")
        DONE = "done", _("imported")
        UNDONE = "undone", _("taken back")

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    state = models.CharField(_("state"), max_length=6, choices=State.choices, default=State.DRAFT)
    created_at = models.DateTimeField(_("uploaded"), default=timezone.now)
    done_at = models.DateTimeField(_("imported"), null=True, blank=True)
    undone_at = models.DateTimeField(_("taken back"), null=True, blank=True)
    file_name = models.CharField(_("file"), max_length=150)
    sha256 = models.CharField(_("checksum of the file"), max_length=64)
    content = models.BinaryField(_("content of the file"), default=bytes)
    source = models.CharField(_("source"), max_length=300)
    encoding = models.CharField(_("encoding"), max_length=20, blank=True)
    separator = models.CharField(_("separator"), max_length=1, blank=True)
    sheet = models.CharField(_("sheet"), max_length=100, blank=True)
    header = models.PositiveIntegerField(_("line with the headings"), default=1)
    headings = models.JSONField(_("headings"), default=list)
    columns = models.JSONField(_("columns"), default=dict)
    new_cities = models.ManyToManyField(
        City, verbose_name=_("cities taken over from the gazetteer"), related_name="+"
    )

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT

    @property
    def badge(self) -> str:
        return {"draft": "warning", "done": "success", "undone": "info"}[self.state]

    @property
    def is_done(self) -> bool:
        return self.state == self.State.DONE


class ImportRowQuerySet(models.QuerySet["ImportRow"]):
    def open_tasks(self) -> ImportRowQuerySet:
        """Rows that wait for a person, the oldest first."""
        return self.filter(task=ImportRow.Task.OPEN).order_by("of__done_at", "of", "number")

    def asked(self) -> ImportRowQuerySet:
        """Rows that were put to the staff by an import that still holds."""
        return self.filter(of__state=Import.State.DONE).exclude(task=ImportRow.Task.NONE)


class ImportRow(models.Model):
    """One data row of a file and what became of it.

    ``facts`` and ``written`` hold what was understood and what stood in the cells, by the names
    of ``importing.columns.FIELDS``; ``reasons`` are kept as ``importing.reasons`` stores them.
    ``seen_version`` is the version the partnership got by this row: a higher one means that
    somebody edited it since. ``before`` holds the values that the row filled in.
    """

    class Outcome(models.TextChoices):
        CREATE = "create", _("new")
        WARNING = "create + warning", _("new with a notice")
        MERGE = "merge", _("merged")
        REVIEW = "review", _("to settle")
        REJECT = "reject", _("rejected")
        SKIP = "skip", _("skipped")

    class Task(models.TextChoices):
        NONE = "", _("no task")
        OPEN = "open", _("open")
        SOLVED = "solved", _("solved")
        DISCARDED = "discarded", _("discarded")

    of = models.ForeignKey(
        Import, verbose_name=_("import"), on_delete=models.CASCADE, related_name="rows"
    )
    number = models.PositiveIntegerField(_("row"))
    line = models.PositiveIntegerField(_("line"))
    outcome = models.CharField(_("outcome"), max_length=16, choices=Outcome.choices)
    same_as = models.PositiveIntegerField(_("same as row"), null=True, blank=True)
    facts = models.JSONField(_("understood"), default=dict)
    written = models.JSONField(_("written in the cells"), default=dict)
    reasons = models.JSONField(_("reasons"), default=list)
    partnership = models.ForeignKey(
        Partnership,
        verbose_name=_("partnership"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="import_rows",
    )
    made_it = models.BooleanField(_("made the partnership"), default=False)
    before = models.JSONField(_("values before"), default=dict)
    seen_version = models.PositiveIntegerField(_("version"), null=True, blank=True)
    fingerprint = models.CharField(_("fingerprint"), max_length=64, blank=True, db_index=True)
    task = models.CharField(
        _("task"), max_length=9, choices=Task.choices, blank=True, default=Task.NONE
    )
    solved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("settled by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    solved_at = models.DateTimeField(_("settled"), null=True, blank=True)

    objects = ImportRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("row of an import")
        verbose_name_plural = _("rows of an import")
        ordering = ["of", "number"]
        constraints = [
            models.UniqueConstraint(fields=["of", "number"], name="import_row_once"),
        ]

    def __str__(self) -> str:
        return f"{self.of}, {self.number}"

    @property
    def title(self) -> str:
        """The two cities as they stand in the row."""
        names = ("german_city", "partner_city")
        return " – ".join(self.written.get(name) or self.facts.get(name, "") for name in names)

    @property
    def why(self) -> list[str]:
        """The reasons as sentences in the reader's language."""
        return [str(restored(reason)) for reason in self.reasons]
