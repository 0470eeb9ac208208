"""Personal data about posts and their holders."""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from privacy import purge
from privacy.inventory import Personal
from privacy.periods import (
    ANONYMOUS_DOMAIN,
    HALF_A_YEAR,
    ONE_YEAR,
    TWO_YEARS,
    UPLOADED_LIST,
)

from .models import (
    Confirmation,
    ConfirmationRequest,
    ContactWish,
    Handover,
    Holder,
    Import,
    ImportRow,
    Membership,
    OfficeInvitation,
    RoleRequest,
)

_POST = Personal(
    purpose=_("To invite an office to events and to write to it about its partnership."),
    until=_("As long as the office is a contact of the programme."),
)
_HOLDER = Personal(
    purpose=_("To address the person who holds an office."),
    until=_("2 years after the person left the office."),
)
_MEMBER = Personal(
    purpose=_("To let colleagues of a city work on their city's cases."),
    until=_("Until the role ends, at the latest until the account is anonymised."),
)
_REQUEST = Personal(
    purpose=_("To decide who may act for a city, and to show who decided and why."),
    until=_("Half a year after the decision; open requests one year; with the account otherwise."),
)
_INVITED = Personal(
    purpose=_("To let a colleague join the office of their city."),
    until=_("Half a year after the invitation."),
)
_HANDOVER = Personal(
    purpose=_("To tell whoever opens an old link where the work of somebody who left has gone."),
    until=_("2 years after the handover."),
)
_MERGER = Personal(
    purpose=_("To show colleagues who merged doubled entries, and who took that back."),
    until=_("As long as the account is kept."),
)
_IMPORTER = Personal(
    purpose=_("To show colleagues who brought a list in, and who settled its open rows."),
    until=_("As long as the account is kept."),
)
_UPLOAD = Personal(
    purpose=_("To show what a list would change before it is imported."),
    until=_("Until it is imported or discarded, at most 7 days."),
)
_CELLS = Personal(
    purpose=_("To settle rows of an imported list that need a person; may hold remarks."),
    until=_("Half a year after the import, open rows until they are settled."),
)
_CARD = Personal(
    purpose=_("To show other cities what a city offers or looks for; may name people."),
    until=_("As long as the city keeps the card."),
)
_PROMISE = Personal(
    purpose=_("To remember what the cities of a partnership promised; may name people."),
    until=_("As long as the partnership is in the registry."),
)
_WISH = Personal(
    purpose=_("To let the offices of two cities get in touch once both agreed."),
    until=_("2 years after one of them declined or withdrew, otherwise as long as both agree."),
)

_ASKED = Personal(
    purpose=_("To ask a city whether its partnership is as stated, and to remind it once."),
    until=_("2 years after the question, longer while it is the last one to that city."),
)
_ANSWERED = Personal(
    purpose=_("To show who stands by a partnership for a city, and in which office."),
    until=_("2 years after the answer, longer while it is the city's last one."),
)
_WORKED = Personal(
    purpose=_("To show colleagues who brought in a paper or a city, and who decided about it."),
    until=_("As long as the account is kept."),
)

