"""What is a telephone number by the numbering plans, and when these are loaded."""

from __future__ import annotations

import subprocess
import sys

import pytest

from ccredact.detectors.identifiers.phone import is_phone


@pytest.mark.parametrize("text", [
    "2125550123",  # New York
    "12125550123",
    "4165550123",  # Toronto
    "02079460958",  # London
    "07700900123",
    "0412345678",  # an Australian mobile
    "0851234567",  # an Irish one
    "00442079460958",
    "0049301234567",
])  # fmt: skip
def test_numbers_are_known_by_the_plan_of_their_country(text: str) -> None:
    assert is_phone(text)


@pytest.mark.parametrize(
    "text", ["1112223333", "2121550123", "999999", "0000000000", "00999123456", "12345678901234567890"]
)
def test_other_digits_are_none(text: str) -> None:
    assert not is_phone(text)


def test_a_country_code_is_told_behind_a_plus() -> None:
    assert is_phone("919876543210", plus=True)
    assert not is_phone("999876543210", plus=True)


def test_the_plans_are_loaded_with_the_first_number_only() -> None:
    code = (
        "import sys, ccredact; r = ccredact.Redactor(); r.redact('hello there, 45 pounds please');"
        "assert 'phonenumbers' not in sys.modules;"
        "assert r.redact('so 2125550123 then').entities[0].label == 'PHONE_NUMBER';"
        "assert 'phonenumbers' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)  # noqa: S603 - our own interpreter
