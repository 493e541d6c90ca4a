"""An interim costs its new words: what is shown is what a fresh copy of the call would show of the whole hypothesis."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

import cuts
import talk
import talk_answers
from ccredact import Redactor, Utterance, Word
from strategies import RANDOMS, chance, made

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator

REDACTOR = Redactor({"entities": {"DATE_TIME": "replace"}, "deny": {"MINE": ["mm-hmm yes"]}}, tagger=False)
CALLS = st.one_of(made(talk.turns), made(talk_answers.turns))
ENDS = (".", "s", "'s", ",", "_x", "4", "@x.org", "]")


def hypotheses(words: list[str], rng: random.Random) -> Iterator[list[str]]:
    """Growing ones, with a word that is revised, added, or goes on."""
    at = 0
    while at < len(words):
        at = max(1, min(len(words), at + 3 - rng.randrange(4)))
        said = words[:at]
        roll = rng.randrange(10)
        if roll == 9:
            said = [*said, rng.choice(talk.UNITS + talk.BITS)]
        elif roll == 8:
            said = [*said[:-1], said[-1] + rng.choice(ENDS)]
        elif roll == 7:
            said = [rng.choice(talk.TALK), *said[1:]]
        yield said


@given(call=CALLS, rng=RANDOMS)
def test_an_interim_is_what_it_is_without_the_ones_before(call: talk.Turns, rng: random.Random) -> None:
    stream, plain = REDACTOR.stream(), REDACTOR.stream()
    for number, (_, final) in enumerate(cuts.recut(call, rng)):
        step = rng.choice([0.0, 0.3])
        for said in hypotheses(final.text.split(), rng):
            late = 0.1 * chance(rng, 20)  # the recogniser moves the words
            times = [Word(word, at * step + late, at * step + 0.2) for at, word in enumerate(said)] if step else []
            interim = Utterance(" ".join(said), final.speaker, str(number), is_final=False, words=times)
            plain._state._drafts = {}
            assert stream.push(interim) == plain.push(interim), interim.text
        stream.push(final)
        plain.push(final)
