"""The tagger over the finals of a turn: what it finds does not depend on how a recogniser cut the turn.

Three things may differ, and stand in the calls of no test here but the last one: words that lead into a name or an
address (a title, "no") do not wait; a number too long for a house, or with a word behind it that no street begins with,
does not wait either; and what stands by itself in a final may be an answer, which the whole turn does not say.
"""

from __future__ import annotations

import random
from typing import NamedTuple
from unittest.mock import patch

import pytest
from hypothesis import given

import tagged_talk
from ccredact import Redactor, Utterance
from ccredact.core.scanner import Scanner
from ccredact.core.vocabulary import Vocabulary
from ccredact.detectors.base import OutsideCall
from ccredact.detectors.names.detector import TaggedDetector
from ccredact.detectors.names.turn_window import TurnWindow
from ccredact.lang.en.language import english
from ccredact.policy import DEFAULT_LOOK_OVER
from ccredact.tagger import architecture as arch
from ccredact.tagger.network import Network
from ccredact.tagger.weights import shipped
from strategies import chance, made

NETWORK = Network(shipped())
TALK = "yes please|thank you for calling|one moment|I'd like to change my booking|is that right?|who is it for".split(
    "|"
)
LEADS = ["my name is", "it's", "this is", "I live on", "the address is", "we are at", "for"]
QUESTIONS = [
    "what's your last name?", "can I take the surname please", "and the first name", "which town is that in?",
    "what name is the booking under", "who am I speaking with today", "what street do you live on?",
    "could you spell your last name for me", "my last name is on the letter", "is there anything else",
]  # fmt: skip
ANSWERS = [
    "coffee", "bell", "it's hope", "hope that's h o p e", "garlic", "no garlic", "yes it's under june baker", "reading",
    "truth or consequences new mexico", "what do you mean", "one moment please", "the surname is power p o w e r",
    "that's right", "hope street", "oh sure", "march",
]  # fmt: skip
REDACTORS = {reach: Redactor({"look_over": reach}) for reach in (0, 2, DEFAULT_LOOK_OVER)}
Found = dict[int, str]
Finals = list[tuple[str, str]]


class Talk(NamedTuple):
    """A call: its turns as one final each, and cut."""

    whole: Finals
    cut: Finals


def name(rng: random.Random) -> str:
    return " ".join(rng.choice(kind) for kind in (tagged_talk.GIVEN, tagged_talk.FAMILY)[: rng.randrange(1, 3)])


def address(rng: random.Random) -> str:
    street = rng.choice(tagged_talk.STREETS), rng.choice(tagged_talk.KINDS), rng.choice(tagged_talk.PLACES)
    return " ".join([str(rng.randrange(1, 999)), *street])


def turn(rng: random.Random) -> str:
    parts = []
    for _ in range(rng.randrange(1, 5)):
        kind = rng.randrange(3)
        parts.append(
            rng.choice(TALK) if not kind else f"{rng.choice(LEADS)} {name(rng) if kind == 1 else address(rng)}"
        )
    text = " ".join(parts)
    return rng.choice([text, text.lower()])


def cut(text: str, rng: random.Random, odds: int) -> list[str]:
    words = text.split(" ")
    pieces = [words[:1]]
    for word in words[1:]:
        if chance(rng, odds):
            pieces.append([])
        pieces[-1].append(word)
    return [" ".join(piece) for piece in pieces]


def talk(rng: random.Random) -> Talk:
    whole = [("ab"[number % 2], turn(rng)) for number in range(rng.randrange(1, 4))]
    odds = rng.choice([10, 40, 100])
    return Talk(whole, [(speaker, piece) for speaker, text in whole for piece in cut(text, rng, odds)])


