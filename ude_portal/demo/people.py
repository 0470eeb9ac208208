"""Invented people of the demo programme. Any likeness to real holders of office is chance."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from partnerships.models import City, Department, Holder, Membership, Office, Position

PASSWORD = "ude-demo-2030"  # noqa: S105 - printed by `make run`, refused by production


@dataclass(frozen=True)
class Login:
    """A demo account as `make run` prints it and the sign-in page offers it."""

    email: str
    name: str
    role: Promise
    password: str = PASSWORD
    city: str = ""
    membership: str = ""

    @property
    def is_staff(self) -> bool:
        return self.email.endswith("@skew.example")


LOGINS = (
    Login("admin@skew.example", "Ada Verwaltung", _("Administration: may do everything")),
    Login(
        "team@skew.example", "Toni Brandt", _("SKEW team: events, invitations, expert exchanges")
    ),
    Login(
        "international@darmstadt.example",
        "Marlene Voss",
        _("City of Darmstadt: coordinates its office for international relations"),
        city="Darmstadt",
        membership=Membership.Role.COORDINATOR,
    ),
    Login(
        "klima@darmstadt.example",
        "Henning Quast",
        _("City of Darmstadt: editor in the climate protection unit"),
        city="Darmstadt",
        membership=Membership.Role.EDITOR,
    ),
    Login(
        "relations@san-antonio.example",
        "Martha Delgado-Price",
        _("City of San Antonio: may read"),
        city="San Antonio",
        membership=Membership.Role.READER,
    ),
    Login(
        "neu@darmstadt.example",
        "Samira Elwert",
        _("New in Darmstadt: has asked for a role and waits"),
        city="Darmstadt",
    ),
    Login(
        "international@hamm.example",
        "Rüdiger Tiemann",
        _("City of Hamm: coordinates, asked by Wolfsburg for a talk"),
        city="Hamm",
        membership=Membership.Role.COORDINATOR,
    ),
    Login(
        "international@wolfsburg.example",
        "Jonas Achtermann",
        _("City of Wolfsburg: coordinates"),
        city="Wolfsburg",
        membership=Membership.Role.COORDINATOR,
    ),
    Login("gutachten-1@staedtetag.example", "Ferdinand Ackermann", _("Reviews applications")),
    Login(
        "gutachten-2@staedtetag.example",
        "Leonie Habermehl",
        _("Reviews applications, biased in one case"),
    ),
)

#: Heads of the demo cities: German name of the city, office, name, salutation.
HEADS = (
    (
        "Darmstadt",
        "oberbuergermeister",
        "Dr. Friederike Lohmann",
        "Sehr geehrte Frau Oberbürgermeisterin Dr. Lohmann,",
    ),
    (
        "Hamm",
        "oberbuergermeister",
        "Matthis Overkamp",
        "Sehr geehrter Herr Oberbürgermeister Overkamp,",
    ),
    (
        "Wolfsburg",
        "oberbuergermeister",
        "Jelena Strauch",
        "Sehr geehrte Frau Oberbürgermeisterin Strauch,",
    ),
    (
        "Köln",
        "oberbuergermeister",
        "Constanze Aldenhoven",
        "Sehr geehrte Frau Oberbürgermeisterin Aldenhoven,",
    ),
    (
        "Dortmund",
        "oberbuergermeister",
        "Kemal Westerhoff",
        "Sehr geehrter Herr Oberbürgermeister Westerhoff,",
    ),
    (
        "Frankfurt am Main",
        "oberbuergermeister",
        "Prof. Dr. Annegret Zöllner",
        "Sehr geehrte Frau Oberbürgermeisterin Prof. Dr. Zöllner,",
    ),
    (
        "Dresden",
        "oberbuergermeister",
        "Lorenz van der Aa",
        "Sehr geehrter Herr Oberbürgermeister van der Aa,",
    ),
    (
        "Tübingen",
        "oberbuergermeister",
        "Sigrun Häberle",
        "Sehr geehrte Frau Oberbürgermeisterin Häberle,",
    ),
    (
        "Bonn",
        "oberbuergermeister",
        "Mirko Sandkühler",
        "Sehr geehrter Herr Oberbürgermeister Sandkühler,",
    ),
    (
        "Bochum",
        "oberbuergermeister",
        "Dilara Kotthoff",
        "Sehr geehrte Frau Oberbürgermeisterin Kotthoff,",
    ),
    ("San Antonio", "mayor-us", "Renata Caballero", "Dear Mayor Caballero,"),
    ("Chattanooga", "mayor-us", "Desmond Hartwell", "Dear Mayor Hartwell,"),
    ("Indianapolis", "mayor-us", "Priscilla Underwood-Ames", "Dear Mayor Underwood-Ames,"),
    ("Liverpool", "council-leader", "Councillor Niamh Ashcroft", "Dear Councillor Ashcroft,"),
    ("Leeds", "council-leader", "Councillor Gareth Thistlewood", "Dear Councillor Thistlewood,"),
    ("Birmingham", "lord-mayor", "Councillor Amrit Sandhu-Clarke", "Dear Lord Mayor,"),
    (
        "Coventry",
        "council-leader",
        "Councillor Eleanor Pugh-Martin",
        "Dear Councillor Pugh-Martin,",
    ),
    ("Ann Arbor", "mayor-us", "Tobias Fenwick", "Dear Mayor Fenwick,"),
    ("Bradford", "council-leader", "Councillor Nadia Holroyd", "Dear Councillor Holroyd,"),
    ("Sheffield", "council-leader", "Councillor Peter Ollerenshaw", "Dear Councillor Ollerenshaw,"),
    ("Oxford", "council-leader", "Councillor Imogen Slate", "Dear Councillor Slate,"),
)

#: Specialists: city, department, name. Mail goes to the office's own mailbox.
SPECIALISTS = (
    ("Darmstadt", "international-affairs", "Marlene Voss"),
    ("Darmstadt", "climate-protection", "Henning Quast"),
    ("Darmstadt", "urban-drainage", "Dr. Samira Elwert"),
    ("San Antonio", "international-affairs", "Martha Delgado-Price"),
    ("San Antonio", "environment", "Caleb Ostrander"),
    ("San Antonio", "urban-planning", "Inez Marchetti"),
    ("Hamm", "international-affairs", "Rüdiger Tiemann"),
    ("Hamm", "parks", "Beate Lüdenscheid"),
    ("Chattanooga", "digitalisation", "Opal Whitcombe"),
    ("Wolfsburg", "mobility", "Jonas Achtermann"),
    ("Köln", "international-affairs", "Gül Breuer"),
    ("Köln", "environment", "Tilman Höller"),
    ("Indianapolis", "urban-planning", "Jerome Fairbanks"),
    ("Liverpool", "climate-protection", "Siobhan Mercer"),
    ("Dortmund", "international-affairs", "Vera Kaczmarek"),
    ("Dortmund", "social-affairs", "Fatma Brinkmann"),
    ("Leeds", "environment", "Oliver Braithwaite"),
    ("Leeds", "housing", "Ruth Ngata"),
    ("Frankfurt am Main", "youth", "Kai Morgenroth"),
    ("Dresden", "urban-planning", "Wiebke Ohnesorge"),
    ("Tübingen", "mobility", "Alwin Pfister"),
    ("Bonn", "international-affairs", "Ksenia Rademacher"),
)


def make_logins() -> None:
    """Create the demo accounts; their addresses count as verified, so that codes work."""
    for login in LOGINS:
        user, created = User.objects.get_or_create(
            email=login.email, defaults={"name": login.name, "is_staff": login.is_staff}
        )
        if not created:
            continue
        user.is_superuser = login.email.startswith("admin@")
        user.language = "en" if login.city == "San Antonio" else "de"
        user.set_password(login.password)
        user.save()
        user.emailaddress_set.create(email=user.email, verified=True, primary=True)
        if login.membership:
            city = City.objects.get(name_de=login.city)
            Membership.objects.create(user=user, city=city, role=login.membership)


def make_positions() -> None:
    """Create positions and holders of the demo cities."""
    for city_name, office, name, salutation in HEADS:
        position = _position(city_name, office=Office.objects.get(slug=office))
        Holder.objects.create(position=position, name=name, salutation=salutation)
    for city_name, department, name in SPECIALISTS:
        position = _position(city_name, department=Department.objects.get(slug=department))
        Holder.objects.create(position=position, name=name)


def _position(city_name: str, **function: Office | Department) -> Position:
    city = City.objects.filter(name_de=city_name).order_by("-population")[0]
    (kind,) = function.values()
    mailbox = "mayor" if isinstance(kind, Office) else kind.slug
    return Position.objects.create(
        city=city,
        email=f"{mailbox}@{city.slug}.example",
        language="de" if city.country == "DE" else "en",
        is_demo=True,
        **function,
    )
