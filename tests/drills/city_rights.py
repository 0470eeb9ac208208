"""What people of cities may change: their office, its partnerships, and nobody else's."""

from __future__ import annotations

from partnerships.models import Handover, Partnership, Party, Position, TopicRanking, TopicRound
from partnerships.policies import May as Role

from .may import ALL, May, Sender, Whose, done_by_them, their_own
from .write_log import Row

#: What staff keep, and what goes with a partnership or a post that is deleted.
REGISTRY = """partnerships_city partnerships_citydomain partnerships_organisation
    partnerships_department partnerships_departmentabroad partnerships_office
    partnerships_office_duties partnerships_duty partnerships_position partnerships_holder
    partnerships_membership partnerships_rolerequest partnerships_officeinvitation
    partnerships_handover partnerships_handover_positions partnerships_partnership
    partnerships_partnership_signatories partnerships_partnership_organisations
    partnerships_party partnerships_partnershiptopic partnerships_confirmationrequest
    partnerships_confirmation partnerships_factconfirmation partnerships_cityproposal
    partnerships_agreementfile partnerships_topicround partnerships_topicranking
    partnerships_topicchoice partnerships_focustopic partnerships_focusgoal"""
#: What hangs on a partnership.
PARTNERSHIP = """partnerships_party partnerships_partnershiptopic
    partnerships_partnership_signatories partnerships_partnership_organisations
    partnerships_confirmationrequest partnerships_confirmation partnerships_factconfirmation
    partnerships_cityproposal partnerships_agreementfile partnerships_focusgoal"""


def of_an_office(row: Row, sender: Sender) -> bool:
    return str(row["kind"]).startswith(("partnerships.", "exchanges."))


def own_address(row: Row, sender: Sender) -> bool:
    return sender.user is not None and row["email"] == sender.user.email


def for_a_city(role: Role) -> Whose:
    """Rows of a city for which the sender has this kind of role."""
    return lambda row, sender: row["city_id"] in _cities(sender, role)


def of_their_post(row: Row, sender: Sender) -> bool:
    posts = Position.objects.filter(city__in=_cities(sender, Role.EDIT))
    return posts.filter(pk=row["position_id"]).exists()


def handed_on(row: Row, sender: Sender) -> bool:
    """Who leaves a city gives on the roles they have there, and no others."""
    return (row["city_id"], row["role"]) in sender.offices


def own_handover(row: Row, sender: Sender) -> bool:
    leaver = row.get("leaver_id", None)
    if "handover_id" in row:
        leaver = Handover.objects.values_list("leaver", flat=True).get(pk=row["handover_id"])
    return sender.user is not None and leaver == sender.user.pk


def asked_by_their_city(row: Row, sender: Sender) -> bool:
    return row["asking_id"] in _cities(sender, Role.EDIT)


def between_their_city_and_another(row: Row, sender: Sender) -> bool:
    return bool({row["asking_id"], row["asked_id"]} & _cities(sender, Role.EDIT))


def their_partnership(row: Row, sender: Sender) -> bool:
    """The partnership of their city, or what belongs to it; what went with it was judged there."""
    pk = _partnership_of(row)
    if not Partnership.objects.filter(pk=pk).exists():
        return pk != row["id"]
    return Party.objects.filter(partnership=pk, city__in=_working_for(sender)).exists()


def promised_by_their_city(row: Row, sender: Sender) -> bool:
    return Party.objects.filter(pk=row["party_id"], city__in=_cities(sender, Role.EDIT)).exists()


def their_draft(row: Row, sender: Sender) -> bool:
    return row["state"] == "draft" and row["started_by_id"] in _cities(sender, Role.EDIT)


def their_citys_list(row: Row, sender: Sender) -> bool:
    """The ranking of their own city, or a choice in it; the others' are nobody else's business."""
    ranking = row.get("ranking_id", row["id"])
    own = TopicRanking.objects.filter(party__city__in=_cities(sender, Role.EDIT))
    return own.filter(pk=ranking).exists()


def _partnership_of(row: Row) -> int | None:
    if "round_id" in row:
        return _first(TopicRound.objects.filter(pk=row["round_id"]))
    if "party_id" in row:
        return _first(Party.objects.filter(pk=row["party_id"]))
    return int(row.get("partnership_id", row["id"]))


def _first(rows: object) -> int | None:
    return rows.values_list("partnership", flat=True).first()  # type: ignore[attr-defined, no-any-return]


def _cities(sender: Sender, role: Role) -> set[int]:
    return {city for city, held in sender.offices if role.granted_to([held])}


def _working_for(sender: Sender) -> set[int]:
    return _cities(sender, Role.EDIT) | _cities(sender, Role.SIGN)


#: Whoever is signed in may ask for a role, take it back, and accept what their address is sent.
ASKING_FOR_A_ROLE = (
    May("partnerships_rolerequest", ("added", "changed"), their_own, never="user_id city_id role"),
    May("partnerships_membership", ("added",), their_own),
    May("partnerships_officeinvitation", ("changed",), own_address, "accepted_at"),
    May("mailing_mail", ("added", "changed"), of_an_office, never="key kind to subject text html"),
    May("journal_entry", ("added",), done_by_them),
)
OF_A_CITY = (
    # leaving: roles, posts and cases go to a successor, whom an invitation may name
    May("partnerships_membership", ("removed",), their_own),
    May("partnerships_membership partnerships_officeinvitation", ("added",), handed_on),
    May("partnerships_handover partnerships_handover_positions", ("added",), own_handover),
    May("partnerships_membership", ALL, for_a_city(Role.COORDINATE)),
    May("partnerships_officeinvitation", ("added",), for_a_city(Role.COORDINATE)),
    May("partnerships_officeinvitation", ("changed",), for_a_city(Role.COORDINATE), "ended_at"),
    May(
        "partnerships_rolerequest",
        ("changed",),
        for_a_city(Role.COORDINATE),
        "state decided_at decided_by_id answer",
    ),
    # posts
    May("partnerships_position", ("added", "changed"), for_a_city(Role.EDIT)),
    May("partnerships_holder", ("added", "changed"), of_their_post),
    # partnerships
    May("partnerships_partnership", ("added", "changed"), their_partnership),
    May("partnerships_partnership", ("removed",), their_draft),
    May(PARTNERSHIP, ALL, their_partnership),
    May("partnerships_topicround", ("added",), their_partnership),
    May("partnerships_topicround", ("changed",), their_partnership, "revealed_at version"),
    May("partnerships_topicranking", ("added",), their_partnership),
    May("partnerships_topicranking", ("changed",), their_citys_list, "submitted_at version"),
    May("partnerships_topicchoice", ALL, their_citys_list),
    May("partnerships_focustopic", ("added",), their_partnership),
    # commitments
    May("partnerships_commitment", ("added", "changed"), promised_by_their_city),
    # cards and contact
    May("partnerships_card", ALL, for_a_city(Role.EDIT)),
    May("partnerships_contactwish", ("added",), asked_by_their_city),
    May(
        "partnerships_contactwish",
        ("changed",),
        between_their_city_and_another,
        "state asked_position_id answered_at ended_at",
    ),
)
