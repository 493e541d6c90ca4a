"""Names of files that are redacted: none tells, no two become one, and one is what it is whatever others there are."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ccredact import Policy, Redactor
from ccredact.archive import RedactedNames
from ccredact.archive.names import name_problem

KEY = b"an invented key of thirty-two bytes, or more"
POLICY = Policy.load("pci")
CARD = "4242424242424242"
OTHER = "5555555555554444"
NAMES = RedactedNames(Redactor(POLICY, tagger=False), KEY)
ENDINGS = ["", ".json", ".jsonl.gz", ".CSV", ".tar.gz", ".parquet", ".txt", ".vtt"]
SAYS = st.sampled_from([CARD, OTHER, "4242-4242-4242-4242", "5555 5555 5555 4444", "pin_4821", "my PIN is 4821"])
PLAIN = st.sampled_from(["monday", "call", "a", "Zoë", "0042", "2026-11-29", "x.y", "x-1", "b_c"])
BEFORE = st.sampled_from(["monday", "call", "a", "Zoë", "x.y", "b_c"])
"""Not a digit: a card behind it would be another number."""
STEMS = st.tuples(BEFORE, st.sampled_from([" ", "_", "-"]), st.one_of(PLAIN, SAYS)).map("".join)
PATHS = st.tuples(st.lists(STEMS, max_size=2), STEMS, st.sampled_from(ENDINGS)).map(
    lambda drawn: "/".join([*drawn[0], drawn[1] + drawn[2]])
)


def tells(name: str) -> bool:
    digits = "".join(filter(str.isdigit, name.partition("[")[0]))
    return CARD in name or OTHER in name or CARD in digits or OTHER in digits or "4821" in digits


@given(st.lists(PATHS, min_size=2, max_size=12, unique=True))
def test_no_two_names_become_one_and_none_tells(names: list[str]) -> None:
    shown = [NAMES.shown(name) for name in names]
    assert len({*shown}) == len(names)
    for name, new in zip(names, shown, strict=True):
        assert not tells(new)
        assert name_problem(new) == ""
        assert new.count("/") == name.count("/")
        assert [ending for ending in ENDINGS if name.endswith(ending)] == [e for e in ENDINGS if new.endswith(e)]


@given(PATHS, PATHS)
def test_a_name_is_the_same_whatever_else_there_is_and_a_folder_stays_one(one: str, other: str) -> None:
    fresh = RedactedNames(Redactor(POLICY, tagger=False), KEY)
    fresh.shown(other)
    assert fresh.shown(one) == NAMES.shown(one)
    beside = one.rpartition("/")[0] + "/" * ("/" in one) + "beside.txt"
    assert NAMES.shown(beside).rpartition("/")[0] == NAMES.shown(one).rpartition("/")[0]


@given(PATHS)
def test_another_key_gives_other_tokens_and_a_name_that_tells_nothing_stays(name: str) -> None:
    other = RedactedNames(Redactor(POLICY, tagger=False), KEY[::-1])
    assert (NAMES.shown(name) == name) == (other.shown(name) == NAMES.shown(name))
