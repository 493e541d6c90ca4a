"""What the tagger keeps of a call, where an entity may begin, and sounds that a transcript tells of."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tagged_talk
from ccredact.lang.en.noise import NOISE
from ccredact.tagger import architecture as m
from ccredact.tagger.features import forms_of
from ccredact.tagger.history import Heard
from ccredact.tagger.prefilter import ALONE, Begins
from ccredact.text.words import keys_of, offsets_of

SOUNDS = ["[noise]", "<unk>", "{breath}", "((inaudible))", "(laughs)", "[LAUGHTER]", "[phone-ringing]", "[lip_smack]"]


@given(seed=st.integers(0, 2**40))
def test_what_waits_is_read_as_if_it_had_been_read_at_once(seed: int) -> None:
    rng = random.Random(seed)
    late, soon = Heard(), Heard()
    look = rng.choice([0.0, 0.05, 0.5])
    turns = rng.choice([0.02, 0.3, 0.9])
    for _ in range(rng.randrange(1, 120)):
        if rng.random() < turns:
            late.turn()
            soon.turn()
        text = rng.choice([tagged_talk.sentence(rng), "yes", "ok then"])
        late.take(text if rng.random() < 0.7 else forms_of(text))
        soon.take(text)
        soon.asked()
        if rng.random() < look:
            late = late.copy()
            late.asked()
    assert late.asked() == soon.asked()
    forms = forms_of("my name is Ada Obi")
    for wanted in ([0], [3, 4], [0, 4]):
        assert list(late.windows(forms, wanted)) == list(soon.windows(forms, wanted))


def test_only_the_turn_before_is_what_was_asked() -> None:
    heard = Heard()
    for text in ("hello", "your name please"):
        heard.take(text)
        heard.turn()
    assert heard.asked() == ["your", "name", "please"]
    heard.take("one two three four five six seven eight nine ten eleven twelve thirteen")
    heard.turn()
    assert heard.asked()[0] == "two"
    assert len(heard.asked()) == m.ASKED_WORDS


def test_an_everyday_word_that_is_a_name_may_be_one_where_hardly_anything_else_is_said() -> None:
    begins = Begins(["day", "it's", "have", "a", "nice", "for", "the", "whole", "day~", "nice<day"])
    assert begins(["it's", "day"], is_final=True) == [1]
    assert begins(["have", "a", "nice", "day"], is_final=True) == []
    assert begins(["it's", "day", *["the"] * ALONE], is_final=True) == []


@pytest.mark.parametrize("tag", SOUNDS)
def test_a_tag_that_tells_of_a_sound_is_a_filler(tag: str) -> None:
    count = len(offsets_of(tag))
    assert keys_of(f"hi {tag} there", NOISE) == ["hi", *["um"] * count, "there"]
    assert forms_of(f"hi {tag}, there") == ["hi", *["um"] * count, "there"]


@pytest.mark.parametrize("text", ["[john]", "(five)", "<maria>", "[noise", "noise]", "{child}", "[PERSON]", "(the)"])
def test_other_words_in_brackets_stay_what_they_are(text: str) -> None:
    assert "um" not in keys_of(text, NOISE)


def test_a_word_that_was_said_laughing_is_a_word() -> None:
    assert keys_of("[laughter-yes]", NOISE) == ["um", "yes"]


@given(text=st.text(alphabet="ab1é' .,-[]()<>{}noisehum_", max_size=40))
def test_there_are_as_many_keys_and_forms_as_words(text: str) -> None:
    assert len(keys_of(text, NOISE)) == len(forms_of(text)) == len(offsets_of(text))
