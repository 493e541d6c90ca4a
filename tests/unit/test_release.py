"""How far an utterance is released, and what an interim shows of it."""

from __future__ import annotations

import pickle
from dataclasses import FrozenInstanceError, replace

import pytest

from ccredact import Segment, Span, Utterance
from ccredact.core.release import VISIBLE_DIGITS, Pending, interim_text, render, whole_pieces
from ccredact.lang.en.noise import NOISE
from ccredact.lang.en.words import CLASSES
from ccredact.text.words import Words
from ccredact.transcript import make_segment

STAND_IN = "..."


def spans_of(*ranges: tuple[int, int]) -> list[Span]:
    return [Span(start, end, "PIN", 0.9, at) for at, (start, end) in enumerate(ranges)]


@pytest.mark.parametrize(
    ("ranges", "left", "horizon", "moved"),
    [
        ([], 0, 5, 5),
        ([(1, 3)], 0, 5, 5),  # it is whole
        ([(3, 7)], 0, 5, 3),  # it is cut
        ([(3, 5)], 0, 5, 3),  # the horizon follows it: what is open may be more of it
        ([(5, 7)], 0, 5, 5),  # it begins there
        ([(1, 3), (3, 5)], 0, 5, 1),  # one behind the other
        ([(3, 5), (1, 3)], 0, 5, 1),
        ([(1, 4), (3, 6)], 0, 5, 1),  # one over the other
        ([(0, 1), (2, 4), (4, 5)], 0, 5, 2),
        ([(1, 9)], 3, 5, 3),  # not before what has been released
        ([(0, 2)], 2, 5, 5),
        ([(1, 9)], 3, 3, 3),
    ],
)
def test_the_horizon_moves_back_to_the_start_of_a_piece(
    ranges: list[tuple[int, int]], left: int, horizon: int, moved: int
) -> None:
    assert whole_pieces(spans_of(*ranges), left, horizon) == moved


def pending(text: str) -> tuple[Pending, list[str]]:
    words = Words(text, NOISE)
    return Pending(0, Utterance(text, speaker="a"), 10, words, None), words.keys


def label_of(span: Span, text: str) -> str:
    del text
    return f"[{span.label}]"


def interim(text: str, horizon: int, *ranges: tuple[int, int], kept: frozenset[str] = frozenset()) -> str:
    """What an interim shows that is decided up to a word, with pieces hidden; words are counted from 0 here."""
    waiting, keys = pending(text)
    spans = spans_of(*((10 + start, 10 + end) for start, end in ranges))
    shown = interim_text(waiting, keys, CLASSES, 10 + horizon, spans, label_of, kept, STAND_IN)
    assert not shown.is_final
    return shown.text


@pytest.mark.parametrize(
    ("text", "horizon", "ranges", "shown"),
    [
        ("hello there", 2, [], "hello there"),
        ("hello there", 1, [], "hello ..."),
        ("hello there", 0, [], "..."),
        ("it is 41 ok", 4, [(2, 3)], "it is [PIN] ok"),
        ("it is 41 ok", 3, [(2, 4)], "it is ..."),  # a piece is shown as a whole or not at all
        ("it is 41 11 ok", 5, [(2, 3)], "it is [PIN] 11 ok"),
        ("a 1234 b", 3, [], "a 1234 b"),
        ("a 12345 b", 3, [], "a ..."),
        ("a 12 b 34 c 5 d", 7, [], "a 12 b 34 c ..."),
        ("one two three four", 4, [], "one two three four"),
        ("one two x three four five", 6, [], "one two x three four ..."),
        ("one 234 oh five", 4, [], "one 234 ..."),
        ("one 234 oh five", 4, [(2, 4)], "one 234 [PIN]"),  # what is hidden does not count
        ("1 2 3 4 5 6 7", 7, [(3, 6)], "1 2 3 [PIN] 7"),
        ("1 2 3 4 5 6 7", 7, [(5, 7)], "1 2 3 4 ..."),
    ],
)  # fmt: skip
def test_an_interim_shows_what_is_decided_and_few_digits(
    text: str, horizon: int, ranges: list[tuple[int, int]], shown: str
) -> None:
    assert VISIBLE_DIGITS == 4
    assert interim(text, horizon, *ranges) == shown


def test_a_label_whose_words_stay_hides_no_digit_of_an_interim() -> None:
    assert interim("1 2 3 4 5", 5, (0, 5)) == "[PIN]"
    assert interim("1 2 3 4 5", 5, (0, 5), kept=frozenset({"PIN"})) == "1 2 3 4 ..."


def test_what_is_written_in_parts_is_the_whole() -> None:
    text = "so (41) 11, ok (x)"
    whole = render(pending(text)[0], 15, spans_of((11, 13)), label_of, is_final=True)[0]
    assert (whole.text, whole.start, whole.end, whole.out_start) == ("so [PIN], ok (x)", 0, len(text), 0)
    for cut in (11, 13, 14):
        waiting, _ = pending(text)
        parts: list[Segment] = []
        for horizon in (cut, 15):
            segment, waiting.rest = render(waiting, horizon, spans_of((11, 13)), label_of, is_final=True)
            parts.append(segment)
        assert "".join(part.text for part in parts) == whole.text
        assert (parts[0].end, parts[0].out_start + len(parts[0].text)) == (parts[1].start, parts[1].out_start)
        assert tuple(entity for part in parts for entity in part.entities) == whole.entities


def test_a_segment_of_the_engine_is_one_like_any_other() -> None:
    made = make_segment("1", "hello", "a", True, (), 0, 5, 0, False)  # noqa: FBT003
    assert type(made) is Segment
    assert made == Segment("1", "hello", "a", start=0, end=5)
    assert pickle.loads(pickle.dumps(made)) == replace(made) == made  # noqa: S301
    with pytest.raises(FrozenInstanceError):
        made.text = ""  # type: ignore[misc]
