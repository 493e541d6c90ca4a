"""The memo of a hypothesis: what is taken from it is what the network would say again."""

from __future__ import annotations

import pytest

from ccredact.tagger.architecture import DISCLOSURES_HALF, NAMES_HALF, RIGHT, Half
from ccredact.tagger.history import History
from ccredact.tagger.memo import TagMemo
from ccredact.tagger.network import Network
from ccredact.tagger.weights import shipped

TALK = (
    "hi my name is anna brown and i live at twelve oak street in bristol with my wife and i have asthma and knee pain"
)
FORMS = TALK.split()
TAGS = [(1, 1024)] * len(FORMS)


def test_only_words_with_all_that_the_network_sees_of_them_are_known() -> None:
    memo = TagMemo()
    memo.take(FORMS[:10], [0, 3, 5, 6], [0, 3, 5, 6], TAGS[:4])
    assert len(memo.known(FORMS[:11], [0, 3, 5, 6, 7], [0, 3, 5, 6, 7])) == 3  # 6 has three words behind it
    assert 6 + RIGHT == 10


def test_a_word_that_was_heard_otherwise_ends_what_is_known() -> None:
    memo = TagMemo()
    memo.take(FORMS[:10], [0, 3, 5], [0, 3, 5], TAGS[:3])
    revised = [*FORMS[:6], "browne", *FORMS[7:11]]
    assert len(memo.known(revised, [0, 3, 5], [0, 3, 5])) == 1


def test_other_words_to_tag_end_what_is_known() -> None:
    memo = TagMemo()
    memo.take(FORMS[:10], [0, 3, 5], [0, 3, 5], TAGS[:3])
    assert len(memo.known(FORMS[:11], [0, 2, 3, 5], [0, 2, 3, 5])) == 1
    assert memo.known(FORMS[:11], [0, 3, 5], [0, 5]) == []  # with 3 something began


def test_what_is_left_begins_where_something_may_begin() -> None:
    memo = TagMemo()
    memo.take(FORMS[:12], [0, 3, 4, 5], [0, 3], TAGS[:4])
    assert len(memo.known(FORMS[:12], [0, 3, 4, 5], [0, 3])) == 4
    assert len(memo.known(FORMS[:13], [0, 3, 4, 5, 6], [0, 3])) == 1  # 4 to 6 may go on from 3
    assert len(memo.known(FORMS[:13], [0, 3, 4, 5, 7], [0, 3, 7])) == 4


@pytest.mark.parametrize("half", [NAMES_HALF, DISCLOSURES_HALF], ids=["names", "disclosures"])
@pytest.mark.parametrize("apart", [1, 2, 3])
def test_the_tags_of_a_growing_hypothesis_are_those_that_it_has_at_once(half: Half, apart: int) -> None:
    names = shipped()
    network = Network(next(one for one in (names, names.said) if one is not None and one.half is half))
    history = History()
    history.add("what is your name and address please")
    bias = network.question_bias([])
    memo, asked, all_words = TagMemo(), 0, 0

    def tags(forms: list[str], wanted: list[int], starts: list[int]) -> list[tuple[int, int]]:
        out: list[tuple[int, int]] = []
        for near, ends, places, inside in history.windows(forms, wanted, starts):
            out += network.tags(near, ends, places, bias, inside)
        return out

    for count in range(1, len(FORMS) + 1):
        forms = FORMS[:count]
        wanted = list(range(max(0, count - RIGHT)))
        starts = wanted[::apart]
        found = memo.known(forms, wanted, starts)
        if len(found) < len(wanted):
            first = len(found)
            found = found + tags(forms, wanted[first:], [at for at in starts if at >= wanted[first]])
            asked += len(wanted) - first
        memo.take(forms, wanted, starts, found)
        all_words += len(wanted)
        assert found == (tags(forms, wanted, starts) if wanted else [])
    assert apart > 1 or any(tag for tag, _ in found)
    assert asked <= apart * len(FORMS) < all_words
