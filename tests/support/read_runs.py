"""Runs of digits and letters as the detector of identifiers would gather them from a text, for tables of its rules."""

from __future__ import annotations

from ccredact.detectors.identifiers.beginnings import begins_run, word_before
from ccredact.detectors.identifiers.code_run import CodeRun
from ccredact.detectors.identifiers.going_on import continues_run, pauses_run
from ccredact.dialogue.expected_answer import ExpectedAnswer
from ccredact.lang.en.noise import NOISE
from ccredact.lang.en.words import CLASSES, common_words, other_classes
from ccredact.text.token import Token
from ccredact.text.words import gaps_of, keys_of

PLACE = 100
"""The first word of what is read: there is room for a question before it."""


def tokens_of(text: str, turn: int = 1) -> list[Token]:
    """Return the words of a text as the scanner would feed them."""
    tokens = []
    for at, (key, gap) in enumerate(zip(keys_of(text, NOISE), gaps_of(text)[:-1], strict=True)):
        classes = CLASSES.get(key, 0)
        if key not in CLASSES and key not in common_words():
            classes = other_classes(key)
        tokens.append(Token(PLACE + at, turn, "caller", key, classes, gap or " ", None))
    return tokens


def token_of(word: str) -> Token | None:
    """Return the word behind a run; None where its turn is over, for which "" stands."""
    return tokens_of(word)[0] if word else None


def asked(kind: str, *, weak: bool = False, parts: bool = False) -> ExpectedAnswer:
    """Return a question of the turn before."""
    question = ExpectedAnswer(kind, PLACE - 20, 0, "agent", weak=weak)
    question.in_parts = parts
    return question


def cued(kind: str, distance: int = 1, *, weak: bool = False) -> ExpectedAnswer:
    """Return a question whose phrase ended so many words before the first one, in the same turn."""
    return ExpectedAnswer(kind, PLACE - distance, 1, "caller", weak=weak)


def run_of(text: str, question: ExpectedAnswer | None = None) -> CodeRun:
    """Return the run that a text ends with, all of it behind the mark "|", or all of the text where there is none."""
    before, mark, text_of_run = text.rpartition("|")
    keys = tuple(keys_of(before, NOISE))
    first, *others = tokens_of(text_of_run if mark else text)
    assert begins_run(first, keys[-1] if keys else "", question), "no run begins with the word"
    run = CodeRun(first, question, word_before(keys), keys)
    run.add(first)
    for token in others:
        if continues_run(run, token):
            run.add(token)
        else:
            assert pauses_run(run, token), f"the run ends before {token.key!r}"
            run.pause(token)
    return run
