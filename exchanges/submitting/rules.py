"""What a call asks of an application: a table of rules, each passed, failed or for the staff.

The same table says what is still missing while cities write, refuses what is not complete, and
is the list of eligibility that staff read at the formal check.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models import LARGEST_SUM, Application, ApplicationParty, SignOff
from ..sections import pieces
from ..sums import euros

Verdict = tuple[bool | None, str]
#: Parts that are texts, without which nobody can judge an application.
_TEXTS = frozenset({"purpose", "need", "offer"})


@dataclass(frozen=True)
class Rule:
    """``check`` says whether it holds (``None``: people look) and why, in the reader's language.

    ``part`` names the part of the application where it is mended; empty where none is.
    """

    name: str
    sentence: Any
    check: Callable[[Facts], Verdict]
    part: str = ""


@dataclass(frozen=True)
class Result:
    """How one rule came out."""

    rule: Rule
    passed: bool | None
    why: str

    @property
    def is_missing(self) -> bool:
        return self.passed is False


class Facts:
    """What the rules look at, read in a constant number of queries."""

    def __init__(self, application: Application) -> None:
        self.application = application
        self.call = application.call
        self.parties = list(application.parties.select_related("city"))
        self.people = [
            *application.travellers.select_related("position"),
            *application.hosts.select_related("position"),
        ]
        self.travellers = [one for one in self.people if hasattr(one, "is_youth")]
        self.slots = list(application.slots.all())
        self.lines = list(application.lines.all())
        self.total = sum((line.amount for line in self.lines), Decimal(0))
        self.written = {
            (section.key, section.party_id)
            for section in application.sections.all()
            if any(section.content.values())
        }
        stamps = SignOff.objects.standing().filter(party__application=application)
        self.signed: dict[int, bool] = dict(stamps.values_list("party", "is_waived"))

    @property
    def asked(self) -> Decimal:
        """What the programme is to pay; nothing while the own share is larger than the costs."""
        return max(self.total - self.application.own_share, Decimal(0))

    def departments(self, party: ApplicationParty) -> int:
        """How many departments of a city take part."""
        of_city = [one for one in self.people if one.party_id == party.pk]
        found = {
            one.department_id or (one.position and one.position.department_id) for one in of_city
        }
        return len(found - {None})


def check(application: Application) -> list[Result]:
    """Every rule of the table, in its order."""
    facts = Facts(application)
    return [Result(rule, *rule.check(facts)) for rule in RULES]


def missing(results: list[Result]) -> list[Result]:
    """What must change before it can be handed in."""
    return [one for one in results if one.is_missing]


def sentences(names: list[str]) -> list[str]:
    """The rules of these names in words; one the table does not know any more has none."""
    return [str(rule.sentence) for rule in RULES if rule.name in names]


def needs_sign_off(application: Application, party: ApplicationParty) -> bool:
    """Whether the call asks for this city's stamp: virtual exchanges need the submitter's alone."""
    asks_partners = application.call.needs_partner and not application.is_virtual
    return party.is_lead or asks_partners


def _country(facts: Facts) -> Verdict:
    allowed = {country.code for country in facts.call.submitter_countries}
    lead = next((party for party in facts.parties if party.is_lead), None)
    if lead is None:
        return False, _("No city submits the application.")
    text = _("%(city)s lies in %(country)s.")
    return lead.city.country.code in allowed, text % {
        "city": lead.city.name,
        "country": lead.city.country.name,
    }


def _format(facts: Facts) -> Verdict:
    if facts.application.is_virtual and not facts.call.allows_virtual:
        return False, _("This call does not fund virtual exchanges.")
    return True, str(facts.application.get_format_display())


def _title(facts: Facts) -> Verdict:
    return bool(facts.application.title), facts.application.title or _("No title yet.")


def _texts(facts: Facts) -> Verdict:
    empty = [
        f"{part.label} ({party.city.name})" if party else str(part.label)
        for part, party in pieces(facts.parties)
        if part.key in _TEXTS and (part.key, party.pk if party else None) not in facts.written
    ]
    return not empty, _listed(_("Nothing written yet: %(list)s."), empty)


def _destination(facts: Facts) -> Verdict:
    if facts.application.is_virtual:
        return True, _("A virtual exchange needs none.")
    place = facts.application.destination
    if place is None:
        return False, _("No city to be visited is chosen yet.")
    is_ours = place.pk in {party.city_id for party in facts.parties}
    return is_ours, place.name if is_ours else _("%(city)s is no city of the application.") % {
        "city": place.name
    }


def _dates(facts: Facts) -> Verdict:
    first, last = facts.application.starts_on, facts.application.ends_on
    if first is None or last is None:
        return False, _("The dates are not complete yet.")
    inside = facts.call.travel_from <= first and last <= facts.call.travel_until
    text = _("%(first)s to %(last)s; possible from %(from)s to %(until)s.")
    days = {"first": first, "last": last}
    days |= {"from": facts.call.travel_from, "until": facts.call.travel_until}
    return inside, text % {
        name: formats.date_format(day, "DATE_FORMAT") for name, day in days.items()
    }


def _days(facts: Facts) -> Verdict:
    least, most, days = facts.call.min_days, facts.call.max_days, facts.application.days
    if not days:
        return False, _("The dates are not complete yet.")
    text = _("Days: %(days)s; possible: %(least)s to %(most)s.")
    return least <= days <= most, text % {"days": days, "least": least, "most": most}


def _travellers(facts: Facts) -> Verdict:
    if facts.application.is_virtual:
        return bool(facts.people), _("People who take part: %(count)s.") % {
            "count": len(facts.people)
        }
    count = len(facts.travellers)
    return count > 0, _("Travellers: %(count)s.") % {"count": count}


def _departments(facts: Facts) -> Verdict:
    least = facts.call.min_departments
    counts = [(party, facts.departments(party)) for party in facts.parties]
    found = ", ".join(f"{party.city.name}: {count}" for party, count in counts)
    text = _("At least %(least)s of each city; named so far: %(found)s.")
    return all(count >= least for _party, count in counts), text % {"least": least, "found": found}


def _youth(facts: Facts) -> Verdict:
    if not facts.call.needs_youth:
        return True, _("The call asks for none.")
    count = sum(one.is_youth for one in facts.travellers)
    return count > 0, _("Youth delegates: %(count)s.") % {"count": count}


def _programme(facts: Facts) -> Verdict:
    if not facts.slots:
        return False, _("No half-day is planned yet.")
    days = facts.application.days
    late = [str(slot.day) for slot in facts.slots if slot.day > days]
    if days and late:
        return False, _listed(_("The visit is shorter than the programme; day: %(list)s."), late)
    return True, _("Half-days: %(count)s.") % {"count": len(facts.slots)}


def _budget(facts: Facts) -> Verdict:
    share, total = facts.application.own_share, facts.total
    if share > total:
        return False, _("The own share is larger than the costs.")
    if total > LARGEST_SUM:
        return False, _("The costs are higher than %(most)s.") % {"most": euros(LARGEST_SUM)}
    if any(line.exceeds(facts.application.days) for line in facts.lines):
        return False, _("More nights are planned than the visit has.")
    text = _("Costs of %(total)s, own share %(share)s.")
    return total > 0 or facts.application.is_virtual, text % {
        "total": euros(total),
        "share": euros(share),
    }


def _cap_per_trip(facts: Facts) -> Verdict:
    most = facts.call.most_per_trip
    if most is None:
        return True, _("The call names no limit.")
    return facts.asked <= most, _asked(facts.asked, most)


def _cap_per_person(facts: Facts) -> Verdict:
    most = facts.call.most_per_person
    persons = len(facts.travellers)
    if most is None or not persons:
        return True, _("The call names no limit.") if most is None else _("Nobody travels yet.")
    return facts.asked <= most * persons, _asked(facts.asked / persons, most)


def _lead_signed(facts: Facts) -> Verdict:
    return _signed(facts, [party for party in facts.parties if party.is_lead])


def _partners_signed(facts: Facts) -> Verdict:
    partners = [party for party in facts.parties if not party.is_lead]
    if not any(needs_sign_off(facts.application, party) for party in partners):
        return True, _("Not asked for: the exchange is virtual, or the call does without.")
    return _signed(facts, partners)


def _signed(facts: Facts, parties: list[ApplicationParty]) -> Verdict:
    open_ = [party.city.name for party in parties if party.pk not in facts.signed]
    if open_:
        return False, _listed(_("Not signed yet: %(list)s."), open_)
    names = [
        _("%(city)s (waived by staff)") % {"city": party.city.name}
        if facts.signed[party.pk]
        else party.city.name
        for party in parties
    ]
    return True, _listed(_("Signed: %(list)s."), names)


def _trilateral(facts: Facts) -> Verdict:
    if len(facts.parties) < 3:
        return True, _("Two cities apply.")
    if not facts.call.checks_trilateral:
        return True, _("The call allows it.")
    text = _("%(count)s cities apply together: staff look at it.")
    return None, text % {"count": len(facts.parties)}


def _asked(asked: Decimal, most: Decimal) -> str:
    text = _("%(asked)s asked for; %(most)s at most.")
    return text % {"asked": euros(asked), "most": euros(most)}


def _listed(text: str, names: list[str]) -> str:
    return text % {"list": ", ".join(names)} if names else _("Complete.")


RULES: tuple[Rule, ...] = (
    Rule("country", gettext_lazy("The submitting city may apply in this call"), _country),
    Rule("format", gettext_lazy("The call funds this format"), _format, "basics"),
    Rule("title", gettext_lazy("The application has a title"), _title, "basics"),
    Rule("destination", gettext_lazy("The city to be visited is named"), _destination, "basics"),
    Rule("dates", gettext_lazy("The visit lies within the call's dates"), _dates, "basics"),
    Rule("days", gettext_lazy("The visit is neither too short nor too long"), _days, "basics"),
    Rule("texts", gettext_lazy("Aim, need and offer are described"), _texts, "purpose"),
    Rule("travellers", gettext_lazy("It is named who takes part"), _travellers, "people"),
    Rule("departments", gettext_lazy("Enough departments take part"), _departments, "people"),
    Rule("youth", gettext_lazy("A youth delegate takes part"), _youth, "people"),
    Rule("programme", gettext_lazy("The programme fits into the visit"), _programme, "programme"),
    Rule("budget", gettext_lazy("The costs are named"), _budget, "budget"),
    Rule("trip_cap", gettext_lazy("The sum for the trip keeps the limit"), _cap_per_trip, "budget"),
    Rule(
        "person_cap",
        gettext_lazy("The sum for each person keeps the limit"),
        _cap_per_person,
        "budget",
    ),
    Rule("lead_signed", gettext_lazy("The submitting city has signed"), _lead_signed),
    Rule("partner_signed", gettext_lazy("The partner city has confirmed"), _partners_signed),
    Rule("trilateral", gettext_lazy("Two cities, or staff agree to more"), _trilateral),
)
#: Rules that are met by signing, not by writing.
SIGNATURES = frozenset({"lead_signed", "partner_signed"})
