"""Labels of speakers: what in them is a name."""

from __future__ import annotations

import pytest

from ccredact import Policy
from ccredact.formats.speakers import Speakers, is_role, names_in


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("agent", "agent"),
        ("Speaker 12", "Speaker 12"),
        ("SPEAKER_00", "SPEAKER_00"),
        ("spk_0", "spk_0"),
        ("A", "A"),
        ("S2", "S2"),
        ("Customer Service Rep 2", "Customer Service Rep 2"),
        ("Unknown Caller", "Unknown Caller"),
        ("[PERSON_3]", "[PERSON_3]"),
        ("PERSON_3", "PERSON_3"),
        ("Ada", "[PERSON_1]"),
        ("Ada Obi", "[PERSON_1]"),
        ("ADA OBI (Agent)", "[PERSON_1] (Agent)"),
        ("Agent (Ada)", "Agent ([PERSON_1])"),
        ("Dr. Ada O'Hara-Quill", "Dr. [PERSON_1]"),
        ("agent_ada", "agent_[PERSON_1]"),
        ("J. Quill", "[PERSON_1]"),
        ("Obi, Ada", "[PERSON_1]"),
        ("ada.obi@bank.example", "[PERSON_1]"),
        ("Caller +1 415 555 0142", "Caller [PERSON_1]"),
        ("\u0410\u043d\u043d\u0430", "[PERSON_1]"),
        ("Agent 4471", "Agent 4471"),
        ("", ""),
    ],
)
def test_names_become_a_number_and_the_rest_stays(label: str, expected: str) -> None:
    assert Speakers(Policy()).shown(label) == expected


def test_each_speaker_has_a_number() -> None:
    speakers = Speakers(Policy())
    shown = [speakers.shown(label) for label in ("Ada", "Bo Quill", "ADA", "agent", "Bo Quill (Agent)")]
    assert shown == ["[PERSON_1]", "[PERSON_2]", "[PERSON_1]", "agent", "[PERSON_2] (Agent)"]
    assert speakers.names == ("Ada", "Bo Quill")


def test_names_that_stay_are_known_and_those_that_are_not_hidden_are_not() -> None:
    kept, shown = Speakers(Policy(speakers="keep")), Speakers(Policy.load("pci"))
    assert (kept.shown("Ada"), kept.names) == ("Ada", ("Ada",))
    assert (shown.shown("Ada"), shown.names) == ("Ada", ())


def test_a_role_is_one_with_a_word_that_is() -> None:
    assert is_role("Support Agent 2")
    assert not is_role("Support")
    assert not is_role("Agent Ada")
    assert list(names_in("Agent Ada")) == [(6, 9)]
