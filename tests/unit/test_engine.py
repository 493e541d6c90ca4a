"""The public behaviour: what is pushed comes back whole but for what is hidden, with right positions and times."""

from __future__ import annotations

import os
import pickle
import random
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

import ccredact
import cuts
import talk
from ccredact import Entity, Policy, PolicyError, Redactor, Segment, StreamError, Utterance, Word
from streams import check_whole, timed

REDACTOR = Redactor()
PAN = "4111 1111 1111 1111"
# --- what comes back


@pytest.mark.parametrize("text", ["", " ", "\n", "...", " - ", "\u2026", "\u200b", "\0", "\u0301", "?!", "\U0001f600"])
def test_an_utterance_without_words_comes_back_as_it_is(text: str) -> None:
    assert REDACTOR.redact(text) == Segment("0", text, end=len(text))
    call = REDACTOR.stream()
    call.push(Utterance("it's 4111 1111", speaker="a"))
    (segment,) = call.push(Utterance(text, speaker="a"))
    assert (segment.text, segment.start, segment.end, segment.entities) == (text, 0, len(text), ())


@pytest.mark.parametrize("word", ["\ud800", "4111\ud800", "\udfff4111 1111 1111 1111"])
def test_a_lone_surrogate_is_text_like_any_other(word: str) -> None:
    check_whole(Utterance(word), [REDACTOR.redact(word)])


def test_the_segment_names_its_utterance_and_its_speaker() -> None:
    call = [Utterance("hello"), Utterance("hi", speaker="b", id="second"), Utterance("so", speaker="")]
    found = [(segment.utterance, segment.speaker) for segment in REDACTOR.redact_call(call)]
    assert found == [("0", None), ("second", "b"), ("2", "")]
    assert [s.is_final for s in REDACTOR.redact_call([Utterance("hello", is_final=False)])] == [True]
    assert REDACTOR.redact_call([]) == []


def test_one_who_is_not_told_apart_reads_a_card_over_utterances() -> None:
    call = [Utterance("my card number is"), Utterance("4111 1111"), Utterance("1111 1111 thanks")]
    assert [s.text for s in REDACTOR.redact_call(call)] == [
        "my card number is",
        "[CREDIT_CARD]",
        "[CREDIT_CARD] thanks",
    ]


def test_a_card_read_between_three_speakers_is_one_entity_with_a_piece_in_each_utterance() -> None:
    said = [
        ("a", "what's the card number"),
        ("b", "it's 4111 1111"),
        ("c", "go on"),
        ("b", "1111"),
        ("a", "okay"),
        ("b", "1111"),
    ]
    found = REDACTOR.redact_call([Utterance(text, speaker=speaker) for speaker, text in said])
    assert [s.text for s in found] == [
        "what's the card number", "it's [CREDIT_CARD]", "go on", "[CREDIT_CARD]", "okay", "[CREDIT_CARD]",
    ]  # fmt: skip
    pieces = [s.entities for s in found if s.entities]
    assert [len(entities) for entities in pieces] == [1, 1, 1]
    assert len({entities[0].id for entities in pieces}) == 1


def test_a_card_that_nobody_announced_is_one_entity_over_utterances() -> None:
    call = [Utterance(part, speaker="a") for part in ("it's 4111", "1111", "1111", "1111")]
    found = REDACTOR.redact_call(call)
    assert [s.text for s in found] == ["it's [CREDIT_CARD]", *["[CREDIT_CARD]"] * 3]
    assert len({entity.id for s in found for entity in s.entities}) == 1


# --- times


def test_times_cover_words_that_overlap_or_lack_a_time() -> None:
    words = (
        Word("card", 0.0, 0.2),
        Word("4111", 1.0, 3.0),
        Word("1111"),
        Word("1111", 2.0, 2.5),
        Word("1111", 2.2, 2.4),
    )
    (entity,) = REDACTOR.redact_call([Utterance(f"card {PAN}", words=words)])[0].entities
    assert (entity.start_s, entity.end_s) == (1.0, 3.0)
    bare = (Word("card", 0.0, 0.2), Word("4111"), Word("1111", 2.0, 2.2), Word("1111", 2.3, 2.5), Word("1111"))
    (entity,) = REDACTOR.redact_call([Utterance(f"card {PAN}", words=bare)])[0].entities
    assert (entity.start_s, entity.end_s) == (2.0, 2.5)


