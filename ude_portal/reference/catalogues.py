"""Goals, targets, topics, departments, offices and organisations."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from partnerships.models import Department, DepartmentAbroad, Duty, Office, Organisation
from sdg.models import Goal, Target, Topic

from .rows import Count, bring_in, read


def load_catalogues() -> list[Count]:
    return [
        bring_in([goal(row) for row in read("sdg_goals.csv")], keys=lambda g: (g.number,))[1],
        bring_in(targets(), keys=lambda t: (t.code,))[1],
        load_topics(),
        bring_in([Department(**row) for row in read("departments.csv")], keys=by_slug)[1],
        load_departments_abroad(),
        bring_in([Duty(**row) for row in read("duties.csv")], keys=by_slug)[1],
        load_offices(),
        bring_in([Organisation(**row) for row in read("organisations.csv")], keys=by_slug)[1],
    ]


def by_slug(row: Any) -> tuple[Hashable, ...]:
    return (row.slug,)


def goal(row: dict[str, str]) -> Goal:
    return Goal(
        number=int(row["number"]),
        title_de=row["title_de"],
        title_en=row["title_en"],
        colour=row["hex_colour"],
        dimension=row["dimension"],
    )


def targets() -> list[Target]:
    """In the order of the file, which is the order of the Agenda (11.7 before 11.a)."""
    return [
        Target(
            code=row["code"],
            goal_id=int(row["goal"]),
            label_de=row["label_de"],
            label_en=row["label_en"],
            sort_order=order,
        )
        for order, row in enumerate(read("sdg_targets.csv"), start=1)
    ]


def load_topics() -> Count:
    rows = {row["slug"]: row for row in read("topics.csv")}
    wanted = [topic(row) for row in rows.values()]
    created, count = bring_in(wanted, keys=by_slug)
    link = Topic.goals.through
    link.objects.bulk_create(
        link(topic_id=topic.pk, goal_id=int(number))
        for topic in created
        for number in rows[topic.slug]["sdg_numbers"].split(";")
    )
    return count


def topic(row: dict[str, str]) -> Topic:
    """Without its goals; other spellings stand one per line."""
    values = {name: value for name, value in row.items() if name != "sdg_numbers"}
    return Topic(**{**values, "other_names": row["other_names"].replace("|", "\n")})


def load_departments_abroad() -> Count:
    departments = dict(Department.objects.values_list("slug", "pk"))
    wanted = [
        DepartmentAbroad(
            department_id=departments[slug],
            **{name: value for name, value in row.items() if name != "department"},
        )
        for row in read("departments_abroad.csv")
        if (slug := row["department"]) in departments
    ]
    return bring_in(wanted, keys=lambda row: ((row.department_id, row.country.code),))[1]


def load_offices() -> Count:
    """Duties are linked to new offices alone: what staff changed on others stays."""
    rows = {row["slug"]: row for row in read("offices.csv")}
    wanted = [
        Office(**{name: value for name, value in row.items() if name != "duties"})
        for row in rows.values()
    ]
    created, count = bring_in(wanted, keys=by_slug)
    duties = dict(Duty.objects.values_list("slug", "pk"))
    link = Office.duties.through
    link.objects.bulk_create(
        link(office_id=office.pk, duty_id=duties[duty])
        for office in created
        for duty in rows[office.slug]["duties"].split("|")
        if duty in duties
    )
    return count
