"""Sessions of a recogniser: the contract of interims and finals, whatever the recogniser does.

What is shown of an interim is what the final shows of its first words: nothing that the final hides where the interim
is the beginning of it, but for at most four digits that nobody asked for and that nothing behind has yet announced.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

import cuts
import talk
import talk_answers
from ccredact import Redactor, Utterance
from ccredact.core.release import VISIBLE_DIGITS
from ccredact.live.adapter import Heard, Kind
from ccredact.live.limits import Limits, Outcome
from ccredact.live.session import Session
from flushes import Clock, hidden
from recognisers import recognised
from strategies import RANDOMS, made
from streams import by_utterance

if TYPE_CHECKING:
    import random

    from ccredact import Segment

REDACTOR = Redactor(tagger=False)
CALLS = st.one_of(made(talk.turns), made(talk_answers.turns))
STAND_IN = REDACTOR.policy.stand_in


def visible(interim: Utterance, segment: Segment) -> list[bool]:
    """Whether each space-separated word of an interim can be read in what is shown of it."""
    at = out = 0
    for entity in segment.entities:
        at, out = entity.end, entity.out_end
    rest, text = segment.text[out:], interim.text
    end = len(text) if rest == text[at:] else at + len(rest.removesuffix(STAND_IN))
    shown: list[bool] = []
    place = 0
    for word, is_hidden in zip(text.split(), hidden(interim, [segment]), strict=True):
        place = text.index(word, place) + len(word)
        shown.append(place <= end and not is_hidden)
    return shown


def digits_in(word: str) -> int:
    """How many digits a word is at least."""
    bare = word.lower().strip("[]<>(){}.,")
    return sum(map(str.isdecimal, bare)) or int(bare in talk.UNITS)


def check_interim(words: list[bool], hides: list[bool], text: str) -> None:
    """No word that the final hides is shown, but for a few digits."""
    given_away = [
        word for word, shown, is_hidden in zip(text.split(), words, hides, strict=False) if shown and is_hidden
    ]
    assert all(digits_in(word) for word in given_away), given_away
    assert sum(digits_in(word) for word in given_away) <= VISIBLE_DIGITS, given_away


@given(call=CALLS, rng=RANDOMS)
def test_an_interim_shows_nothing_that_its_final_hides(call: talk.Turns, rng: random.Random) -> None:
    finals = [utterance for _, utterance in cuts.recut(call, rng)]
    hides = [hidden(u, [s]) for u, s in zip(finals, REDACTOR.redact_call(finals), strict=True)]
    stream = REDACTOR.stream()
    for final, hide in zip(finals, hides, strict=True):
        words = final.text.split()
        for count in range(1, len(words) + 1):
            interim = Utterance(" ".join(words[:count]), final.speaker, is_final=False)
            (segment,) = stream.push(interim)
            check_interim(visible(interim, segment), hide, interim.text)
        stream.push(final)


@given(call=CALLS, rng=RANDOMS)
def test_finals_come_to_what_the_finished_call_is_whatever_is_said_between(
    call: talk.Turns, rng: random.Random
) -> None:
    events = recognised([utterance for _, utterance in cuts.recut(call, rng)], rng)
    talking = Session(REDACTOR.stream(clock=Clock()), Limits(), after=1.5)
    finals: list[Utterance] = []
    segments: list[Segment] = []
    dropped = 0
    for event in events:
        outcome, given_back = talking.take(event, 0.0)
        segments += [segment for segment in given_back if segment.is_final]
        said = event.utterance
        assert said is not None
        if outcome is not Outcome.TAKEN:
            dropped += 1
            assert said.id in {final.id for final in finals}
        elif said.is_final and event.kind is Kind.UTTERANCE:
            finals.append(said)
        else:
            assert [segment.is_final for segment in given_back] == [False]
    segments += talking.close(cut=False)
    assert len({final.id for final in finals}) == len(finals)
    finished = {u.id: s for u, s in zip(finals, REDACTOR.redact_call(finals), strict=True)}
    got = by_utterance(segments)
    assert {name: "".join(s.text for s in pieces) for name, pieces in got.items()} == {
        name: segment.text for name, segment in finished.items()
    }


@given(call=CALLS, rng=RANDOMS)
def test_a_provisional_final_that_nothing_follows_is_in_the_call(call: talk.Turns, rng: random.Random) -> None:
    """Each final is announced to be replaced and is not: at the deadline it is what was said."""
    clock = Clock()
    finals = [Utterance(u.text, u.speaker, str(at)) for at, (_, u) in enumerate(cuts.recut(call, rng))]
    talking = Session(REDACTOR.stream(clock=clock), Limits(), after=1.0)
    segments: list[Segment] = []
    for final in finals:
        assert not talking.take(Heard("call", final, Kind.PROVISIONAL), clock.now)[1][0].is_final
        clock.now += 1.0
        segments += talking.tick(clock.now, after=1e9)
    got = by_utterance([*segments, *talking.close(cut=False)])
    texts = ["".join(segment.text for segment in got[str(at)]) for at in range(len(finals))]
    assert texts == [segment.text for segment in REDACTOR.redact_call(finals)]
