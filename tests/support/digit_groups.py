"""Words as tokens, and runs of digits made of them, for tests of the parts of the card detector."""

from __future__ import annotations

from ccredact.detectors.cards.digit_run import DigitRun
from ccredact.detectors.cards.run_context import RunContext
from ccredact.lang.en.noise import NOISE
from ccredact.lang.en.words import CLASSES, other_classes
from ccredact.numbers.composer import Group
from ccredact.text.token import Token
from ccredact.text.word_class import MONTH, NUMERIC
from ccredact.text.words import gaps_of, keys_of


def tokens(text: str, *, first: int = 0, turn: int = 0, speaker: str | None = "A") -> list[Token]:
    """Give the words of a text, which is all of a turn, counted from `first` on."""
    words = enumerate(zip(keys_of(text, NOISE), gaps_of(text)[:-1], strict=True), first)
    return [
        Token(at, turn, speaker, key, CLASSES.get(key) or other_classes(key), gap or " ", None)
        for at, (key, gap) in words
    ]


def run_of(text: str, *, first: int = 0, turn: int = 0, speaker: str | None = "A") -> DigitRun:
    """Give the run of number words and fillers, after its end."""
    words = tokens(text, first=first, turn=turn, speaker=speaker)
    run = DigitRun(words[0], RunContext(led=True))
    for token in words:
        if token.classes & MONTH and not token.classes & NUMERIC:
            run.add_month(token)
        elif token.classes & NUMERIC or run.takes(token):
            run.add(token)
        else:
            run.pause(token)
    run.finish()
    return run


def groups_of(text: str, *, first: int = 0, turn: int = 0, speaker: str | None = "A") -> list[Group]:
    """Give the groups of such a run."""
    return run_of(text, first=first, turn=turn, speaker=speaker).groups
