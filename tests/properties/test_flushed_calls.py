"""What may wait no longer is hidden: calls flushed at random, and what is held where nothing is open."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

import cuts
import talk
import talk_answers
from ccredact import Redactor, Utterance
from ccredact.text.words import offsets_of
from flushes import flushed, hidden
from held import candidate_words
from strategies import RANDOMS, made

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ccredact.core.call import Call

REDACTOR = Redactor(tagger=False)
CALLS = st.one_of(made(talk.turns), made(talk_answers.turns))


def is_read_out(word: str) -> bool:
    """Whether a word is a number or a letter: no word that only waits for those behind it."""
    bare = word.strip("[]().,").lower()
    return bare in talk.UNITS or any(map(str.isdecimal, bare)) or (len(bare) == 1 and bare not in "ai")


@given(call=CALLS, rng=RANDOMS)
def test_what_the_finished_call_hides_of_what_is_read_out_a_flushed_one_hides_too(
    call: talk.Turns, rng: random.Random
) -> None:
    utterances = [utterance for _, utterance in cuts.recut(call, rng)]
    finished = [hidden(u, [s]) for u, s in zip(utterances, REDACTOR.redact_call(utterances), strict=True)]
    for utterance, whole, live in zip(utterances, finished, flushed(REDACTOR, utterances, rng), strict=True):
        for word, was, is_hidden in zip(utterance.text.split(), whole, live, strict=True):
            assert is_hidden or not was or not is_read_out(word), (utterance.text, word)


@given(call=CALLS, rng=RANDOMS)
def test_no_word_of_an_open_candidate_is_shown_at_the_deadline(call: talk.Turns, rng: random.Random) -> None:
    stream = REDACTOR.stream()
    for _, utterance in cuts.recut(call, rng):
        stream.push(utterance)
        if rng.randrange(4) == 0:
            check_flush(stream)


def check_flush(stream: Call) -> None:
    """Every word of the open candidates comes hidden."""
    left = {p.number: (p.rest.left, p.end) for p in stream._state._pending}
    words = {p.number: p.rest for p in stream._state._pending}
    open_words = candidate_words(stream)
    segments = {segment.utterance: segment for segment in stream.flush(after=0)}
    assert segments.keys() == {str(number) for number in left}
    for number, (first, end) in left.items():
        rest = words[number]
        places = rest.offsets if rest.offsets is not None else offsets_of(rest.text)
        for word in range(first, end):
            if word in open_words:
                start, stop = places[word - rest.word]
                entities = segments[str(number)].entities
                assert any(e.start <= start and stop <= e.end for e in entities), rest.text


def pieces(digits: str, rng: random.Random) -> Iterator[str]:
    """Cut digits into groups."""
    while digits:
        size = 1 + rng.randrange(4)
        yield digits[:size]
        digits = digits[size:]


@given(rng=RANDOMS, digits=st.text("0123456789", min_size=16, max_size=16))
def test_later_pieces_of_what_was_flushed_are_hidden_whether_it_is_a_card_or_none(
    rng: random.Random, digits: str
) -> None:
    """Twelve digits that may begin a card, flushed; what its speaker reads on with right behind is hidden too."""
    stream = REDACTOR.stream()
    stream.push(Utterance("so it is 4242 4242 4242", "c", id="first"))
    shown = "".join(segment.text for segment in stream.flush(after=0))
    assert not any(map(str.isdecimal, shown))
    groups = list(pieces(digits[:4], rng))
    later = [segment for group in groups for segment in stream.push(Utterance(group, "c"))]
    later += stream.push(Utterance("thank you very much and have a nice day everybody there", "c"))
    assert not any(map(str.isdecimal, "".join(segment.text for segment in [*later, *stream.close()])))


@given(call=CALLS, rng=RANDOMS)
def test_nothing_is_held_where_no_detector_is_undecided(call: talk.Turns, rng: random.Random) -> None:
    stream = REDACTOR.stream()
    for _, utterance in cuts.recut(call, rng):
        stream.push(utterance)
        state = stream._state
        is_open = any(
            detector.open_from(pending.rest.left, pending.end) < pending.end
            for pending in state._pending
            for detector in state._scanner.detectors
        )
        assert is_open or stream.held.words == 0


@given(
    words=st.lists(st.sampled_from("well that is good thank you very much and then we go there".split()), min_size=1)
)
def test_plain_words_are_never_held(words: list[str]) -> None:
    stream = REDACTOR.stream()
    for word in words:
        stream.push(Utterance(word, "c"))
        assert stream.held.words == 0
