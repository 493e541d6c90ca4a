"""Words, their keys, and what stands between them."""

from __future__ import annotations

import pytest

from ccredact.lang.en.noise import NOISE
from ccredact.text.words import (
    BROKEN,
    CLOCK,
    JOINED,
    MONEY,
    PLAIN,
    SLASH,
    Words,
    fold,
    gap_kind,
    gaps_of,
    keys_of,
    offsets_of,
)

WORDS = [
    ("", []),
    ("...", []),
    ("\u200b", []),
    ("Hello", ["hello"]),
    ("so, I said: no!", ["so", "i", "said", "no"]),
    ("one-two", ["one", "two"]),
    ("naïve_x", ["naïve", "x"]),
    ("$45.20", ["45", "20"]),
    ("A1B2", ["a1b2"]),
    # apostrophes belong to a word when it goes on behind them
    ("don't", ["don't"]),
    ("'tis o'clock'", ["tis", "o'clock"]),
    ("rock 'n' roll", ["rock", "n", "roll"]),
    ("a''b", ["a", "b"]),
    ("don\u2019t", ["don't"]),
    ("don\uff07t", ["don't"]),
    # marks, and characters that only format
    ("cafe\u0301 bar", ["cafe\u0301", "bar"]),
    ("\u0301a", ["a"]),
    ("4\u0301 1", ["4", "1"]),
    ("a\u200bb a\u00adb", ["ab", "ab"]),
    ("4\u200b1", ["41"]),
    # other scripts and forms
    ("ＡＢＣ１２", ["abc12"]),
    ("\u0664\u0661\u0661\u0661", ["4111"]),
    ("ß ﬁve", ["ss", "five"]),
    ("一二三四 ①②③④", ["1234", "1234"]),
    ("一二三 ①②③ ² Ⅳ", ["一二三", "①②③", "²", "Ⅳ"]),
]


@pytest.mark.parametrize(("text", "keys"), WORDS)
def test_the_keys_of_a_text(text: str, keys: list[str]) -> None:
    assert keys_of(text, NOISE) == keys


@pytest.mark.parametrize("text", [text for text, _ in WORDS])
def test_keys_ranges_and_gaps_are_of_the_same_words(text: str) -> None:
    offsets, gaps = offsets_of(text), gaps_of(text)
    words = [text[start:end] for start, end in offsets]
    assert [fold(word) for word in words] == keys_of(text, NOISE)
    assert len(gaps) == len(words) + 1
    assert "".join(part for pair in zip(gaps, [*words, ""], strict=True) for part in pair) == text


@pytest.mark.parametrize("text", [*(text for text, _ in WORDS), "It's 'so' dogs' 'n A a, a.", "[noise] a [PIN] a(b"])
def test_the_words_of_an_utterance_stand_where_the_patterns_find_them(text: str) -> None:
    words = Words(text, NOISE)
    assert (words.offsets, words.gaps) == (offsets_of(text), gaps_of(text))


def test_the_words_of_an_utterance_are_cut_when_somebody_asks() -> None:
    words = Words("it's 41,  11", NOISE)
    assert words.keys == ["it's", "41", "11"]
    assert words.made_offsets is None
    assert words.offsets == [(0, 4), (5, 7), (10, 12)]
    assert words.made_offsets is words.offsets
    assert words.gaps == ["", " ", ",  ", ""]


@pytest.mark.parametrize(
    ("kind", "gaps"),
    [
        (PLAIN, ["", " ", "\n", "  "]),
        (JOINED, ["-", " - ", ".", "...", "\u2013", "\u200b", "\u00b7", "\u2212"]),
        (BROKEN, [",", "?", "_", "(", " .,", " : ", "-:"]),
        (MONEY, ["$", " £", "-$", ", €"]),
        (CLOCK, [":"]),
        (SLASH, ["/", "\u2044", ":/"]),
    ],
)
def test_the_kind_of_a_gap(kind: int, gaps: list[str]) -> None:
    assert {gap: gap_kind(gap) for gap in gaps} == dict.fromkeys(gaps, kind)
