"""Terms that a policy allows and denies are the same however a call is cut, and none shows a card or a PIN."""

from __future__ import annotations

import random
from typing import Final

from hypothesis import given

import cuts
import talk
from ccredact import Redactor, Segment
from strategies import RANDOMS, made

ALLOW: Final = (
    "pin",
    "4821",
    "4242 4242 4242 4242",
    "4242",
    "ada",
    "northgate bank",
    "heron 4821",
    "5 5 0 1 4 2",
    "blue",
)
DENY: Final = {
    "PROJECT": ["blue heron", "heron blue heron", "the heron", "okay"],
    "BADGE": [r"/kx\d+/", "/-9[a-f]/"],
    "PERSON": ["kx"],
}
POLICY = {"allow": ALLOW, "deny": DENY}
REDACTOR, SHOWN = Redactor(POLICY, tagger=False), Redactor({"deny": DENY}, tagger=False)
TERMS = [term.split() for term in (*ALLOW, *(t for terms in DENY.values() for t in terms if t[0] != "/"))]
BETWEEN = "uh um the heron blue heron's bank, kx4471 a-9c7 KX1. 4821 pin ada's [PERSON] okay and Blue-heron 555".split()
PROMPTS = "what's your pin|the card number is|your phone number|my pin is|my name is".split("|")


def words(rng: random.Random) -> list[str]:
    kind = rng.randrange(5)
    if kind == 0:
        return [rng.choice(BETWEEN)]
    if kind == 1:
        return rng.choice(PROMPTS).split()
    if kind == 2:
        return [rng.choice(talk.TALK)]
    return talk.term_in_talk(rng.choice(TERMS), BETWEEN, rng)


def turns(rng: random.Random) -> talk.Turns:
    return talk.turns_of(words, rng)


def known(answers: cuts.Answers) -> list[tuple[int, list[tuple[str, str] | str]]]:
    """What hides each word, without the number of the entity: those of patterns come with the end of a final."""
    rows = ((turn, [w if isinstance(w, str) else (w[0], w[2]) for w in words]) for turn, words in answers.items())
    return sorted(rows, key=lambda row: row[0])


@given(call=made(turns), rng=RANDOMS)
def test_terms_are_shown_and_hidden_alike_however_a_call_is_cut(call: talk.Turns, rng: random.Random) -> None:
    whole = known(cuts.finished(call, REDACTOR))
    assert known(cuts.streamed(list(cuts.word_by_word(call)), REDACTOR)) == whole
    for number in range(cuts.CUTS):
        cut = cuts.recut(call, rng)
        pieces = cuts.with_interims(cut, rng) if number % 2 else list(cut)
        assert known(cuts.streamed(pieces, REDACTOR)) == whole, f"in these pieces:\n{cuts.shown(pieces)}"


NEVER = {"CREDIT_CARD", "CREDIT_CARD_CVV", "CREDIT_CARD_EXPIRY", "CREDIT_CARD_LAST4", "PIN"}


def places(segment: Segment, labels: set[str] | None = None) -> set[int]:
    """The characters of an utterance that are hidden, under some labels perhaps."""
    found = [entity for entity in segment.entities if labels is None or entity.label in labels]
    return {at for entity in found for at in range(entity.start, entity.end)}


@given(call=made(turns))
def test_an_allowed_term_never_shows_a_card_or_a_pin_and_hides_nothing(call: talk.Turns) -> None:
    utterances = cuts.whole(call)
    allowed, without = REDACTOR.redact_call(utterances), SHOWN.redact_call(utterances)
    for with_, plain in zip(allowed, without, strict=True):
        assert places(plain, NEVER) <= places(with_) <= places(plain)
