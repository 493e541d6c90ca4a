"""Stream = batch, and nothing released is taken back: random calls, cut at random, with wrong interims in between."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cuts
import talk
import talk_answers
import talk_dates
from case_files import found_calls
from ccredact import Redactor, Utterance
from strategies import RANDOMS, found, made
from streams import pushed

REDACTOR = Redactor(tagger=False)
DATED = Redactor({"entities": {"DATE_TIME": "replace"}}, tagger=False)


@given(call=made(talk.turns), rng=RANDOMS)
@found(found_calls("cuts.txt"))
def test_a_call_is_hidden_alike_however_it_is_cut(call: talk.Turns, rng: random.Random) -> None:
    cuts.check_alike(call, rng, REDACTOR)


@given(call=made(talk_answers.turns), rng=RANDOMS)
def test_answers_are_hidden_alike_however_a_call_is_cut(call: talk.Turns, rng: random.Random) -> None:
    cuts.check_alike(call, rng, REDACTOR)


@given(call=made(talk_dates.turns), rng=RANDOMS, redactor=st.sampled_from([DATED, REDACTOR]))
@found(found_calls("cuts.txt"), redactor=DATED)
def test_dates_are_hidden_alike_however_a_call_is_cut(call: talk.Turns, rng: random.Random, redactor: Redactor) -> None:
    cuts.check_alike(call, rng, redactor)


@pytest.mark.parametrize("call", found_calls("cuts.txt"))
def test_calls_that_differed_once_do_not_wherever_one_turn_is_cut_in_two(call: talk.Turns) -> None:
    whole = cuts.finished(call, REDACTOR)
    utterances = list(enumerate(cuts.whole(call)))
    for turn, (speaker, words) in enumerate(call):
        for at in range(1, len(words)):
            halves = (Utterance(" ".join(half), speaker=speaker) for half in (words[:at], words[at:]))
            pieces = [*utterances[:turn], *((turn, half) for half in halves), *utterances[turn + 1 :]]
            assert cuts.streamed(pieces, REDACTOR) == whole, f"in these pieces:\n{cuts.shown(pieces)}"


# --- segments, to the character


def check_pushed(utterances: list[Utterance], redactor: Redactor) -> None:
    """Pushed one by one, and all at once: the same text and entities, nothing of it taken back."""
    whole = redactor.redact_call(utterances)
    for segment, pieces in zip(whole, pushed(redactor, utterances), strict=True):
        text = ""
        for piece in pieces:
            assert piece.out_start == len(text)
            text += piece.text
            assert segment.text.startswith(text)
        assert text == segment.text
        assert sum((piece.entities for piece in pieces), ()) == segment.entities


@given(call=made(talk.turns), rng=RANDOMS)
@found(found_calls("cuts.txt"))
def test_pushing_utterances_gives_what_the_finished_call_gives(call: talk.Turns, rng: random.Random) -> None:
    check_pushed([utterance for _, utterance in cuts.recut(call, rng)], REDACTOR)


@pytest.mark.parametrize("call", found_calls("pushes.txt"))
def test_pushing_calls_that_differed_once_gives_what_the_finished_call_gives(call: talk.Turns) -> None:
    check_pushed(cuts.whole(call), REDACTOR)


OPERATORS = {
    "last4": Redactor({"entities": {"CREDIT_CARD": "last4"}}),
    "hash": Redactor(
        {"entities": {"CREDIT_CARD": "hash", "CREDIT_CARD_EXPIRY": "hash", "CREDIT_CARD_LAST4": "redact"}},
        key=bytes(range(32)),
    ),
    "number": Redactor(
        {"entities": {"CREDIT_CARD": "number", "CREDIT_CARD_LAST4": "number", "CREDIT_CARD_EXPIRY": "mask"}}
    ),
}


def three_calls(rng: random.Random) -> talk.Turns:
    return [turn for _ in range(1 + rng.randrange(3)) for turn in talk.turns(rng)]


@given(call=made(three_calls), rng=RANDOMS, operator=st.sampled_from(sorted(OPERATORS)))
def test_a_stream_shows_what_the_finished_call_shows_under_every_operator(
    call: talk.Turns, rng: random.Random, operator: str
) -> None:
    check_pushed([utterance for _, utterance in cuts.recut(call, rng)], OPERATORS[operator])


# --- interims


@given(call=made(talk.turns), rng=RANDOMS)
@found(found_calls("cuts.txt"))
def test_interims_in_between_change_nothing(call: talk.Turns, rng: random.Random) -> None:
    """Any interim at any place: words of another time, of another speaker."""
    pieces = [utterance for _, utterance in cuts.recut(call, rng)]
    stream, plain = REDACTOR.stream(), REDACTOR.stream()
    for piece in pieces:
        for _ in range(rng.randrange(3)):
            other = Utterance(rng.choice(pieces).text, speaker=rng.choice(["a", "b", None]), is_final=False)
            (shown,) = stream.push(other)
            assert not shown.is_final
        assert stream.push(piece) == plain.push(piece)
    assert stream.close() == plain.close()
