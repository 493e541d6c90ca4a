"""`allow` and `deny` in a policy."""

from __future__ import annotations

import pickle
from typing import Any

import pytest

from ccredact import Policy, PolicyError, Redactor, Utterance

DENY = {"PROJECT": ["Blue Heron", "heron"], "BADGE": [r"/kx\d+/"], "PERSON": ["quill"]}


def redact(text: str, **policy: Any) -> str:
    return Redactor(policy, tagger=False).redact(text).text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the blue heron", "the [PROJECT]"),
        ("BLUE, Heron's wings", "[PROJECT] wings"),
        ("blue-heron and blue um heron", "[PROJECT] and [PROJECT]"),
        ("a blue bird, a heron", "a blue bird, a [PROJECT]"),
        ("herons blueheron", "herons blueheron"),
        ("staff KX4471, team-kx1-blue or kx", "staff [BADGE], team-[BADGE]-blue or kx"),
        ("xkx44y", "[BADGE]"),
        ("mrs quill called", "mrs [PERSON] called"),
    ],
)
def test_denied_terms_are_hidden_wherever_they_stand(text: str, expected: str) -> None:
    assert redact(text, deny=DENY) == expected


def test_a_list_without_labels_has_one() -> None:
    assert redact("about blue heron", deny=["blue heron"]) == "about [DENIED]"


def test_no_threshold_lets_a_denied_term_through() -> None:
    assert redact("blue heron", deny=DENY, thresholds={"default": 1.0}) == "[PROJECT]"


def test_what_is_denied_has_its_own_reason_and_label() -> None:
    (entity,) = Redactor({"deny": {"PERSON": ["northgate"]}}).redact("from northgate").entities
    assert (entity.label, entity.reason, entity.score) == ("PERSON", "denied", 1.0)


@pytest.mark.parametrize(
    ("text", "without", "allowed"),
    [
        ("call 0800 555 0142 now", "call [PHONE_NUMBER] now", "call 0800 555 0142 now"),
        ("call 0800 555 0142 7 now", "call [PHONE_NUMBER] now", "call [PHONE_NUMBER] now"),
        ("see www.northgate.example", "see [URL]", "see www.northgate.example"),
        ("my pin is 4417", "my pin is [PIN]", "my pin is [PIN]"),
        ("it's 4242 4242 4242 4242", "it's [CREDIT_CARD]", "it's [CREDIT_CARD]"),
        ("account number 4417", "account number [BANK_ACCOUNT]", "account number 4417"),
    ],
)
def test_allowed_terms_are_shown_but_for_cards_and_pins(text: str, without: str, allowed: str) -> None:
    terms = ["0800 555 0142", "4417", "4242 4242 4242 4242", "www northgate example"]
    assert redact(text) == without
    assert redact(text, allow=terms) == allowed


def test_the_longer_of_an_allowed_and_a_denied_term_counts() -> None:
    policy = {"allow": ["heron bank"], "deny": {"PROJECT": ["heron", "old heron bank"]}}
    assert redact("heron, heron bank and old heron bank", **policy) == "[PROJECT], heron bank and [PROJECT]"


def test_a_cvv_is_never_shown() -> None:
    call = [Utterance("the security code on the back", "agent"), Utterance("it's 417", "caller")]
    assert [s.text for s in Redactor({"allow": ["417"]}).redact_call(call)][1] == "it's [CREDIT_CARD_CVV]"


def test_a_term_is_held_until_it_is_whole() -> None:
    call = Redactor({"deny": DENY}, tagger=False).stream()
    assert [s.text for s in call.push(Utterance("so blue", "a", is_final=False))] == ["so …"]
    assert [s.text for s in call.push(Utterance("so blue", "a"))] == ["so "]
    assert [s.text for s in call.push(Utterance("heron ok", "a"))] == ["[PROJECT]", "[PROJECT] ok"]
    assert [s.text for s in call.push(Utterance("blue", "a"))] == []
    assert [s.text for s in call.push(Utterance("heron", "b"))] == ["blue"]
    assert [s.text for s in call.close()] == ["[PROJECT]"]


