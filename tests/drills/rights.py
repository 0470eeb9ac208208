"""Who may change which rows: the table that the drill with hostile senders judges by.

Django's sessions aside, which everybody has. What is not in the table may be changed by nobody.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType

from accounts.models import User
from events.models import Invitation
from partnerships import policies
from partnerships.models import Membership, Partnership, TopicRanking
from tests.cast import GUEST, IN_A_CITY, PARTNER, STAFF, STRANGER, SUPERUSER

from .write_log import Change, Row

ALL = "added", "changed", "removed"


@dataclass(frozen=True)
class Sender:
    """Somebody of the cast; ``user`` is ``None`` and ``guest`` their invitation, or the reverse."""

    role: str
    user: Any = None
    guest: Any = None


Whose = Callable[[Row, Sender], bool]


def anybodys(row: Row, sender: Sender) -> bool:
    return True


def their_own(row: Row, sender: Sender) -> bool:
    """The account itself, or what belongs to it."""
    owner = row["user_id"] if "user_id" in row else row["id"]
    return sender.user is not None and owner == sender.user.pk


def done_by_them(row: Row, sender: Sender) -> bool:
    """The portal may act in consequence, but nobody is named who did not do it."""
    return sender.user is not None and row["by_id"] in (sender.user.pk, None)


def of_an_account(row: Row, sender: Sender) -> bool:
    return str(row["kind"]).startswith("accounts.")


def of_their_invitation(row: Row, sender: Sender) -> bool:
    return sender.guest is not None and row["invitation_id"] == sender.guest.pk


def their_invitation(row: Row, sender: Sender) -> bool:
    return sender.guest is not None and row["id"] == sender.guest.pk


def of_their_event(row: Row, sender: Sender) -> bool:
    return sender.guest is not None and row["event_id"] == sender.guest.event_id


def by_a_guest(row: Row, sender: Sender) -> bool:
    """About the guest, or about another whom the freed seat went to."""
    actors = "guest" if _is_about(row, sender.guest.pk) else "system"
    return _is_about(row) and row["actor"] == actors and row["by_id"] is None


def of_an_invitation(row: Row, sender: Sender) -> bool:
    return _is_about(row)


def their_address(row: Row, sender: Sender) -> bool:
    return sender.guest is not None and row["email"] == sender.guest.email


def a_citys(row: Row, sender: Sender) -> bool:
    """An account of somebody who is not staff."""
    return not row["is_staff"] and not row["is_superuser"]


def never_signed_in(row: Row, sender: Sender) -> bool:
    return a_citys(row, sender) and row["last_login"] is None


def of_a_citys(row: Row, sender: Sender) -> bool:
    return not User.objects.filter(pk=row["user_id"], is_staff=True).exists()


def of_their_city(row: Row, sender: Sender) -> bool:
    return row["city_id"] in _cities(sender)


def asked_by_their_city(row: Row, sender: Sender) -> bool:
    return row["asking_id"] in _cities(sender)


def between_their_city_and_another(row: Row, sender: Sender) -> bool:
    return bool({row["asking_id"], row["asked_id"]} & _cities(sender))


def of_an_office(row: Row, sender: Sender) -> bool:
    return str(row["kind"]).startswith("partnerships.")


def their_partnership(row: Row, sender: Sender) -> bool:
    """The partnership of their city, or what belongs to it or to one of its rounds."""
    own = Partnership.objects.filter(parties__city__in=_cities(sender))
    if "round_id" in row:
        return own.filter(topic_rounds=row["round_id"]).exists()
    return own.filter(pk=row.get("partnership_id", row["id"])).exists()


def their_citys_list(row: Row, sender: Sender) -> bool:
    """The ranking of their own city, or a choice in it; the others' are nobody else's business."""
    ranking = row.get("ranking_id", row["id"])
    return TopicRanking.objects.filter(pk=ranking, party__city__in=_cities(sender)).exists()


def _cities(sender: Sender) -> set[int]:
    """Those whose office the sender may edit for."""
    memberships = Membership.objects.filter(user=sender.user, role__in=policies.May.EDIT.value)
    return set(memberships.values_list("city", flat=True))


def _is_about(row: Row, pk: int | None = None) -> bool:
    kind = ContentType.objects.get_for_model(Invitation).pk
    return row["about_type_id"] == kind and pk in (None, row["about_id"])


@dataclass(frozen=True)
class May:
    """Rows of these tables may be added, changed or removed; changed in these columns or in all."""

    tables: str
    kinds: tuple[str, ...] = ALL
    whose: Whose = anybodys
    columns: str = ""
    never: str = ""

    def allows(self, change: Change, sender: Sender) -> bool:
        return (
            change.table in self.tables.split()
            and change.kind in self.kinds
            and (not self.columns or change.columns <= set(self.columns.split()))
            and not change.columns & set(self.never.split())
            and self.whose(change.row, sender)
        )


#: What a partnership takes over from its topics.
FOLLOWING = (
    "title_de title_en search_text sort_key sort_key_en partner_key partner_key_en sides"
    " facet_places facet_topics"
)
SEAT = "seat pool_id waitlist_number calendar_sequence has_calendar version"

#: A typed address makes mails, and its account gets the row that a code confirms.
EVERYBODY = (
    May("mailing_mail", ("added",), of_an_account),
    May("account_emailaddress", ("added",)),
)
#: They may sign up, too; what they become is somebody without any right.
OUTSIDE = (*EVERYBODY, May("accounts_user", ("added",), a_citys))
#: allauth takes over a new address once its code was typed, so the account's may change.
SIGNED_IN = (
    *EVERYBODY,
    May("accounts_user", ("changed",), their_own, never="is_staff is_superuser is_active"),
    May("account_emailaddress mfa_authenticator", ALL, their_own),
)
#: What the roles that edit for a city may; the others have no city here (see ``_cities``).
OF_A_CITY = (
    *SIGNED_IN,
    May("partnerships_card", ALL, of_their_city),
    May("partnerships_contactwish", ("added",), asked_by_their_city),
    May(
        "partnerships_contactwish",
        ("changed",),
        between_their_city_and_another,
        "state asked_position_id answered_at ended_at",
    ),
    May("partnerships_topicround", ("added",), their_partnership),
    May("partnerships_topicround", ("changed",), their_partnership, "revealed_at version"),
    May("partnerships_topicranking", ("added",), their_partnership),
    May("partnerships_topicranking", ("changed",), their_citys_list, "submitted_at version"),
    May("partnerships_topicchoice", ALL, their_citys_list),
    May("partnerships_focustopic", ("added",), their_partnership),
    May("partnerships_focusgoal partnerships_partnershiptopic", ALL, their_partnership),
    May("partnerships_partnership", ("changed",), their_partnership, FOLLOWING),
    May("mailing_mail", ("added", "changed"), of_an_office, never="key kind to subject text html"),
    May("journal_entry", ("added",), done_by_them),
)
INVITED = (
    *OUTSIDE,
    May(
        "events_invitation",
        ("changed",),
        their_invitation,
        f"{SEAT} choice answered_at answered_by_name message",
    ),
    May("events_invitation", ("changed",), of_their_event, SEAT),
    May("events_answer", ("added",), of_their_invitation),
    May("events_seatpool", ("changed",), of_their_event, "taken last_number"),
    May("mailing_mail", ("added",), of_an_invitation),
    May("mailing_blockedaddress", ("added",), their_address),
    May("journal_entry", ("added",), by_a_guest),
)
WORKING = (
    *SIGNED_IN,
    May("accounts_user", ("added",), a_citys),
    May("accounts_user", ("changed",), a_citys, never="is_staff is_superuser password"),
    May("accounts_user", ("removed",), never_signed_in),
    May("account_emailaddress mfa_authenticator", ("removed",), of_a_citys),
    May("partnerships_membership"),
    May(
        "partnerships_city partnerships_organisation partnerships_department partnerships_office"
        " partnerships_position partnerships_holder partnerships_partnership partnerships_party"
        " partnerships_partnershiptopic partnerships_duty partnerships_office_duties"
        " partnerships_departmentabroad"
    ),
    # what goes with a partnership or a post that is deleted
    May(
        "partnerships_topicround partnerships_topicranking partnerships_topicchoice"
        " partnerships_focustopic partnerships_focusgoal",
        ("removed",),
    ),
    May(
        "partnerships_card partnerships_contactwish",
        ("changed",),
        columns="position_id asking_position_id asked_position_id topic_id shared_partner_id",
    ),
    May("partnerships_import partnerships_import_new_cities partnerships_importrow"),
    May("sdg_topic sdg_topic_goals pages_page pages_newsitem mailing_blockedaddress"),
    May("sdg_goal", ("changed",), never="number dimension"),
    May("sdg_target", ("changed",), never="code goal_id"),
    May("events_event events_session events_eventfile events_reminderrule events_seatpool"),
    May("events_invitation events_delegation", ("added", "changed"), never="public_id event_id"),
    May("events_answer events_reminder", ("added",)),
    May("mailing_mail", ("added", "changed"), never="key kind to subject text html message_id"),
    May("journal_entry", ("added",), done_by_them),
    May("django_admin_log", ("added",), their_own),
)
ADMINISTERING = (
    *WORKING,
    May("accounts_user", ("added", "changed"), never="password"),
    May("accounts_user account_emailaddress mfa_authenticator", ("removed",)),
)

RIGHTS: dict[str, tuple[May, ...]] = {
    STRANGER: OUTSIDE,
    GUEST: INVITED,
    **dict.fromkeys([*IN_A_CITY, PARTNER], OF_A_CITY),
    STAFF: WORKING,
    SUPERUSER: ADMINISTERING,
}


def forbidden(changes: list[Change], sender: Sender) -> list[Change]:
    """Those that the table does not give to the sender."""
    rights = RIGHTS[sender.role]
    return [one for one in changes if not any(may.allows(one, sender) for may in rights)]
