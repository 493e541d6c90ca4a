"""Answers of every kind: in pieces over turns, in a call that breaks off, told again later, before their phrase.

What is left to see is counted over many calls, by kind, and must not be more than the table says; a failure shows the
smallest call that Hypothesis finds.
"""

from __future__ import annotations

import random
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

import pytest
from hypothesis import given

import cuts
from answer_calls import KINDS, Call, any_broken, any_call, before_its_phrase, broken, in_pieces, said_again, words_of
from case_files import read_line
from ccredact import Entity, Reason, Redactor, Segment, Utterance
from field_cases import redactor
from shares import Shares, smallest
from strategies import RANDOMS, made
from streams import by_utterance

if TYPE_CHECKING:
    from collections.abc import Callable


class Most(NamedTuple):
    """What may be so at most, in percent."""

    left: float
    """Letters and digits of answers in pieces: left."""
    whole: float
    """Answers in pieces: left as a whole."""
    label: float
    """Letters and digits of answers in pieces that are hidden: under another label."""
    cut: float
    """Calls that break off and are closed as cut: something of the answer is left."""
    ended: float
    """Calls whose input ends: something of the answer is left."""
    again: float
    """Answers that were told, and are told again: something is left."""
    again_label: float
    """Letters and digits of these that are hidden: under another label."""
    before: float
    """Answers before their phrase: something is left."""
    before_label: float
    """Letters and digits of these that are hidden: under another label."""


CALLS: Final = 100
"""Calls that are counted for a row of the table, at least."""
MOST: Final = {
    # left whole label / cut ended / again label / before label
    ("pin", "full"): Most(2, 1, 1, 1, 2, 1, 2, 1, 1),
    ("otp", "full"): Most(2, 1, 1, 2, 2, 1, 2, 1, 1),
    ("ssn", "full"): Most(3, 2, 3, 2, 3, 1, 2, 1, 2),
    ("ssn last four", "full"): Most(2, 1, 1, 1, 2, 1, 2, 1, 1),
    ("zip", "full"): Most(2, 1, 2, 4, 4, 1, 2, 1, 4),
    ("phone", "full"): Most(3, 1, 2, 4, 4, 1, 2, 1, 2),
    ("account", "full"): Most(3, 1, 1, 3, 4, 1, 1, 1, 34),
    ("routing", "full"): Most(2, 1, 2, 3, 3, 1, 1, 1, 18),
    ("sort code", "full"): Most(2, 1, 1, 3, 3, 1, 1, 1, 1),
    ("policy", "full"): Most(3, 1, 2, 2, 3, 1, 3, 2, 1),
    ("order", "full"): Most(2, 1, 2, 3, 4, 2, 1, 3, 1),
    ("member id", "full"): Most(2, 1, 26, 1, 2, 1, 12, 3, 1),
    ("birth date", "full"): Most(4, 1, 2, 3, 7, 1, 62, 1, 3),
    ("password", "full"): Most(9, 1, 7, 5, 5, 23, 9, 40, 43),
    ("card", "full"): Most(2, 1, 4.1, 2, 2, 1, 2, 1, 1),
    ("cvv", "full"): Most(3, 1, 6, 2, 2, 1, 3, 1, 2),
    ("expiry", "full"): Most(1, 1, 5, 1, 1, 35, 26, 41, 3),
    ("pin", "pci"): Most(2, 1, 1, 1, 2, 2, 1, 1, 1),
    ("otp", "pci"): Most(2, 1, 1, 2, 2, 2, 1, 1, 1),
    ("password", "pci"): Most(14, 1, 1, 7, 7, 29, 1, 100, 1),
    ("card", "pci"): Most(4, 1, 2, 5, 6, 2, 1, 1, 1),
    ("cvv", "pci"): Most(7, 2, 1, 4, 6, 4, 1, 2, 1),
    ("expiry", "pci"): Most(4, 1, 2, 3, 5, 43, 1, 41, 1),
}
WORDS: Final = {"in pieces": 1.5, "again": 0.5, "before": 1.0}
"""Words beside answers that are hidden, at most, in percent of all of them."""

SORTS: Final = {"in pieces": in_pieces, "again": said_again, "before": before_its_phrase}
PLAIN: Final = Redactor(tagger=False)
"""How a turn is cut into finals is no matter without the tagger."""

of_every_kind = pytest.mark.parametrize(("name", "policy"), MOST, ids=[f"{name}, {policy}" for name, policy in MOST])