def test_no_time_of_a_single_digit_is_left_in_what_comes_back() -> None:
    utterance = timed("my card number is four one one one one one one one one one one one one one one one thanks")
    (segment,) = REDACTOR.redact_call([utterance])
    (entity,) = segment.entities
    assert (entity.start_s, entity.end_s) == (2.0, 9.9)
    assert sum(isinstance(value, float) for value in (getattr(entity, name) for name in Entity.__slots__)) == 3


def test_without_times_there_are_none() -> None:
    (entity,) = REDACTOR.redact(f"card {PAN}").entities
    assert (entity.start_s, entity.end_s) == (None, None)


# --- interims


def test_an_interim_is_one_segment_that_the_final_replaces() -> None:
    call = REDACTOR.stream()
    (shown,) = call.push(Utterance("it's 4111 11", speaker="a", id="u", is_final=False))
    assert (shown.utterance, shown.text, shown.is_final, shown.fault) == ("u", "it's \u2026", False, False)
    (shown,) = call.push(Utterance("it's for", speaker="a", id="u", is_final=False))
    assert (shown.text, shown.start, shown.end) == ("it's for", 0, 8)
    (final,) = call.push(Utterance("it's fine", speaker="a", id="u"))
    assert (final.utterance, final.text, final.is_final) == ("u", "it's fine", True)
    assert call.close() == []


def test_the_policys_stand_in_stands_for_what_is_undecided() -> None:
    call = Redactor({"stand_in": "(...)"}).stream()
    (shown,) = call.push(Utterance("it's 4111 11", speaker="a", is_final=False))
    assert shown.text == "it's (...)"


# --- the life of a call


def test_closing_twice_gives_nothing_the_second_time() -> None:
    call = Redactor("pci").stream()
    assert call.push(Utterance("4111 1111", speaker="a")) == []
    assert [segment.text for segment in call.close()] == ["4111 1111"]
    assert call.close() == []
    for is_final in (True, False):
        with pytest.raises(StreamError, match="the call is closed"):
            call.push(Utterance("more", is_final=is_final))
    assert REDACTOR.stream().close() == []


@pytest.mark.parametrize("value", [None, "text", b"text", 7, {"text": "x"}, Utterance(None), Utterance(b"x")])  # type: ignore[arg-type]
def test_what_is_no_utterance_is_refused_and_changes_nothing(value: Any) -> None:
    call = REDACTOR.stream()
    with pytest.raises(StreamError):
        call.push(value)
    with pytest.raises(StreamError):
        REDACTOR.redact_call([Utterance("hello"), value])
    assert [segment.utterance for segment in call.push(Utterance("hello"))] == ["0"]


def test_a_redactor_travels_and_a_call_does_not() -> None:
    policy = {"entities": {"CREDIT_CARD": "last4"}, "hold": {"turns": 3}}
    again = pickle.loads(pickle.dumps(Redactor(policy)))  # noqa: S301
    assert again.policy == Policy.load(policy)
    assert again.redact(f"card {PAN}").text == "card [CREDIT_CARD:1111]"
    call = again.stream()
    with pytest.raises(StreamError):
        pickle.dumps(call)
    with pytest.raises(PolicyError):
        pickle.dumps(Redactor(key=bytes(32)))


def test_threads_share_a_redactor() -> None:
    calls = [cuts.whole(talk.turns(random.Random(seed))) for seed in range(100)]
    alone = [REDACTOR.redact_call(call) for call in calls]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(REDACTOR.redact_call, calls * 3)) == alone * 3


def test_no_repr_shows_what_was_said_or_by_whom() -> None:
    secret = "quince"  # noqa: S105 - a word to look for
    shown = REDACTOR.redact(secret, speaker=secret)
    values = [Word(secret), Utterance(secret, secret, words=(Word(secret),)), shown, REDACTOR, REDACTOR.stream()]
    assert secret not in "".join(f"{value!r} {value}" for value in values)


def test_importing_loads_no_large_library() -> None:
    script = "import sys, ccredact; print(*{name.split('.')[0] for name in sys.modules})"
    source = str(Path(ccredact.__file__).parents[1])
    found = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": source},
    )
    loaded = set(found.stdout.split())
    assert "ccredact" in loaded
    assert not loaded & {
        "numpy",
        "spacy",
        "presidio_analyzer",
        "presidio_anonymizer",
        "rich",
        "typer",
        "yaml",
        "phonenumbers",
    }
