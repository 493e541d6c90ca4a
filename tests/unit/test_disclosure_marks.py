"""Marked calls and marks of plain talk for health, family and purchases: complete in form, and enough of them."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import pytest

from ccredact.entities import ENTITY_TYPES
from disclosures import DISCLOSED
from gold import own_label, read_calls

ROOT: Final = Path(__file__).parents[2]
CALLS: Final = read_calls(ROOT / "benchmarks" / "purchase_talk.jsonl")
PLAIN_TALK: Final = ROOT / "tests" / "support" / "plain_talk_marks.tsv"
LEAST: Final = {"PURCHASE_DATE": 60, "PURCHASE_AMOUNT": 40, "PURCHASE_ITEM": 40}
"""Spans without doubt, at least."""


@pytest.mark.parametrize("call", CALLS, ids=lambda call: call["id"])
def test_a_marked_call_has_the_gold_form(call: dict[str, Any]) -> None:
    assert call["exhaustive"] == list(DISCLOSED)
    assert 6 <= len(call["turns"]) <= 14
    for turn in call["turns"]:
        text, entities = turn["text"], turn["entities"]
        assert all(first["end"] <= second["start"] for first, second in pairwise(entities)), text
        for entity in entities:
            start, end = entity["start"], entity["end"]
            assert 0 <= start < end <= len(text), text
            assert text[start:end] == text[start:end].strip(), text
            assert not _cuts_a_word(text, start), text[start:end]
            assert not _cuts_a_word(text, end), text[start:end]
            assert own_label(entity["label"]) in ENTITY_TYPES or entity["label"] == "CITY"


def _cuts_a_word(text: str, at: int) -> bool:
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()


def test_there_are_calls_and_spans_enough() -> None:
    counts = Counter(
        entity["label"]
        for call in CALLS
        for turn in call["turns"]
        for entity in turn["entities"]
        if not entity.get("doubt")
    )
    assert len({call["id"] for call in CALLS}) == len(CALLS) >= 25
    assert {label: counts[label] for label, least in LEAST.items() if counts[label] < least} == {}


def test_the_marks_of_plain_talk_are_as_long_as_their_words_and_in_order() -> None:
    rows = [row.split("\t") for row in PLAIN_TALK.read_text("utf-8").splitlines() if not row.startswith("#")]
    places = [(int(line), int(start), int(end)) for line, start, end, *_ in rows]
    assert [end - start for _, start, end in places] == [len(words) for *_, words in rows]
    assert all(one[0] < other[0] or one[2] <= other[1] for one, other in pairwise(places))
    assert {label for _, _, _, label, _, _ in rows} <= {*DISCLOSED}
    assert {certainty for *_, certainty, _ in rows} == {"sure", "doubt"}
