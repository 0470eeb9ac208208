"""The offices of the demo cities: mail domains, requests that wait, an invited colleague."""

from __future__ import annotations

from accounts.models import User
from partnerships.models import City, CityDomain, Membership
from partnerships.offices.operations import ask_for_role, invite

#: German name of the city and its mail domain.
DOMAINS = (
    ("Darmstadt", "darmstadt.example"),
    ("San Antonio", "san-antonio.example"),
    ("Hamm", "hamm.example"),
    ("Wolfsburg", "wolfsburg.example"),
    ("Chattanooga", "chattanooga.example"),
)


def people_the_offices() -> None:
    """One request waits for Darmstadt's coordinator and one for staff; one colleague is invited."""
    cities = {
        name: City.objects.filter(name_de=name).order_by("-population")[0] for name, _ in DOMAINS
    }
    CityDomain.objects.bulk_create(
        CityDomain(city=cities[name], domain=domain) for name, domain in DOMAINS
    )
    newcomer = User.objects.get(email="neu@darmstadt.example")
    ask_for_role(
        user=newcomer,
        city=cities["Darmstadt"],
        role=Membership.Role.SIGNATORY,
        department="Stadtentwässerung",
        reason="Ich vertrete die Stadtentwässerung gegenüber San Antonio.",
    )
    martha = User.objects.get(email="relations@san-antonio.example")
    ask_for_role(
        user=martha,
        city=cities["San Antonio"],
        role=Membership.Role.COORDINATOR,
        department="International Relations",
        reason="I look after the twinning with Darmstadt, and nobody coordinates the office yet.",
    )
    invite(
        city=cities["Darmstadt"],
        email="gruenflaechen@darmstadt.example",
        name="Beate Hain",
        role=Membership.Role.EDITOR,
        language="de",
        by=User.objects.get(email="international@darmstadt.example"),
    )
