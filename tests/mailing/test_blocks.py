"""The little markup of mail texts."""

from __future__ import annotations

import pytest

from mailing.blocks import Block, split


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("", []),
        ("one\ntwo\n\n\nthree\n", [Block("text", ("one", "two")), Block("text", ("three",))]),
        ("- a\n- b", [Block("list", ("a", "b"))]),
        ("- a\n  and more\n- b", [Block("list", ("a and more", "b"))]),
        ("Items:\n- a", [Block("text", ("Items:",)), Block("list", ("a",))]),
        ("- a\nend", [Block("list", ("a",)), Block("text", ("end",))]),
        ("[[answer]] Answer now", [Block("button", ("[[answer]]", "Answer now"))]),
        ("x\n[[a]] A", [Block("text", ("x",)), Block("button", ("[[a]]", "A"))]),
        ("[[a]] A\n[[b]] B", [Block("button", ("[[a]]", "A")), Block("button", ("[[b]]", "B"))]),
        ("see [[answer]] there", [Block("text", ("see [[answer]] there",))]),
        ("[[answer]]", [Block("text", ("[[answer]]",))]),
        ("  indented", [Block("text", ("indented",))]),
    ],
)
def test_lines_become_blocks(text, blocks):
    assert split(text) == blocks


@pytest.mark.parametrize(
    "text", ["one\ntwo", "- a\n- b", "Answer now: [[answer]]", "Answer now: [[answer]]\n\n- a"]
)
def test_text_survives_a_round_trip(text):
    assert "\n\n".join(block.as_text() for block in split(text)) == text


def test_a_button_reads_as_label_and_link():
    assert split("[[answer]] Answer now")[0].as_text() == "Answer now: [[answer]]"
