"""Stream = batch, and nothing released is taken back: random calls, cut at random, with wrong interims in between."""

from __future__ import annotations

import random

from hypothesis import example, given
from hypothesis import strategies as st

import talk
import talk_answers
import talk_dates
from ccredact import Redactor, Segment, Utterance
from streams import by_utterance

REDACTOR = Redactor(tagger=False)
DATED = Redactor({"entities": {"DATE_TIME": "replace"}}, tagger=False)
SPLITS = 20
"""Ways to cut each call: 500 calls in the quick profile are 10 000 pairs, 50 000 in the thorough one 1 000 000."""


def wrong(text: str, rng: random.Random) -> str:
    """A hypothesis of a recogniser on its way to `text`: a part of it, perhaps with words that will be revised."""
    words = text.split()
    known = words[: rng.randrange(len(words) + 1)]
    return " ".join(known + [rng.choice(talk.UNITS + talk.BITS + talk.TALK) for _ in range(rng.randrange(3))])


def stream(
    call: talk.Turns, rng: random.Random, *, interims: bool, redactor: Redactor = REDACTOR
) -> dict[int, list[tuple[str, int] | str]]:
    """What is hidden in each turn when the call arrives in pieces."""
    stream = redactor.stream()
    pieces = list(talk.recut(call, rng))
    final: list[Segment] = []
    for number, (_, _, utterance) in enumerate(pieces):
        name = str(number)
        if interims and rng.random() < 0.5:
            for _ in range(rng.randrange(1, 3)):
                hypothesis = wrong(utterance.text, rng)
                shown = stream.push(Utterance(hypothesis, speaker=utterance.speaker, id=name, is_final=False))
                assert [segment.is_final for segment in shown] == [False]
        final += stream.push(Utterance(utterance.text, speaker=utterance.speaker, id=name))
    got = by_utterance([*final, *stream.close()])
    turns: dict[int, list[tuple[str, int] | str]] = {}
    for number, (turn, _, utterance) in enumerate(pieces):
        turns.setdefault(turn, []).extend(talk.answer(utterance, got[str(number)]))
    return turns


@given(seed=st.integers(0, 2**48))
@example(seed=2_018_593)  # a valid card, then digits without end: what follows began with the card's words
@example(seed=2_019_211)  # a cut in a long run made a place where a card could begin
@example(seed=331)  # the "oh" after four groups of four was no zero
@example(seed=110_011_030)  # digits that answered another question became part of a date with the month behind them
def test_a_call_is_hidden_alike_however_it_is_cut(seed: int) -> None:
    rng = random.Random(seed)
    check(talk.turns(rng), rng)


@given(seed=st.integers(0, 2**48))
def test_answers_are_hidden_alike_however_a_call_is_cut(seed: int) -> None:
    rng = random.Random(seed)
    check(talk_answers.turns(rng), rng)


@given(seed=st.integers(0, 2**48))
def test_dates_are_hidden_alike_however_a_call_is_cut(seed: int) -> None:
    rng = random.Random(seed)
    check(talk_dates.turns(rng), rng, rng.choice([DATED, REDACTOR]))


def test_a_run_that_was_shortened_has_no_beginning_where_it_was_cut() -> None:
    said = (
        "four five then zero seven three four one three and six five two two eight zero four six three five two eight "
        "one five one double two four seven six eight seven double one three five two eight six five zero eight and "
        "nine zero six zero six zero double two"
    ).split()
    check([("agent", said), ("customer", ["that", "please"])], random.Random(0))


def test_no_card_ends_where_a_long_run_is_shortened() -> None:
    said = (
        "three five four eight two seven five five zero four nine six then nine nine seven eight and five one sorry "
        "two one nine eight four nine four eight nine zero seven three seven one three four eight seven five six "
        "double two three zero seven nine two nine two"
    ).split()
    check([("agent", said), ("customer", ["thanks"])], random.Random(0))


def check(call: talk.Turns, rng: random.Random, redactor: Redactor = REDACTOR) -> None:
    """The call is hidden alike whole and in pieces."""
    utterances = talk.whole(call)
    segments = redactor.redact_call(utterances)
    batch = {
        turn: talk.answer(utterance, [segment])
        for turn, (utterance, segment) in enumerate(zip(utterances, segments, strict=True))
    }
    for number in range(SPLITS):
        assert stream(call, rng, interims=bool(number % 2), redactor=redactor) == batch


@given(seed=st.integers(0, 2**48))
@example(seed=250)  # digits right after a complete card were one piece with it, or two
@example(seed=293)
def test_pushing_utterances_gives_what_the_finished_call_gives(seed: int) -> None:
    rng = random.Random(seed)
    utterances = [utterance for _, _, utterance in talk.recut(talk.turns(rng), rng)]
    finished = REDACTOR.redact_call(utterances)
    stream = REDACTOR.stream()
    text = [""] * len(utterances)
    entities: list[list[object]] = [[] for _ in utterances]
    for segment in [*(s for u in utterances for s in stream.push(u)), *stream.close()]:
        place = int(segment.utterance)
        assert finished[place].text.startswith(text[place] + segment.text)
        assert segment.out_start == len(text[place])
        text[place] += segment.text
        entities[place] += segment.entities
    assert text == [segment.text for segment in finished]
    assert [tuple(found) for found in entities] == [segment.entities for segment in finished]
