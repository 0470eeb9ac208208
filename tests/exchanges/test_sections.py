"""The parts of an application: which there are, and which city writes which."""

from __future__ import annotations

import pytest

from exchanges.models import Section
from exchanges.sections import BY_KEY, SECTIONS, Writer, pieces, writers, writes
from tests.factories import make_city, make_partner_city

from .scenes import make_application

pytestmark = pytest.mark.django_db


def test_keys_are_unique_and_fit_their_column() -> None:
    longest = Section._meta.get_field("key").max_length
    assert len(BY_KEY) == len(SECTIONS)
    assert [part.key for part in SECTIONS if len(part.key) > (longest or 0)] == []


def test_every_city_has_its_own_pieces_and_the_joint_ones_exist_once() -> None:
    application = make_application(
        make_city("Hamm"), make_city("Wolfsburg"), make_partner_city("C")
    )
    found = [
        (p.key, party.city.name if party else "") for p, party in pieces(_parties(application))
    ]
    assert found == [
        ("basics", ""),
        ("purpose", ""),
        ("need", "Hamm"),
        ("offer", "Wolfsburg"),
        ("offer", "C"),
        ("people", "Hamm"),
        ("people", "Wolfsburg"),
        ("people", "C"),
        ("programme", ""),
        ("budget", "Hamm"),
        ("journey", "Hamm"),
        ("follow_up", ""),
    ]


@pytest.mark.parametrize(
    ("key", "leads", "partners"),
    [("basics", True, True), ("need", True, False), ("offer", False, True), ("people", True, True)],
)
def test_a_city_writes_its_own_parts_and_the_joint_ones(
    key: str, leads: bool, partners: bool
) -> None:
    lead, partner = parties = _parties(make_application())
    for party, expected in ((lead, leads), (partner, partners)):
        found = writers(BY_KEY[key], parties)
        assert any(writes(party, whose) for whose in found) is expected


def test_nobody_writes_the_other_city_s_piece() -> None:
    lead, partner = _parties(make_application())
    assert (writes(lead, partner), writes(partner, lead), writes(None, None)) == (False,) * 3
    assert {part.writer for part in SECTIONS} == set(Writer)


def _parties(application):  # type: ignore[no-untyped-def]
    return list(application.parties.select_related("city"))
