"""Calls that are marked by hand: how they are read, and what they teach."""

from __future__ import annotations

import json
from itertools import islice

import pytest

from corpus.marked import DOUBT, MarkedError, marked_calls, read_calls, told
from corpus.template import MARKS
from corpus.utterance import written
from tagger.data import DISCLOSURES, NAMES, made_of


def test_a_call_has_turns_with_marks() -> None:
    lines = [
        "# a note",
        "A: any [C chest pain], Mr Hale?",
        "C: no just the [M little pink one]'s gone",
        "",
        "",
        "C: [I two large pepperoni] on [D The fifth of May]",
    ]
    first, second = read_calls(lines, "x")
    assert [turn.speaker for turn in first] == ["agent", "customer"]
    texts = [written(turn.words) for turn in first + second]
    assert [[(span.label, text[span.start : span.end]) for span in spans] for text, spans in texts] == [
        [("MEDICAL_CONDITION", "chest pain")],
        [("MEDICATION", "little pink one")],
        [("PURCHASE_ITEM", "two large pepperoni"), ("PURCHASE_DATE", "fifth of May")],
    ]
    assert texts[1][0] == "no just the little pink one's gone"


@pytest.mark.parametrize(
    "line", ["any pain", "B: any pain", "C: a [C pain", "C: a pain]", "C: a [X pain]", "C: [C a [M b]]"]
)
def test_what_cannot_be_read_is_refused_with_its_place(line: str) -> None:
    with pytest.raises(MarkedError, match=r"^x:2: "):
        list(read_calls(["A: hello", line], "x"))


def test_every_file_is_read_and_uses_every_mark() -> None:
    labels = {word.label for _, turns in marked_calls() for turn in turns for word in turn.words}
    assert labels == {*MARKS.values(), DOUBT, ""}
    names = [name for name, _ in marked_calls()]
    assert len(names) == len(set(names))


def test_a_call_is_told_in_other_styles_and_the_same_ones_from_the_same_seed() -> None:
    calls = list(islice(told(6, 1), 30))
    assert calls == list(islice(told(6, 1), 30))
    assert len({call["id"] for call in calls}) == len(calls)
    assert len({json.dumps(call["turns"]) for call in calls}) > 15
    assert {span["label"] for call in calls for turn in call["turns"] for span in turn["entities"]} <= {
        *MARKS.values(),
        DOUBT,
    }


def test_a_doubt_teaches_nothing_and_all_other_words_are_known() -> None:
    call = {
        "id": "x",
        "exhaustive": list(MARKS.values()),
        "turns": [
            {
                "speaker": "customer",
                "text": "my knee at the clinic",
                "entities": [
                    {"start": 3, "end": 7, "label": "MEDICAL_CONDITION"},
                    {"start": 15, "end": 21, "label": DOUBT},
                ],
            }
        ],
    }
    made = made_of(call, family="", whole=None, lesson=DISCLOSURES)
    assert [word.label for word in made.words] == ["", "MEDICAL_CONDITION", "", "", None]
    assert made.whole >= {*DISCLOSURES.half.labels}
    assert not made_of(call, family="", whole=None, lesson=NAMES).whole & {*NAMES.half.labels}