PERSONAL = {
    **dict.fromkeys(
        ["ConfirmationRequest.email", "ConfirmationRequest.passed_on_to"],
        _ASKED,
    ),
    **dict.fromkeys(
        ["Confirmation.name", "Confirmation.email", "Confirmation.message"],
        _ANSWERED,
    ),
    **dict.fromkeys(
        [
            "ConfirmationRequest.asked_by",
            "Confirmation.by",
            "Confirmation.reviewed_by",
            "CityProposal.by",
            "CityProposal.decided_by",
            "AgreementFile.by",
        ],
        _WORKED,
    ),
    **dict.fromkeys(["Position.email", "Position.title", "Position.note"], _POST),
    **dict.fromkeys(["Holder.name", "Holder.salutation", "Holder.since", "Holder.until"], _HOLDER),
    **dict.fromkeys(["Membership.user", "Membership.role", "Membership.created_at"], _MEMBER),
    **dict.fromkeys(
        [
            *(f"RoleRequest.{name}" for name in ("user", "role", "department", "reason")),
            *(f"RoleRequest.{name}" for name in ("asked_at", "decided_by", "answer")),
        ],
        _REQUEST,
    ),
    **dict.fromkeys(
        [f"OfficeInvitation.{name}" for name in ("email", "name", "role", "invited_by")], _INVITED
    ),
    **dict.fromkeys(
        [f"Handover.{name}" for name in ("leaver", "leaver_email", "successor", "last_day")],
        _HANDOVER,
    ),
    **dict.fromkeys(["Import.by", "ImportRow.solved_by"], _IMPORTER),
    **dict.fromkeys(["Merge.by", "Merge.undone_by"], _MERGER),
    **dict.fromkeys(["Card.text", "Card.position"], _CARD),
    **dict.fromkeys(
        ["ContactWish.message", "ContactWish.asking_position", "ContactWish.asked_position"], _WISH
    ),
    **dict.fromkeys(
        ["Commitment.position", "Commitment.text", "Commitment.note", "Commitment.made_by"],
        _PROMISE,
    ),
    "Import.content": _UPLOAD,
    "ImportRow.written": _CELLS,
}
_PLACE = ("name", "country", "region", "latitude", "longitude", "population", "time_zone", "ags")
_MARKS = ("is_demo", "version")
NOT_PERSONAL = {
    "City": (
        *_PLACE,
        "other_names",
        "slug",
        "population_source",
        "geo_source",
        "search_text",
        "sort_key",
        "version",
        "merged_into",
    ),
    "Merge": (
        *("kind", "kept_city", "merged_city", "kept_partnership", "merged_partnership"),
        *("at", "moved", "before", "after", "undone_at"),
    ),
    "CityDomain": ("city", "domain"),
    "RoleRequest": ("city", "state", "decided_at"),
    "OfficeInvitation": (
        *("city", "language", "public_id", "invited_at", "accepted_at", "ended_at"),
    ),
    "Handover": (*("city", "invitation", "department", "cases", "made_at", "completed_at"),),
    "GazetteerPlace": (*_PLACE, "search_text"),
    "Import": (
        *("state", "created_at", "done_at", "undone_at", "file_name", "sha256", "source"),
        *("encoding", "separator", "sheet", "header", "headings", "columns"),
    ),
    "ImportRow": (
        *("of", "number", "line", "outcome", "same_as", "facts", "reasons", "partnership"),
        *("made_it", "before", "seen_version", "fingerprint", "task", "solved_at"),
    ),
    "Organisation": ("slug", "name", "level", "country", "role", "source"),
    "Department": ("slug", "name", "decides", "is_checked"),
    "DepartmentAbroad": ("department", "country", "name", "note"),
    "Duty": ("slug", "name", "explanation", "rank"),
    "Office": (
        *("slug", "country", "title", "kind", "may_speak", "salutation", "note", "rank"),
        *("decides", "is_checked"),
    ),
    "Position": (
        "city",
        "organisation",
        "department",
        "office",
        "language",
        "is_active",
        "is_demo",
        "version",
    ),
    "Holder": ("position",),
    "Membership": ("city",),
    "AgreementFile": ("partnership", "city", "name", "file", "size", "uploaded_at"),
    "CityProposal": (
        *("partnership", "by_city", "name", "country", "region", "note", "created_at"),
        *("state", "city", "decided_at", "reason"),
    ),
    "Confirmation": (
        *("party", "request", "outcome", "at", "office", "statements"),
        *("review", "reviewed_at", "reason"),
    ),
    "ConfirmationRequest": (
        *("party", "round", "purpose", "position", "language", "public_id", "token_version"),
        *("asked_at", "reminded_at", "answered_at", "replaced_at"),
    ),
    "FactConfirmation": ("party", "fact", "value", "comment", "at", "differs_since"),
    "Partnership": (
        *("agreed_on", "started_by", "confirmed_on", "asked_on", "merged_into"),
        "slug",
        "kind",
        "state",
        "year_established",
        "year_is_uncertain",
        "note",
        "source",
        "in_directory",
        "title",
        "search_text",
        "sort_key",
        "sort_key_en",
        "partner_key",
        "partner_key_en",
        "sides",
        "facet_places",
        "facet_topics",
        "created_at",
        "changed_at",
        "version",
    ),
    "TopicRound": ("partnership", "number", "opened_at", "opened_for", "revealed_at", *_MARKS),
    "TopicRanking": ("round", "party", "submitted_at", "version"),
    "TopicChoice": ("ranking", "topic", "rank"),
    "FocusTopic": ("round", "topic", "order"),
    "FocusGoal": ("round", "goal", "why", "language"),
    "Card": ("city", "kind", "slot", "topic", "language", "spoken", "updated_at", *_MARKS),
    "Commitment": (
        *("partnership", "party", "topic", "due_on", "state", "made_on", "closed_on", *_MARKS),
    ),
    "ContactWish": (
        *("asking", "asked", "topic", "shared_partner", "state"),
        *("created_at", "answered_at", "ended_at", "is_demo"),
    ),
    "Party": (
        *("partnership", "city", "order"),
        *("confirmed_at", "confirmed_office", "declined_at"),
    ),
    "PartnershipTopic": ("partnership", "topic", "source", "is_demo"),
}