def found(finals: Finals) -> Found:
    """What the tagger finds in a call, by word."""
    detector = TaggedDetector(NETWORK, shipped().prefilter, look_over=DEFAULT_LOOK_OVER)
    scanner = Scanner(Vocabulary(english(), [detector]), [detector], OutsideCall().dialogue)
    spans = [span for speaker, text in finals for span in scanner.scan(text, speaker, None)] + scanner.close()
    return {word: span.label for span in spans for word in range(span.start, span.end)}


def test_the_default_is_what_the_network_sees() -> None:
    assert DEFAULT_LOOK_OVER == arch.RIGHT


@given(said=made(talk))
def test_a_turn_in_pieces_is_read_as_the_whole_turn(said: Talk) -> None:
    with patch.object(TurnWindow, "_breaks_off", return_value=True):  # no final is read by itself
        assert found(said.cut) == found(said.whole)


@given(said=made(talk))
def test_what_a_final_says_by_itself_hides_more_and_never_less(said: Talk) -> None:
    assert found(said.whole).keys() <= found(said.cut).keys()


def is_found_alike(redactor: Redactor, said: list[Utterance]) -> bool:
    """Stream a call with interims, and say whether it reads as the finished call."""
    stream = redactor.stream()
    parts = {str(number): "" for number in range(len(said))}
    for number, utterance in enumerate(said):
        for end in range(0, len(utterance.text), 7):
            stream.push(Utterance(utterance.text[:end], utterance.speaker, id=str(number), is_final=False))
        for segment in stream.push(utterance):
            parts[str(segment.utterance)] += segment.text
    for segment in stream.close():
        parts[str(segment.utterance)] += segment.text
    return list(parts.values()) == [segment.text for segment in redactor.redact_call(said)]


@pytest.mark.parametrize("reach", REDACTORS)
@given(call=made(tagged_talk.finals))
def test_a_stream_finds_what_a_finished_call_finds(reach: int, call: list[tagged_talk.Final]) -> None:
    assert is_found_alike(REDACTORS[reach], tagged_talk.utterances(call))


def asked_talk(rng: random.Random) -> Finals:
    """Make a call in which names are asked for, in finals of any length."""
    finals: Finals = []
    for _ in range(rng.randrange(1, 5)):
        odds = rng.choice([0, 10, 40, 100])
        for speaker, texts in (("a", [*TALK, *QUESTIONS * 2]), ("b", [*ANSWERS * 2, *TALK])):
            said = " ".join(rng.choice(texts) for _ in range(rng.choice([1, 1, 2])))
            finals += [(speaker, piece) for piece in cut(rng.choice([said, said.lower()]), rng, odds)]
    return finals


@pytest.mark.parametrize("reach", REDACTORS)
@given(finals=made(asked_talk))
def test_a_stream_finds_the_names_that_were_asked_for_as_a_finished_call_does(reach: int, finals: Finals) -> None:
    said = [Utterance(text, speaker, id=str(number)) for number, (speaker, text) in enumerate(finals)]
    assert is_found_alike(REDACTORS[reach], said)


@given(call=made(tagged_talk.finals))
def test_no_word_waits_for_another_final_where_nothing_may(call: list[tagged_talk.Final]) -> None:
    detector = TaggedDetector(NETWORK, shipped().prefilter)
    scanner = Scanner(Vocabulary(english(), [detector]), [detector], OutsideCall().dialogue)
    for utterance in tagged_talk.utterances(call):
        scanner.scan(utterance.text, utterance.speaker, None)
        assert not detector.holds


@given(said=made(talk))
def test_a_word_waits_for_the_words_of_the_policy_at_most(said: Talk) -> None:
    detector = TaggedDetector(NETWORK, shipped().prefilter, look_over=DEFAULT_LOOK_OVER)
    scanner = Scanner(Vocabulary(english(), [detector]), [detector], OutsideCall().dialogue)
    for speaker, text in said.cut:
        scanner.scan(text, speaker, None)
        least = scanner.word - DEFAULT_LOOK_OVER - 8
        assert detector.open_from(0, scanner.word) >= max(least, scanner.turn_start)
