"""E-mail, web, IP and MAC addresses in a text."""

from __future__ import annotations

import pytest

from ccredact.lang.en.noise import NOISE
from ccredact.text.words import Words
from ccredact.text.written_forms import find, may_be_written, written_words

EVERYDAY = frozenset({"call", "me", "thanks"})
EMAIL, URL, IP, MAC = "EMAIL_ADDRESS", "URL", "IP_ADDRESS", "MAC_ADDRESS"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("mail j.smith@example.com.", [(EMAIL, "j.smith@example.com")]),
        ("mail:x@example.com; me@localhost", [(EMAIL, "x@example.com"), (EMAIL, "me@localhost")]),
        ("www.example.com/a?b=1, ok", [(URL, "www.example.com/a?b=1")]),
        ("(https://example.com) ftp://x", [(URL, "https://example.com"), (URL, "ftp://x")]),
        ("visit example.com!", [(URL, "example.com")]),
        ("EXAMPLE.CO.UK or example.de/path", [(URL, "EXAMPLE.CO.UK"), (URL, "example.de/path")]),
        ("jsmith.me", [(URL, "jsmith.me")]),
        ("10.0.0.1, 10.0.0.0/8", [(IP, "10.0.0.1"), (IP, "10.0.0.0/8")]),
        ("::1 2001:db8::1 fe80::1/64", [(IP, "::1"), (IP, "2001:db8::1"), (IP, "fe80::1/64")]),
        ("00:1b:44:11:3a:b7 00-1B-44-11-3A-B7", [(MAC, "00:1b:44:11:3a:b7"), (MAC, "00-1B-44-11-3A-B7")]),
    ],
)
def test_what_is_written(text: str, found: list[tuple[str, str]]) -> None:
    assert may_be_written(text)
    assert [(label, text[start:end]) for start, end, label in find(text, EVERYDAY)] == found


def test_marks_of_a_sentence_are_no_sign_of_it() -> None:
    assert not may_be_written("Well. It's 12:30, a half-day. Ok.")
    assert may_be_written("Ok.It is")


@pytest.mark.parametrize(
    "text",
    [
        "", "hello there", "@home", "thanks.no", "call me.me", "3.5", "1.2.3", "1.2.3.4.5", "10.0.0.256", "12:30",
        "10:30:15", "00:1b:44:11:3a", "a.b.c", "e.g. this", "x.com2",
    ],
)  # fmt: skip
def test_what_looks_like_it_and_is_not(text: str) -> None:
    assert find(text, EVERYDAY) == []


def test_an_everyday_word_before_an_ending_that_is_a_word_is_no_domain() -> None:
    assert find("call.me", frozenset({"call"})) == []
    assert find("call.me", frozenset()) == [(0, 7, URL)]


def test_each_word_knows_the_whole_form() -> None:
    words = Words("so x@example.com or 10.0.0.1", NOISE)
    email, address = (EMAIL, 6, 9), (IP, 10, 14)
    assert written_words(words, 5, EVERYDAY) == {
        **dict.fromkeys(range(1, 4), email),
        **dict.fromkeys(range(5, 9), address),
    }
