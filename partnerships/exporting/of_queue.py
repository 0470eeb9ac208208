"""What waits for the staff, as files: each part of the queue is a list of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..models import CityProposal, Confirmation, ImportRow, RoleRequest
from ..staff import queue_list
from .lists import Chosen, ListColumn, ListExport


def whole(rows: Callable[[], Any], page: str) -> Callable[[HttpRequest], Chosen]:
    """A list without filters: all that waits."""

    def find(request: HttpRequest) -> Chosen:
        found = list(rows())
        return Chosen(count=len(found), rows=lambda: found, filters={}, back=reverse(page))

    return find


def _answers() -> Iterable[Confirmation]:
    return Confirmation.objects.to_review().select_related("party__partnership", "party__city")


def _disputes() -> list[tuple[Any, Any]]:
    open_ones = queue_list.disputes(timezone.now(), most=None)
    return [(partnership, one) for partnership, found in open_ones for one in found]


def _stated(row: Any) -> str:
    _partnership, difference = row
    return "; ".join(f"{side.party.city.name}: {side.shown}" for side in difference.sides)


def _proposals() -> Iterable[CityProposal]:
    return CityProposal.objects.open().select_related("by_city", "partnership")


def _role_requests() -> Iterable[RoleRequest]:
    return RoleRequest.objects.for_decision().with_coordinator()


def _import_rows() -> Iterable[ImportRow]:
    return ImportRow.objects.open_tasks().select_related("of").defer("of__content")


ANSWER_COLUMNS = (
    ListColumn("partnership", _("Partnership"), 36, lambda one: one.party.partnership.title),
    ListColumn("city", _("City"), 24, lambda one: one.party.city.name),
    ListColumn("answer", _("Answer"), 24, lambda one: str(one.get_outcome_display())),
    ListColumn("at", _("Time"), 18, lambda one: one.at),
    ListColumn("name", _("Name"), 28, lambda one: one.name, is_personal=True),
    ListColumn("office", _("Office held"), 28, lambda one: one.office, is_personal=True),
    ListColumn("email", _("E-mail address"), 34, lambda one: one.email, is_personal=True),
    ListColumn("message", _("Message"), 40, lambda one: one.message, is_personal=True),
)
DISPUTE_COLUMNS = (
    ListColumn("partnership", _("Partnership"), 36, lambda row: row[0].title),
    ListColumn("fact", _("Fact"), 24, lambda row: str(row[1].fact.label)),
    ListColumn("stated", _("What each city states"), 50, _stated),
    ListColumn("since", _("Differs since"), 18, lambda row: row[1].since),
)
PROPOSAL_COLUMNS = (
    ListColumn("name", _("Name"), 28, lambda one: one.name),
    ListColumn("country", _("Country"), 10, lambda one: one.country.code),
    ListColumn("region", _("Region"), 24, lambda one: one.region),
    ListColumn("by_city", _("Proposed by"), 24, lambda one: one.by_city.name),
    ListColumn("at", _("Proposed"), 18, lambda one: one.created_at),
    ListColumn("note", _("Note"), 40, lambda one: one.note),
)
SILENT_COLUMNS = (
    ListColumn("partnership", _("Partnership"), 36, lambda row: row.title),
    ListColumn("state", _("State"), 24, lambda row: str(row.partnership.get_state_display())),
    ListColumn("why", _("Why it is here"), 40, lambda row: str(row.why)),
    ListColumn("since", _("Since"), 14, lambda row: f"{row.since or ''}"),
    ListColumn("waits_for", _("Waits for"), 28, lambda row: row.waits_for),
)
ROLE_COLUMNS = (
    ListColumn("city", _("City"), 28, lambda one: one.city.name),
    ListColumn("role", _("Role"), 22, lambda one: str(one.get_role_display())),
    ListColumn("asked", _("Asked"), 18, lambda one: one.asked_at),
    ListColumn(
        "decides",
        _("Who decides"),
        20,
        lambda one: str(_("the city") if one.has_coordinator else _("the staff")),
    ),
    ListColumn("name", _("Name"), 28, lambda one: one.user.name, is_personal=True),
    ListColumn("email", _("E-mail address"), 34, lambda one: one.user.email, is_personal=True),
    ListColumn("department", _("Department"), 28, lambda one: one.department, is_personal=True),
    ListColumn("reason", _("Reason"), 40, lambda one: one.reason, is_personal=True),
)
IMPORT_COLUMNS = (
    ListColumn("cities", _("Cities"), 36, lambda row: row.title),
    ListColumn("why", _("Why"), 50, lambda row: "; ".join(row.why)),
    ListColumn("file", _("List"), 30, lambda row: row.of.file_name),
    ListColumn("row", _("Row"), 8, lambda row: row.number),
    ListColumn("line", _("Line"), 8, lambda row: row.line),
)

QUEUE = "partnerships:queue"
LISTS = (
    ListExport(
        "answers", _("Answers from unknown addresses"), ANSWER_COLUMNS, whole(_answers, QUEUE)
    ),
    ListExport(
        "differences",
        _("Differences older than ten days"),
        DISPUTE_COLUMNS,
        whole(_disputes, QUEUE),
    ),
    ListExport("proposed-cities", _("Proposed cities"), PROPOSAL_COLUMNS, whole(_proposals, QUEUE)),
    ListExport(
        "silent",
        _("Partnerships nobody answers for"),
        SILENT_COLUMNS,
        whole(lambda: queue_list.silent(timezone.now(), most=None), QUEUE),
    ),
    ListExport(
        "role-requests",
        _("Requests for roles"),
        ROLE_COLUMNS,
        whole(_role_requests, "partnerships:role_requests"),
    ),
    ListExport(
        "import-rows",
        _("Rows to settle"),
        IMPORT_COLUMNS,
        whole(_import_rows, "partnerships:import_tasks"),
    ),
)
