"""Cells of a row that are not what was said: what stands in one column asks for nothing in another."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tables_support import through


def last_cell(text: str) -> str:
    """What becomes of the last cell of the second line."""
    return through(text.encode())[0].decode().splitlines()[1].rpartition(",")[2]


NOTES = [
    "asked about her card and its expiry", "what is the PIN", "could I have your date of birth please",
    "the security code on the back is", "please read me your account number", "the postcode is",
]  # fmt: skip


@given(
    note=st.sampled_from(NOTES),
    name=st.sampled_from(["visit date", "count", "opened", "status", "n"]),
    value=st.sampled_from(["2027-03-01", "4821", "12 March 1985", "03/27", "123", "SW1A 1AA", "closed"]),
)
def test_a_text_beside_a_value_asks_for_nothing(note: str, name: str, value: str) -> None:
    """The value becomes what it becomes under the name of its own column alone."""
    beside = last_cell(f"text,note,{name}\nhello,{note},{value}\n")
    assert beside == last_cell(f"text,{name}\nhello,{value}\n")
