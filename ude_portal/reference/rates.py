"""Per diems and CO2 factors: seeds that nobody has checked yet, and that say so."""

from __future__ import annotations

from exchanges.models import DailyRate, TravelFactor

from .rows import Count, bring_in, read


def load_rates() -> list[Count]:
    return [
        bring_in(
            [daily_rate(row) for row in read("per_diem.csv")],
            keys=lambda rate: ((rate.country.code, rate.city, str(rate.valid_from)),),
        )[1],
        bring_in(
            [travel_factor(row) for row in read("travel_factors.csv")],
            keys=lambda factor: ((factor.means, str(factor.valid_from)),),
        )[1],
    ]


def daily_rate(row: dict[str, str]) -> DailyRate:
    return DailyRate(
        country=row["country"],
        city=row["city"],
        valid_from=row["valid_from"],
        full_day=row["full_day_eur"],
        partial_day=row["partial_day_eur"],
        source_de=row["source_de"],
        source_en=row["source_en"],
        is_checked=row["checked"] == "yes",
    )


def travel_factor(row: dict[str, str]) -> TravelFactor:
    return TravelFactor(
        means=row["means"],
        valid_from=row["valid_from"],
        grams=int(row["grams"]),
        source_de=row["source_de"],
        source_en=row["source_en"],
        is_checked=row["is_checked"] == "yes",
    )
