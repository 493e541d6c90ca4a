"""Values of logs and spans: what holds nothing comes back, and JSON stays JSON."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from ccredact import Redactor
from ccredact.integrations.values import TextRedactor

REDACTOR = Redactor("pci", tagger=False)
CARD = "4242 4242 4242 4242"
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**6), 10**6) | st.sampled_from(["so", "", "[", "{x", "ok then"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=8,
)


@given(JSON)
def test_values_without_anything_come_back(value: object) -> None:
    texts = TextRedactor(REDACTOR)
    assert texts.value(value) == value
    assert texts.value(json.dumps([value])) == json.dumps([value])


@given(JSON)
def test_json_with_a_number_stays_json(value: object) -> None:
    texts = TextRedactor(REDACTOR)
    assert json.loads(texts.value(json.dumps([value, {"a": CARD}]))) == [value, {"a": "[CREDIT_CARD]"}]