def forget_former_holders(at: dt.datetime, dry_run: bool) -> int:
    """Who left an office two years ago."""
    due = Holder.objects.filter(until__lt=(at - TWO_YEARS).date())
    return due.count() if dry_run else due.delete()[0]


def end_memberships(at: dt.datetime, dry_run: bool) -> int:
    """Roles of accounts that belong to nobody any more."""
    due = Membership.objects.filter(user__email__endswith=ANONYMOUS_DOMAIN)
    return due.count() if dry_run else due.delete()[0]


def forget_requests(at: dt.datetime, dry_run: bool) -> int:
    """Requests for a role half a year after their decision, or a year after nobody decided."""
    decided = Q(decided_at__lt=at - HALF_A_YEAR)
    due = RoleRequest.objects.filter(decided | Q(state="open", asked_at__lt=at - ONE_YEAR))
    return due.count() if dry_run else due.delete()[0]


def forget_office_invitations(at: dt.datetime, dry_run: bool) -> int:
    """Invitations of colleagues after half a year; they could be accepted for 60 days."""
    due = OfficeInvitation.objects.filter(invited_at__lt=at - HALF_A_YEAR)
    count = due.count()
    if not dry_run:
        due.delete()
    return count


def forget_handovers(at: dt.datetime, dry_run: bool) -> int:
    """Where somebody's work went, two years ago."""
    due = Handover.objects.filter(made_at__lt=at - TWO_YEARS)
    count = due.count()
    if not dry_run:
        due.delete()
    return count


def forget_uploads(at: dt.datetime, dry_run: bool) -> int:
    """Lists that were uploaded and never imported, with their dry run."""
    due = Import.objects.filter(state=Import.State.DRAFT, created_at__lt=at - UPLOADED_LIST)
    count = due.count()
    if not dry_run:
        due.delete()
    return count


def forget_cells(at: dt.datetime, dry_run: bool) -> int:
    """What stood in the cells of lists imported half a year ago; open rows keep theirs."""
    due = ImportRow.objects.filter(of__done_at__lt=at - HALF_A_YEAR).exclude(written={})
    due = due.exclude(task=ImportRow.Task.OPEN)
    return due.count() if dry_run else due.update(written={}, reasons=[])


def forget_old_wishes(at: dt.datetime, dry_run: bool) -> int:
    """Wishes to talk that came to nothing, or ended, two years ago."""
    due = ContactWish.objects.ended_before(at - TWO_YEARS)
    return due.count() if dry_run else due.delete()[0]


def forget_questions(at: dt.datetime, dry_run: bool) -> int:
    """Addresses of old questions; the last one to a city stays, the next yearly check needs it."""
    newer = ConfirmationRequest.objects.filter(party=OuterRef("party"), round__gt=OuterRef("round"))
    due = ConfirmationRequest.objects.filter(Exists(newer), asked_at__lt=at - TWO_YEARS)
    return due.count() if dry_run else due.delete()[0]


def forget_answers(at: dt.datetime, dry_run: bool) -> int:
    """Names of old answers; the office held and what was said stay."""
    newer = Confirmation.objects.filter(party=OuterRef("party"), pk__gt=OuterRef("pk"))
    named = Confirmation.objects.exclude(name="", email="", message="")
    due = named.filter(Exists(newer), at__lt=at - TWO_YEARS)
    return due.count() if dry_run else due.update(name="", email="", message="")


purge.register("partnerships.uploads", forget_uploads)
purge.register("partnerships.cells", forget_cells)
purge.register("partnerships.holders", forget_former_holders)
purge.register("partnerships.memberships", end_memberships)
purge.register("partnerships.role_requests", forget_requests)
purge.register("partnerships.office_invitations", forget_office_invitations)
purge.register("partnerships.handovers", forget_handovers)
purge.register("partnerships.questions", forget_questions)
purge.register("partnerships.answers", forget_answers)
purge.register("partnerships.contact_wishes", forget_old_wishes)
