"""Who may change which rows: the table that the drill with hostile senders judges by.

Django's sessions aside, which everybody has. What is not in the table may be changed by nobody.
"""

from __future__ import annotations

from django.contrib.contenttypes.models import ContentType

from accounts.models import User
from events.models import Invitation
from tests.cast import GUEST, IN_A_CITY, PARTNER, REVIEWERS, STAFF, STRANGER, SUPERUSER

from . import exchange_rights, review_rights
from .city_rights import ASKING_FOR_A_ROLE, OF_A_CITY, REGISTRY
from .may import ALL, May, Sender, done_by_them, their_own
from .write_log import Change, Row


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


def _is_about(row: Row, pk: int | None = None) -> bool:
    kind = ContentType.objects.get_for_model(Invitation).pk
    return row["about_type_id"] == kind and pk in (None, row["about_id"])


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
    *ASKING_FOR_A_ROLE,
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
    May(REGISTRY),
    May(
        "partnerships_card partnerships_contactwish",
        ("changed",),
        columns="position_id asking_position_id asked_position_id topic_id shared_partner_id",
    ),
    # merging doubled entries moves what hangs on them
    May("partnerships_merge", ("added", "changed"), never="kept_city_id merged_city_id"),
    May("partnerships_card", ("changed",), columns="city_id slot version"),
    May(
        "partnerships_contactwish",
        ("changed",),
        columns="asking_id asked_id shared_partner_id state ended_at",
    ),
    May(
        """exchanges_application exchanges_applicationparty exchanges_section exchanges_trip
        exchanges_leg exchanges_reviewer partnerships_commitment""",
        ("changed",),
        columns="""partnership_id party_id city_id destination_id origin_id saved_city_id
        home_city_id version""",
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
    *review_rights.OF_STAFF,
    *exchange_rights.OF_STAFF,
)
ADMINISTERING = (
    *WORKING,
    May("accounts_user", ("added", "changed"), never="password"),
    May("accounts_user account_emailaddress mfa_authenticator", ("removed",)),
)

RIGHTS: dict[str, tuple[May, ...]] = {
    STRANGER: OUTSIDE,
    GUEST: INVITED,
    **dict.fromkeys([*IN_A_CITY, PARTNER], (*SIGNED_IN, *OF_A_CITY, *exchange_rights.OF_A_CITY)),
    **dict.fromkeys(REVIEWERS, (*SIGNED_IN, *review_rights.OF_A_REVIEWER)),
    STAFF: WORKING,
    SUPERUSER: ADMINISTERING,
}


def forbidden(changes: list[Change], sender: Sender) -> list[Change]:
    """Those that the table does not give to the sender."""
    rights = RIGHTS[sender.role]
    return [one for one in changes if not any(may.allows(one, sender) for may in rights)]
