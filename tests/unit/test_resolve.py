"""Which of several spans names a word."""

from __future__ import annotations

import pytest

from ccredact.core.resolve import ORDER, rank, resolve
from ccredact.detectors.scores import CHANCE_SCORE, CHECKED_SCORE
from ccredact.entities import ENTITY_TYPES, FAIL_SAFE, UNTOLD
from ccredact.reasons import Reason
from ccredact.transcript import Span

CERTAIN = 0.9


def span(label: str, start: int = 0, end: int = 3, score: float = CERTAIN, entity: int = 1) -> Span:
    return Span(start, end, label, score, entity)


def test_every_label_has_a_place_of_its_own() -> None:
    assert set(ORDER) == set(ENTITY_TYPES) | FAIL_SAFE
    assert len(set(ORDER.values())) == len(ORDER)


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        # an error masks everything, then what no operator may show, then the declared order, then a user's own labels
        (span("REDACTED", score=0.1), span("PIN")),
        (span("CREDIT_CARD_CVV", score=0.1), span("PIN")),
        (span("PIN", score=0.1), span("CREDIT_CARD")),
        (span("CREDIT_CARD", score=0.6), span("PERSON")),
        (span("PERSON", score=0.1), span("STAFF_BADGE")),
        (span("STAFF_BADGE", score=0.1), span("NUMBER")),
        (span("STAFF_BADGE", score=0.1), span("MEDICATION")),
        # a card that may be one by chance is named by the number that was asked for
        (span("ORDER_NUMBER", score=0.1), span("CREDIT_CARD", score=CHANCE_SCORE)),
        (span("STAFF_BADGE", score=0.1), span("CREDIT_CARD", score=CHANCE_SCORE)),
        (span("CREDIT_CARD", score=CHANCE_SCORE), span("NUMBER")),
        (span("CREDIT_CARD", score=CHANCE_SCORE + 0.01), span("ORDER_NUMBER")),
        # an account number whose check digits are right is as good as a card
        (span("IBAN_CODE", score=CHECKED_SCORE), span("CREDIT_CARD")),
        (span("CREDIT_CARD", score=0.99), span("IBAN_CODE", score=CHECKED_SCORE)),
        (span("CREDIT_CARD", score=0.6), span("IBAN_CODE", score=CHECKED_SCORE - 0.01)),
        # of one label: the higher score, the earlier start, the longer span, the older entity
        (span("PIN", 1, 2, 0.8), span("PIN", 0, 9, 0.7)),
        (span("PIN", 0, 2), span("PIN", 1, 9)),
        (span("PIN", 0, 3), span("PIN", 0, 2)),
        (span("PIN", entity=1), span("PIN", entity=2)),
    ],
)  # fmt: skip
def test_the_order_of_spans(better: Span, worse: Span) -> None:
    assert rank(better) < rank(worse)
    for spans in ([better, worse], [worse, better]):
        assert {piece.label for piece in resolve(spans, 1, 2)} == {better.label}
        assert [piece.entity for piece in resolve(spans, 1, 2)] == [better.entity]


def test_a_kept_label_comes_after_all_that_are_hidden() -> None:
    kept, hidden = span("CREDIT_CARD"), span("NUMBER", score=0.1)
    assert rank(kept) < rank(hidden)
    assert rank(kept, {"CREDIT_CARD"}) > rank(hidden, {"CREDIT_CARD"})
    assert [piece.label for piece in resolve([kept, hidden], 0, 3, {"CREDIT_CARD"})] == ["NUMBER"]


@pytest.mark.parametrize(
    ("spans", "pieces"),
    [
        ([], []),
        ([span("PIN", 2, 5)], [(2, 5, "PIN", 1)]),
        ([span("PIN", 0, 99)], [(0, 10, "PIN", 1)]),  # not beyond the words that are asked for
        ([span("PIN", 20, 30)], []),
        ([span("PIN", 2, 3), span("PIN", 3, 5)], [(2, 5, "PIN", 1)]),  # neighbours of one entity are one piece
        ([span("PIN", 2, 3), span("PIN", 3, 5, entity=2)], [(2, 3, "PIN", 1), (3, 5, "PIN", 2)]),
        ([span("PIN", 2, 3), span("PIN", 4, 5)], [(2, 3, "PIN", 1), (4, 5, "PIN", 1)]),
        (
            [span("PERSON", 0, 9, entity=2), span("PIN", 3, 5)],  # the better one cuts the other in two
            [(0, 3, "PERSON", 2), (3, 5, "PIN", 1), (5, 9, "PERSON", 2)],
        ),
        ([span("PERSON", 3, 5, entity=2), span("PIN", 2, 6)], [(2, 6, "PIN", 1)]),
        ([span("PIN", 2, 5), span("NUMBER", 4, 7, entity=2)], [(2, 5, "PIN", 1), (5, 7, "NUMBER", 2)]),
    ],
)
def test_pieces_are_disjoint_and_in_order(spans: list[Span], pieces: list[tuple[int, int, str, int]]) -> None:
    for given in (spans, spans[::-1]):
        assert [(p.start, p.end, p.label, p.entity) for p in resolve(given, 0, 10)] == pieces


@pytest.mark.parametrize(
    ("scores", "reason"), [((0.6, 0.8), "said_again"), ((0.8, 0.6), "tagger"), ((0.8, 0.8), "tagger")]
)
def test_a_piece_has_score_and_reason_of_the_surest_of_its_parts(scores: tuple[float, float], reason: str) -> None:
    first, second = scores
    parts = [Span(0, 2, "PERSON", first, 1, Reason.TAGGER), Span(2, 4, "PERSON", second, 1, Reason.SAID_AGAIN)]
    for given in (parts, parts[::-1]):
        (piece,) = resolve(given, 0, 4)
        assert (piece.score, piece.reason) == (0.8, reason)


def test_parts_of_a_number_with_different_reasons_are_pieces_of_their_own() -> None:
    parts = [Span(0, 2, "CREDIT_CARD", 0.9, 1, Reason.FORM), Span(2, 4, "CREDIT_CARD", 0.9, 1, Reason.SAID_AGAIN)]
    for given in (parts, parts[::-1]):
        assert resolve(given, 0, 4) == parts


def test_a_reason_stays_with_what_is_left_of_a_span() -> None:
    (piece,) = resolve([Span(0, 9, "PIN", 0.9, 1, Reason.SAID_AGAIN)], 2, 4)
    assert piece == Span(2, 4, "PIN", 0.9, 1, Reason.SAID_AGAIN)


# --- words that tell nothing where they stand

MARK = Span(1, 3, UNTOLD["FAMILY_RELATION"], CERTAIN, 0, Reason.LEXICON)


def tagged(label: str) -> Span:
    return Span(0, 3, label, CERTAIN, 1, Reason.TAGGER)


def pieces(*spans: Span) -> list[tuple[str, int, int]]:
    return [(piece.label, piece.start, piece.end) for piece in resolve(spans, 0, 3)]


def test_a_tag_counts_at_no_word_that_tells_nothing_there() -> None:
    assert pieces(tagged("FAMILY_RELATION"), MARK) == [("FAMILY_RELATION", 0, 1)]


@pytest.mark.parametrize(
    "other", [tagged("MEDICATION"), tagged("PERSON"), span("FAMILY_RELATION"), span("NUMBER")], ids=str
)
def test_what_anything_else_found_there_counts(other: Span) -> None:
    assert pieces(other, MARK) == [(other.label, 0, 3)]


def test_a_mark_alone_hides_nothing() -> None:
    assert pieces(MARK) == []
