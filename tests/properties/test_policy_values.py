"""The policy takes what it may, and refuses the rest."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccredact.entities import ENTITY_TYPES, FAIL_SAFE, PROFILES
from ccredact.errors import PolicyError
from ccredact.policy import Policy

SAD = sorted(label for label, row in ENTITY_TYPES.items() if row.sad)


@given(st.dictionaries(st.sampled_from(sorted(set(ENTITY_TYPES) - set(SAD))), st.sampled_from(["off", "mask"])))
def test_entries_change_their_own_label_only(entries: dict[str, str]) -> None:
    policy = Policy.from_dict({"profile": "pci", "entities": entries})
    for label in ENTITY_TYPES:
        expected = entries.get(label, "replace" if label in PROFILES["pci"] else "off")
        assert policy.operators.get(label, "off") == expected


@given(st.one_of(st.floats(), st.integers()))
def test_a_threshold_is_taken_exactly_when_it_is_from_0_to_1(score: float) -> None:
    if 0 <= score <= 1:
        assert Policy(thresholds={"PERSON": score}).threshold("PERSON") == score
        assert Policy(thresholds={"default": score}).threshold("PERSON") == score
    else:
        with pytest.raises(PolicyError):
            Policy(thresholds={"PERSON": score})


@given(st.text(st.sampled_from("profile:entities {}[]&*!|>-'\"\n\t#?,<=0123456789.eE_~@%\\AGEkp\x00\ud800")))
def test_any_text_is_a_policy_or_a_policy_error(text: str) -> None:
    try:
        policy = Policy.from_yaml(text)
    except PolicyError:
        return
    assert policy.operators.keys() >= FAIL_SAFE
