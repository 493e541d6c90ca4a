"""How far a spoken e-mail address goes, and when it is complete."""

from __future__ import annotations

import pytest

from ccredact.detectors.identifiers.spoken_email import BEHIND_AT, BEHIND_DOT, SpokenEmail
from read_runs import tokens_of


def read(text: str, stage: int = 0) -> tuple[int, SpokenEmail]:
    """Return how many words of a text the candidate took, and the candidate."""
    tokens = tokens_of(text)
    email = SpokenEmail(tokens[0], tokens[0].index, stage)
    for taken, token in enumerate(tokens):
        if not email.take(token, ()):
            return taken, email
    return len(tokens), email


@pytest.mark.parametrize(("text", "words", "complete"), [
    ("j wexley at example dot com", 6, True),
    ("j wexley at example dot co dot uk thanks a lot", 8, True),
    ("wexley underscore eighty two at example dot org", 8, True),
    ("wexley at example", 3, False),
    ("wexley at least once", 2, False),
    ("wexley at five", 3, False),
    ("wexley at 5", 2, False),
    ("j wexley all lower case at example dot d e and", 10, True),
    ("wexley you know", 1, False),
])  # fmt: skip
def test_it_takes_words_as_far_as_they_may_be_an_address(text: str, words: int, *, complete: bool) -> None:
    taken, email = read(text)
    assert (taken, email.is_complete) == (words, complete)


def test_it_may_begin_behind_the_at() -> None:
    assert read("example dot com", BEHIND_AT)[1].is_complete


def test_it_may_begin_behind_a_dot() -> None:
    assert read("com", BEHIND_DOT)[1].is_complete


def test_it_waits_for_so_many_words_only() -> None:
    assert read("wexley " * 40)[0] == 29


@pytest.mark.parametrize(("text", "last"), [
    ("pemberton roofing dot com", 3), ("pemberton dot com slash roofing", 4), ("pemberton dot roofing", None),
    ("pemberton at example dot com", None),
])  # fmt: skip
def test_without_an_at_it_may_be_a_web_address(text: str, last: int | None) -> None:
    email = read(text)[1]
    assert email.site_end == (-1 if last is None else email.start + last)
