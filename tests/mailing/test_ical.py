"""Placeholders in calendar files, and folded lines."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mailing.ical import fill_calendar


def test_a_placeholder_broken_by_folding_is_found():
    text = "BEGIN:X\r\nURL:https://ude.example/[[ans\r\n wer]]\r\nEND:X\r\n"
    filled = fill_calendar(text, lambda line: line.replace("[[answer]]", "here"))
    assert filled == "BEGIN:X\r\nURL:https://ude.example/here\r\nEND:X\r\n"


def test_bare_line_feeds_become_crlf():
    assert fill_calendar("A:1\nB:2", str) == "A:1\r\nB:2\r\n"


@given(st.text(st.characters(categories=["L", "N", "So", "Zs"]), max_size=400))
def test_lines_are_folded_at_75_octets_and_unfold_to_what_they_were(value):
    line = f"X:{value}"
    folded = fill_calendar(line, str)
    assert max(len(piece.encode()) for piece in folded.split("\r\n")) <= 75
    assert folded.replace("\r\n ", "").removesuffix("\r\n") == line
