"""Cutting a text into words, and putting spans in order: whatever the text and the spans."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ccredact.core.release import whole_pieces
from ccredact.core.resolve import ORDER, rank, resolve
from ccredact.lang.en.noise import NOISE
from ccredact.tagger.features import forms_of
from ccredact.text.placing import place, tokens
from ccredact.text.words import fold, gaps_of, keys_of, offsets_of
from ccredact.text.written_forms import find
from ccredact.transcript import Span

TEXT = st.one_of(
    st.text(alphabet="ab1é' .,-[]()<>{}noisehum_", max_size=40),
    st.text(alphabet="ab14'\u2019\uff07 .\u0301\u200b\u200d\u00ad\u0661\uff11Ａ一二①²ßİ", max_size=20),
    st.text(max_size=20),
)


@given(text=TEXT)
def test_there_are_as_many_keys_and_forms_and_gaps_as_words(text: str) -> None:
    offsets, gaps = offsets_of(text), gaps_of(text)
    assert len(keys_of(text, NOISE)) == len(forms_of(text)) == len(offsets) == len(gaps) - 1
    ends = [0, *(at for offset in offsets for at in offset), len(text)]
    assert ends == sorted(ends)
    assert gaps == [text[start:end] for start, end in zip(ends[::2], ends[1::2], strict=True)]


@given(text=TEXT)
def test_a_key_is_that_of_its_word_alone_or_a_filler(text: str) -> None:
    for key, (start, end) in zip(keys_of(text, NOISE), offsets_of(text), strict=True):
        assert start < end
        assert key in (fold(text[start:end]), NOISE.filler)
        assert fold(key) == key or not key.isascii()


WRITTEN = st.lists(
    st.sampled_from("x@example.com www.example.com/a 10.0.0.1 ::1 00:1b:44:11:3a:b7 me.me a.b : . / , ( ) é 4".split()),
    max_size=6,
).map("".join)


@given(text=st.lists(WRITTEN, max_size=4).map(" ".join))
def test_written_forms_are_disjoint_in_order_and_without_blanks(text: str) -> None:
    last = 0
    for start, end, _ in find(text, frozenset({"me"})):
        assert last <= start < end <= len(text)
        assert not any(char.isspace() for char in text[start:end])
        last = end


@given(text=TEXT, words=st.lists(st.text(alphabet="ab1 .,é", max_size=4), max_size=8))
def test_the_places_of_words_are_in_order_and_say_what_they_say(text: str, words: list[str]) -> None:
    places = place(text, words)
    assert len(places) == len(words)
    ends = [at for spot in places if spot.sure for at in (spot.start, spot.end)]
    assert ends == sorted(ends)
    for spot, word in zip(places, words, strict=True):
        assert 0 <= spot.start <= spot.end <= len(text)
        assert not spot.sure or tokens(text[spot.start : spot.end]) == tokens(word)


SPAN = st.builds(
    lambda start, length, label, score, entity: Span(start, start + length, label, score, entity),
    st.integers(0, 12),
    st.integers(1, 6),
    st.sampled_from([*ORDER, "STAFF_BADGE"]),
    st.sampled_from([0.3, 0.55, 0.6, 0.9, 0.97]),
    st.integers(1, 4),
)
SPANS = st.lists(SPAN, max_size=8)


@given(spans=SPANS, start=st.integers(0, 6), length=st.integers(0, 12), kept=st.sets(st.sampled_from(sorted(ORDER))))
def test_every_word_is_named_by_the_best_span_that_covers_it(
    spans: list[Span], start: int, length: int, kept: set[str]
) -> None:
    end = start + length
    named: dict[int, tuple[str, int]] = {}
    last = start
    for piece in resolve(spans, start, end, kept):
        assert last <= piece.start < piece.end <= end
        last = piece.end
        named |= dict.fromkeys(range(piece.start, piece.end), (piece.label, piece.entity))
    for word in range(start, end):
        covering = [span for span in spans if span.start <= word < span.end]
        best = min(covering, key=lambda span: rank(span, kept), default=None)
        assert named.get(word) == (best and (best.label, best.entity))


@given(spans=SPANS, left=st.integers(0, 12), length=st.integers(0, 12))
def test_a_horizon_cuts_no_piece_and_follows_none(spans: list[Span], left: int, length: int) -> None:
    horizon = left + length
    moved = whole_pieces(spans, left, horizon)
    assert left <= moved <= horizon
    touched = [span for span in spans if span.start < moved <= span.end and span.end > left]
    assert not touched or moved == left
    for closer in range(moved + 1, horizon + 1):  # and it moves no farther than it must
        assert [span for span in spans if span.start < closer <= span.end and span.end > left]
