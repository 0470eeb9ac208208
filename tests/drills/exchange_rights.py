"""Who may change what of exchanges: cities their own applications, staff calls and decisions."""

from __future__ import annotations

from exchanges.models import Application, ApplicationParty
from partnerships.policies import May as Role

from .may import ALL, May, Sender
from .write_log import Row

#: What a city writes in an application, joint parts included.
WRITTEN = """exchanges_section exchanges_application_topics exchanges_applicationgoal
    exchanges_traveller exchanges_host exchanges_programmeslot exchanges_leg
    exchanges_budgetline"""
#: Master data that staff keep in the administration.
KEPT = """exchanges_call exchanges_criterion exchanges_letterblock exchanges_dailyrate
    exchanges_travelfactor"""


def their_application(row: Row, sender: Sender) -> bool:
    """An application of a city they edit or sign for; what went with it was judged there."""
    pk = _application_of(row)
    if not Application.objects.filter(pk=pk).exists():
        return pk != row["id"] or row.get("state") == "draft"
    cities = {
        city
        for city, held in sender.offices
        if Role.EDIT.granted_to([held]) or Role.SIGN.granted_to([held])
    }
    return ApplicationParty.objects.filter(application=pk, city__in=cities).exists()


def _application_of(row: Row) -> int | None:
    if "application_id" in row:
        return int(row["application_id"])
    if "party_id" in row:
        parties = ApplicationParty.objects.filter(pk=row["party_id"])
        return parties.values_list("application", flat=True).first()
    return int(row["id"])


OF_A_CITY = (
    May(f"exchanges_application exchanges_applicationparty {WRITTEN}", ALL, their_application),
    May("exchanges_worklink", ALL, their_application),
    May("exchanges_signoff", ("added", "changed", "removed"), their_application),
    May("exchanges_submission exchanges_complaint", ("added",), their_application),
    May("exchanges_informationrequest", ("changed",), their_application),
)
OF_STAFF = (
    May(KEPT),
    May(
        "exchanges_application",
        ("changed",),
        columns="""state version handled_by_id extended_until extended_because answer_due_on
        commitment_id""",
    ),
    May("exchanges_signoff exchanges_informationrequest", ("added", "changed")),
    May("exchanges_decision exchanges_decision_blocks exchanges_condition"),
    May("exchanges_letter exchanges_trip", ("added",)),
    May("exchanges_complaint", ("changed",), columns="answer answered_at answered_by_id"),
    # what a deleted post, topic or account leaves empty
    May("exchanges_application_topics partnerships_commitment", ("removed", "changed")),
    May(
        """exchanges_traveller exchanges_host exchanges_worklink exchanges_section
        exchanges_submission exchanges_signoff exchanges_complaint exchanges_panelnote
        exchanges_review exchanges_programmeslot""",
        ("changed",),
        columns="""position_id sent_by_id saved_by_id by_id link_id assigned_by_id host_id
        version""",
    ),
)
