"""The operators, whatever they stand for."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ccredact.entities import ENTITY_TYPES
from ccredact.operators import Hash, Hit, build, canonical
from ccredact.policy import Policy
from hashes import expected_hash, one

KEY = bytes(range(32))
SAD = sorted(label for label, row in ENTITY_TYPES.items() if row.sad)


@pytest.mark.parametrize("label", SAD)
@given(text=st.text(), value=st.none() | st.text(), number=st.integers(1, 99))
def test_sensitive_authentication_data_is_its_label_whatever_it_was(
    label: str, text: str, value: str | None, number: int
) -> None:
    assert build(Policy().operators)[label](Hit(label, number, text, value)) == f"[{label}]"


@given(st.text())
def test_a_mask_keeps_the_length_and_no_letter_or_digit(text: str) -> None:
    masked = one("PERSON", "mask")(Hit("PERSON", 1, text))
    assert len(masked) == len(text)
    assert not any(char.isalnum() for char in masked)
    for before, after in zip(text, masked, strict=True):
        assert after == before or (after == "*" and unicodedata.category(before)[0] in "LMN")


@given(st.text(), st.text(alphabet="0123456789", min_size=12, max_size=19))
def test_last4_shows_four_digits_and_nothing_of_the_piece(text: str, value: str) -> None:
    assert one("CREDIT_CARD", "last4")(Hit("CREDIT_CARD", 1, text, value)) == f"[CREDIT_CARD:{value[-4:]}]"


@given(key=st.binary(min_size=32, max_size=100), value=st.text(alphabet=st.characters(codec="utf-8"), min_size=1))
def test_it_is_hmac_sha_256_for_every_key_and_value(key: bytes, value: str) -> None:
    assert Hash(key)(Hit("OTP", 1, "unused", value)) == f"[OTP:{expected_hash(key, 'OTP', value)}]"


@example("half a pair: \ud83d")
@given(st.text(st.characters()))
def test_it_is_128_bits_and_never_raises(text: str) -> None:
    for value in (None, text):
        assert re.fullmatch(r"\[PERSON:[0-9a-f]{32}\]", Hash(KEY)(Hit("PERSON", 1, text, value)))


@given(st.text())
def test_the_canonical_form_is_stable_and_blind_to_composition(text: str) -> None:
    form = canonical(text)
    assert canonical(form) == form
    assert canonical(f" {text}\n") == form
    assert canonical(unicodedata.normalize("NFD", text)) == form
