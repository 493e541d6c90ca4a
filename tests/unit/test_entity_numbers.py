"""The numbers of entities: by label, in the order of their decision."""

from __future__ import annotations

import pytest

from ccredact.core.entity_numbers import KEPT, EntityNumbers


def test_entities_are_counted_by_label_in_order() -> None:
    numbers = EntityNumbers()
    given = [(7, "PERSON"), (3, "PERSON"), (3, "PIN"), (7, "PERSON"), (9, "PIN")]
    out = []
    for entity, label in given:
        numbers.admit(entity, label)
        out.append(numbers.of(entity, label))
    assert out == [1, 2, 1, 1, 2]


def test_a_number_is_known_while_a_piece_waits() -> None:
    numbers = EntityNumbers()
    numbers.admit(7, "PERSON")
    numbers.admit(3, "PERSON")
    numbers.keep([(3, "PERSON"), (99, "PERSON")], 0)
    assert numbers.of(3, "PERSON") == 2
    with pytest.raises(KeyError):
        numbers.of(7, "PERSON")
    numbers.admit(7, "PERSON")  # and is the same for a later piece
    assert numbers.of(7, "PERSON") == 1


def test_only_the_last_entities_keep_their_number_for_a_later_piece() -> None:
    numbers = EntityNumbers()
    for entity in range(KEPT):
        numbers.admit(entity, "PIN")
    numbers.admit(0, "PIN")  # now it is one of the last
    numbers.admit(KEPT, "PIN")
    numbers.keep((), 0)
    for entity, number in [(0, 1), (KEPT, KEPT + 1), (1, KEPT + 2)]:
        numbers.admit(entity, "PIN")
        assert numbers.of(entity, "PIN") == number


def test_what_two_detectors_find_at_the_same_words_is_one_until_these_are_written() -> None:
    numbers = EntityNumbers()
    numbers.admit(1, "MEDICATION", 3, 5)
    numbers.admit(2, "MEDICATION", 4, 6)
    numbers.admit(3, "MEDICATION", 6, 7)
    numbers.admit(4, "FAMILY_RELATION", 4, 5)
    assert [numbers.of(entity, "MEDICATION") for entity in (1, 2, 3)] == [1, 1, 2]
    assert numbers.of(4, "FAMILY_RELATION") == 1
    numbers.keep((), 7)
    numbers.admit(5, "MEDICATION", 4, 5)
    assert numbers.of(5, "MEDICATION") == 3


def test_a_copy_goes_on_by_itself() -> None:
    numbers = EntityNumbers()
    numbers.admit(1, "PIN")
    other = numbers.fork()
    for each, entity in ((other, 5), (numbers, 6)):
        each.admit(entity, "PIN")
        assert each.of(entity, "PIN") == 2
        each.admit(1, "PIN")
        assert each.of(1, "PIN") == 1
