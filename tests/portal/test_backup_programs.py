"""Hashes of tables, and PostgreSQL's programs in every version."""

from __future__ import annotations

from pathlib import Path

import pytest

from ude_portal.backups import Refused, postgresql, tables


def test_the_same_rows_have_the_same_hash_in_any_order_and_others_have_not() -> None:
    one, two = [b"a", b"b", b"b"], [b"b", b"a", b"b"]
    assert tables.summary(one) == tables.summary(two)
    assert tables.summary([b"a", b"b", b"c"]) != tables.summary(one)
    assert tables.differences({"x": tables.summary(one)}, {}) == [
        f"x: no table instead of 3 rows ({tables.summary(one)['sha256'][:12]})"
    ]


def programs(folder: Path, *versions: int) -> Path:
    for version in versions:
        path = folder / str(version) / "bin" / "pg_dump"
        path.parent.mkdir(parents=True)
        path.write_text(f"#!/bin/sh\necho 'pg_dump (PostgreSQL) {version}.3 (Debian)'\n")
        path.chmod(0o700)
    return folder


def test_the_pg_dump_that_fits_the_server_is_found(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(postgresql, "PROGRAMS", programs(tmp_path / "pg", 13, 15, 17))
    assert postgresql.find("pg_dump", 15) == (str(tmp_path / "pg/15/bin/pg_dump"), 15)
    assert postgresql.find("pg_dump", 16)[1] == 17


@pytest.mark.parametrize(
    ("versions", "told"), [((), "it is not installed"), ((13, 14), "here is only version 14")]
)
def test_a_missing_or_old_pg_dump_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, versions: tuple[int, ...], told: str
) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(postgresql, "PROGRAMS", programs(tmp_path / "pg", *versions))
    with pytest.raises(Refused, match=f"{told}.* postgresql-client-15"):
        postgresql.find("pg_dump", 15)


def test_what_pg_dump_complains_of_is_passed_on(tmp_path: Path) -> None:
    program = tmp_path / "pg_dump"
    program.write_text("#!/bin/sh\necho 'server went away' >&2\nexit 1\n")
    program.chmod(0o700)
    with pytest.raises(Refused, match="pg_dump has failed: server went away"):
        postgresql.run(str(program))
