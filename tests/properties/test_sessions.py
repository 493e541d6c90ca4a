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
from ccredact.live.limits import Limits
from ccredact.live.session import Session
from flushes import hidden
from held import Clock
from recogniser import Recogniser
from sessions import TOLD, WRONG, Counts, digits_in, play, visible
from strategies import RANDOMS, made
from streams import by_utterance

if TYPE_CHECKING:
    import random

    from ccredact import Segment

REDACTOR = Redactor(tagger=False)
CALLS = st.one_of(made(talk.turns), made(talk_answers.turns))
STAND_IN = REDACTOR.policy.stand_in


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
            check_interim(visible(interim, segment, STAND_IN), hide, interim.text)
        stream.push(final)


@given(call=CALLS, rng=RANDOMS, timed=st.booleans(), moved=st.booleans())
def test_a_session_comes_to_what_the_finished_call_is_whatever_the_recogniser_does(
    call: talk.Turns, rng: random.Random, *, timed: bool, moved: bool
) -> None:
    """The same text; where time has passed, or a secret was handed over, nothing is shown that it hides."""
    events = Recogniser(WRONG, rng).recognised([utterance for _, utterance in cuts.recut(call, rng)])
    counts = Counts()
    counts.take("it", play(REDACTOR, events, rng, timed=timed, moved=moved), REDACTOR)
    late = [found for found in counts.late if TOLD not in found]
    assert (counts.changed, late, counts.too_many, counts.faults) == ([], [], [], [])


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