@pytest.fixture(scope="module")
def calls(examples: int) -> int:
    """How many calls are counted for a row of the table."""
    return max(CALLS, examples // 10)


def test_the_table_has_every_kind_in_full_and_those_that_are_secret_in_pci() -> None:
    secret = [name for name, kind in KINDS.items() if kind.is_secret]
    assert list(MOST) == [(name, "full") for name in KINDS] + [(name, "pci") for name in secret]


# --- as a finished call


def count(sort: str, call: Call, policy: str, shares: Shares) -> Shares:
    """Count a call; where the answer is told again, that turn and the last one, and the words of the others."""
    segments = redactor(policy).redact_call([Utterance(line.text, speaker=line.speaker) for line in call])
    assert not any(entity.reason == Reason.FAULT for segment in segments for entity in segment.entities)
    answers = [[segment] for segment in segments]
    first = len(call) - 2 if sort == "again" else 0
    shares.take_words(call[:first], answers[:first])
    shares.take(call[first:], answers[first:])
    return shares


@cache
def counted(sort: str, name: str, policy: str, calls: int) -> Shares:
    """Count so many calls of a sort about a kind of answer."""
    shares = Shares()
    for number in range(calls):
        count(sort, SORTS[sort](KINDS[name], random.Random(f"{sort} {name} {number}")), policy, shares)
    return shares


def example(sort: str, name: str, policy: str, is_wrong: Callable[[Shares], bool]) -> str:
    """Show the smallest such call that is wrong."""
    return smallest(
        lambda rng: SORTS[sort](KINDS[name], rng), lambda call: is_wrong(count(sort, call, policy, Shares()))
    )


@of_every_kind
def test_little_is_left_of_answers_in_pieces(name: str, policy: str, calls: int) -> None:
    shares, most = counted("in pieces", name, policy, calls), MOST[name, policy]
    assert shares.of_letters <= most.left, example("in pieces", name, policy, lambda one: one.left > 0)
    assert shares.of_whole <= most.whole, example("in pieces", name, policy, lambda one: one.whole > 0)
    assert shares.of_labels <= most.label, example("in pieces", name, policy, lambda one: one.other > 0)


@of_every_kind
def test_what_was_told_is_known_when_it_is_told_again(name: str, policy: str, calls: int) -> None:
    shares, most = counted("again", name, policy, calls), MOST[name, policy]
    assert shares.of_calls <= most.again, example("again", name, policy, lambda one: one.left > 0)
    assert shares.of_labels <= most.again_label, example("again", name, policy, lambda one: one.other > 0)


@of_every_kind
def test_an_answer_is_hidden_when_its_phrase_comes_behind_it(name: str, policy: str, calls: int) -> None:
    shares, most = counted("before", name, policy, calls), MOST[name, policy]
    assert shares.of_calls <= most.before, example("before", name, policy, lambda one: one.left > 0)
    assert shares.of_labels <= most.before_label, example("before", name, policy, lambda one: one.other > 0)


@pytest.mark.parametrize("sort", SORTS)
def test_few_words_beside_answers_are_hidden(sort: str, calls: int) -> None:
    found = [counted(sort, name, policy, calls) for name, policy in MOST]
    assert 100 * sum(shares.hidden for shares in found) <= WORDS[sort] * sum(shares.words for shares in found)


# --- as a call that breaks off


def count_closed(call: Call, policy: str, shares: Shares, *, cut: bool) -> Shares:
    """Count what a stream shows of a call that ends here."""
    stream = redactor(policy).stream()
    shown = [segment for line in call for segment in stream.push(Utterance(line.text, speaker=line.speaker))]
    found = by_utterance([*shown, *stream.close(cut=cut)])
    shares.take(call, [found[str(number)] for number in range(len(call))])
    return shares


@of_every_kind
@pytest.mark.parametrize("cut", [True, False], ids=["closed as cut", "end of input"])
def test_nothing_of_an_answer_is_shown_when_its_call_breaks_off(
    name: str, policy: str, calls: int, *, cut: bool
) -> None:
    shares, most = Shares(), MOST[name, policy]
    for number in range(calls):
        count_closed(broken(KINDS[name], random.Random(f"broken {name} {number}")), policy, shares, cut=cut)
    assert shares.of_calls <= (most.cut if cut else most.ended), smallest(
        lambda rng: broken(KINDS[name], rng), lambda call: count_closed(call, policy, Shares(), cut=cut).left > 0
    )


# --- stream = batch


@given(call=made(any_call), rng=RANDOMS)
def test_answers_in_pieces_are_hidden_alike_however_their_call_is_cut(call: Call, rng: random.Random) -> None:
    cuts.check_alike(words_of(call), rng, PLAIN)


@given(call=made(any_broken), rng=RANDOMS)
def test_a_call_that_breaks_off_is_hidden_alike_however_it_is_cut(call: Call, rng: random.Random) -> None:
    turns = words_of(call)
    whole = cuts.streamed(list(enumerate(cuts.whole(turns))), PLAIN, cut=True)
    assert cuts.streamed(list(cuts.word_by_word(turns)), PLAIN, cut=True) == whole
    for _ in range(cuts.CUTS):
        pieces = cuts.with_interims(cuts.recut(turns, rng), rng)
        assert cuts.streamed(pieces, PLAIN, cut=True) == whole, f"in these pieces:\n{cuts.shown(pieces)}"


# --- what is counted


def test_what_is_left_is_what_stands_outside_entities() -> None:
    call = [read_line("it's <PIN:four four> okay"), read_line("<PIN:9> thanks"), read_line("bye now")]
    four = Entity(1, "PIN", 0.9, Reason.CUED, 5, 9, 5, 10)
    wrong = Entity(2, "OTP", 0.9, Reason.CUED, 0, 3, 0, 5)
    answers = [
        [Segment("0", "it's [PIN] four okay", entities=(four,), end=19)],
        [],
        [Segment("2", "", entities=(wrong,), end=7)],
    ]
    shares = Shares()
    shares.take(call, answers)
    assert (shares.of_letters, shares.of_calls, shares.of_whole, shares.of_labels) == (100 * 5 / 9, 100, 0, 0)
    assert (shares.words, shares.hidden) == (5, 1)
    shares.take(
        [read_line("<OTP:four> four")],
        [[Segment("0", "", entities=(Entity(1, "PIN", 0.9, Reason.CUED, 0, 4, 0, 5),), end=9)]],
    )
    assert shares.of_labels == 50
    shares.take([read_line("<OTP:44>")], [[]])
    assert (shares.of_calls, shares.of_whole) == (100 * 2 / 3, 100 / 3)
    shares.take_words([read_line("<OTP:44> yes"), read_line("no no")], [[], []])
    assert shares.words == 8
