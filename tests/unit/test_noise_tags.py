"""Tags that tell of a sound are fillers: by the words of any language, and by those of English."""

from __future__ import annotations

import pytest

from ccredact.lang.en.noise import NOISE
from ccredact.tagger.features import forms_of
from ccredact.text.noise_tags import NoiseTags, may_hold_tags
from ccredact.text.words import keys_of, offsets_of

DOORS = NoiseTags(
    filler="hm", sounds=frozenset({"bang", "creak", "giggle"}), beside=frozenset({"door", "the"}), partial=("giggle",)
)
ENGLISH = ["[noise]", "<unk>", "{breath}", "((inaudible))", "(laughs)", "[LAUGHTER]", "[phone-ringing]", "[lip_smack]"]


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("[bang]", ["bang"]),
        ("a <Bang> b {creak} c (BANG)", ["Bang", "creak", "BANG"]),
        ("[door-bang] [the_door_creak]", ["door-bang", "the_door_creak"]),
        ("[giggle] [giggle-yes] giggle-yes", ["giggle", "giggle"]),
        ("[bang-yes]", []),
        ("[bang)", ["bang"]),
        ("[door]", []),  # nothing sounds
        ("[bang-dog]", []),  # one word more than a sound
        ("[the bang]", []),  # a stream may give it in pieces
        ("bang] [bang", []),
        (f"[{'bang-' * 5}bang]", []),
    ],
)
def test_the_tags_of_a_text(text: str, tags: list[str]) -> None:
    ranges = DOORS.ranges(text)
    assert [text[start:end] for start, end in ranges] == tags
    assert may_hold_tags(text) or not tags
    assert keys_of(text, DOORS).count("hm") == sum(len(offsets_of(tag)) for tag in tags)


@pytest.mark.parametrize("tag", ENGLISH)
def test_a_tag_that_tells_of_a_sound_is_a_filler(tag: str) -> None:
    count = len(offsets_of(tag))
    assert keys_of(f"hi {tag} there", NOISE) == ["hi", *["um"] * count, "there"]
    assert forms_of(f"hi {tag}, there") == ["hi", *["um"] * count, "there"]


@pytest.mark.parametrize("text", ["[john]", "(five)", "<maria>", "[noise", "noise]", "{child}", "[PERSON]", "(the)"])
def test_other_words_in_brackets_stay_what_they_are(text: str) -> None:
    assert "um" not in keys_of(text, NOISE)


def test_a_word_that_was_said_laughing_is_a_word() -> None:
    assert keys_of("[laughter-yes]", NOISE) == ["um", "yes"]
