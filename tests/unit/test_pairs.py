"""Pairs of a disclosure and what sounds like it: as many come out right, on both sides, as the table says."""

from __future__ import annotations

from functools import cache
from typing import Final, NamedTuple

import pytest

from case_files import FOLDER, CaseError, read_line
from disclosures import DISCLOSED, DOUBT, GROUPS, Verdict, is_right, judge, read_pairs, redactor
from shares import labels_of


class Right(NamedTuple):
    """Shares that are right, in percent, rounded down."""

    both: int
    told: int
    """Disclosures."""
    alike: int
    """What sounds like them."""


SHARES: Final = {
    # asked is 95 of both
    "health": Right(75, 81, 89),
    "family": Right(86, 96, 90),
    "purchases": Right(71, 73, 96),
}
BETTER: Final = 5
"""From how many points more on the table is behind, and is to be raised."""
LEAST_PAIRS: Final = 100
"""Pairs of a file, at least."""

of_every_file = pytest.mark.parametrize("name", SHARES)


@cache
def verdicts(name: str) -> tuple[Verdict, ...]:
    return tuple(judge(pair) for pair in read_pairs(FOLDER / "pairs" / f"{name}.txt"))


def test_the_table_has_every_file() -> None:
    assert sorted(SHARES) == sorted(path.stem for path in (FOLDER / "pairs").glob("*.txt"))
    assert {group.removesuffix("s") for group in SHARES} == GROUPS


@of_every_file
def test_a_file_has_pairs_enough_and_all_are_different(name: str) -> None:
    pairs = read_pairs(FOLDER / "pairs" / f"{name}.txt")
    assert len(pairs) >= LEAST_PAIRS
    assert len({tuple(line.text for line in case.lines) for pair in pairs for case in pair}) == 2 * len(pairs)


@of_every_file
@pytest.mark.parametrize("side", Right._fields)
def test_as_many_pairs_are_right_as_the_table_says(name: str, side: str) -> None:
    found, table = verdicts(name), getattr(SHARES[name], side)
    wrong = [one.got for one in found if not getattr(one, side)]
    percent = 100 * (len(found) - len(wrong)) // len(found)
    assert percent >= table, "\n\n".join([f"{percent} %", *wrong])
    assert percent < table + BETTER, f"{percent} %: raise the table"


# --- the reader and the verdict


def test_a_label_of_the_same_group_will_do() -> None:
    line = read_line("i take <MEDICATION:iron tablets> daily")
    assert is_right(line, _under("MEDICATION", line.text, "iron tablets"))
    assert is_right(line, _under("MEDICAL_CONDITION", line.text, "iron tablets"))
    assert not is_right(line, _under("PURCHASE_ITEM", line.text, "iron tablets"))
    assert not is_right(line, _under("NUMBER", line.text, "iron tablets"))


@pytest.mark.parametrize("hidden", ["iron", "iron tablets daily", "take iron tablets", "i"])
def test_a_word_left_and_a_word_more_are_wrong(hidden: str) -> None:
    line = read_line("i take <MEDICATION:iron tablets> daily")
    assert not is_right(line, _under("MEDICATION", line.text, hidden))


@pytest.mark.parametrize("hidden", ["ten pounds", "ten pounds a month"])
def test_what_is_in_doubt_may_be_hidden_or_not(hidden: str) -> None:
    line = read_line("i pay <PURCHASE_AMOUNT:ten pounds> <DOUBT:a month> here", labels=frozenset({*DISCLOSED, DOUBT}))
    assert is_right(line, _under("PURCHASE_AMOUNT", line.text, hidden))


def _under(label: str, text: str, words: str) -> list[str | None]:
    start = text.index(words)
    return [label if start <= at < start + len(words) else None for at in range(len(text))]


@pytest.mark.parametrize(
    "source",
    [
        "hello\n\ni <MEDICAL_CONDITION:limp>",
        "i <MEDICAL_CONDITION:limp>\n\nhello\n\nmy <FAMILY_RELATION:son>",
        "i <MEDICAL_CONDITION:limp>\n\nmy <FAMILY_RELATION:son>",
        "i <MEDICAL_CONDITION:limp>\n\nhello\n\n<DOUBT:hello>\n\nhello",
    ],
)
def test_a_file_in_which_the_sides_do_not_take_turns_is_an_error(
    source: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("pairs") / "some.txt"
    path.write_text(f"policy: full\n\n{source}\n", "utf-8")
    with pytest.raises(CaseError, match=r"some\.txt:"):
        read_pairs(path)


def test_alone_nothing_else_is_hidden() -> None:
    line = read_line("my name is Alice Lindqvist and my mail is alice@example.com")
    assert set(labels_of(line, [redactor().redact(line.text)])) == {None, "PERSON", "EMAIL_ADDRESS"}
    assert set(labels_of(line, [redactor(alone=True).redact(line.text)])) == {None}