def test_the_last_word_of_an_interim_may_become_one_of_a_pattern() -> None:
    call = Redactor({"deny": DENY}, tagger=False).stream()
    assert [s.text for s in call.push(Utterance("all around", "a", is_final=False))] == ["all …"]
    assert [s.text for s in call.push(Utterance("all around4you ", "a", is_final=False))] == ["all …"]
    assert [s.text for s in call.push(Utterance("all around", "a"))] == ["all around"]


def test_a_term_that_a_call_cuts_off_is_hidden() -> None:
    call = Redactor({"deny": {"PROJECT": ["blue heron lake"]}}, tagger=False).stream()
    call.push(Utterance("so blue heron", "a"))
    assert [s.text for s in call.close(cut=True)] == ["[PROJECT]"]


def test_a_pattern_that_takes_too_long_hides_words() -> None:
    assert redact("so " + "a" * 400 + " hello", deny={"LONG": [r"/(a+)(a+)(a+)(a+)\4\3\2\1x/"]}) == "[REDACTED]"


@pytest.mark.parametrize(
    ("policy", "problem"),
    [
        ({"allow": "bank"}, "allow must be a list of terms"),
        ({"allow": [7]}, r"allow: each term must be text \(a number in quotes\)"),
        ({"allow": ["  - "]}, "allow: each term must have a letter or digit"),
        ({"allow": ["/a+/"]}, "allow: a term is words, no pattern"),
        ({"deny": {"person x": ["a"]}}, "deny: labels must be UPPER_SNAKE"),
        ({"deny": {"NUMBER": ["a"]}}, "deny: labels must be UPPER_SNAKE"),
        ({"deny": {"DATE_TIME": ["a"]}}, "deny: DATE_TIME is switched off in this policy"),
        ({"deny": {"X": ["/a*/"]}}, "deny: a pattern of X is none"),
        ({"deny": {"X": ["/a(/"]}}, "deny: a pattern of X is none"),
        ({"deny": {"X": [r"/a\sb/"]}}, "deny: a pattern of X is none"),
        ({"deny": {"X": ["Blue  heron"]}, "allow": ["blue heron"]}, "a term is in allow and in deny"),
        ({"deny": 7}, "deny must be a mapping, not int"),
        ({"speakers": "gone"}, 'unknown speakers "gone": the nearest is number'),
        ({"leave": "id"}, "leave must be a list of terms"),
    ],
)
def test_terms_that_are_none_are_refused_without_a_word_of_them(policy: dict[str, Any], problem: str) -> None:
    with pytest.raises(PolicyError, match=problem):
        Policy.load(policy)


def test_a_policy_with_terms_is_a_value() -> None:
    source = {"allow": ["a b"], "deny": {"X": ["c"]}, "speakers": "keep", "leave": ["q", "p"]}
    policy = Policy.load(source)
    assert policy == pickle.loads(pickle.dumps(policy)) == Policy.load(source)  # noqa: S301 - our own bytes
    assert hash(policy) == hash(Policy.load(source))
    assert policy != Policy.load(source | {"deny": {"X": ["d"]}})
    assert "a b" not in repr(policy)
    assert "'c'" not in repr(policy)


def test_a_number_that_a_call_cut_off_is_never_shown() -> None:
    call = Redactor({"allow": ["4242 4242 4242"]}).stream()
    call.push(Utterance("so 4242 4242 4242", "caller"))
    assert [s.text for s in call.close(cut=True)] == ["[NUMBER]"]


def test_a_denied_term_is_no_name_and_no_place_but_a_card_is_a_card() -> None:
    redactor = Redactor({"deny": {"PROJECT": ["ada", "4242 4242 4242 4242"]}})
    text = "my name is ada and my card is 4242 4242 4242 4242"
    assert redactor.redact(text).text == "my name is [PROJECT] and my card is [CREDIT_CARD]"
