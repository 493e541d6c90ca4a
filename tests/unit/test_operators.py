"""The operators: what each writes, what it needs, and what the one with a key keeps to itself."""

from __future__ import annotations

import copy
import gc
import hmac
import inspect
import pickle
from dataclasses import FrozenInstanceError
from typing import Any

import pytest

from ccredact import Redactor, operators
from ccredact.entities import ENTITY_TYPES, FAIL_SAFE
from ccredact.errors import PolicyError
from ccredact.lang.en.bare_name import bare_name
from ccredact.operators import OPERATORS, Hash, Hit, build, canonical
from ccredact.policy import Policy
from hashes import expected_hash, one

KEY = bytes(range(32))
PAN = "4111111111111111"
SAD = sorted(label for label, row in ENTITY_TYPES.items() if row.sad)


# --- build


@pytest.mark.parametrize("profile", ["full", "pci", "hipaa"])
def test_one_operator_per_label_that_is_on(profile: str) -> None:
    policy = Policy.load(profile)
    built = build(policy.operators)
    assert set(built) == set(policy.operators)
    assert set(built) >= FAIL_SAFE
    for label, operator in built.items():
        assert operator(Hit(label, 1, "some words")) == f"[{label}]"
        assert operator.needs_value is False


@pytest.mark.parametrize("name", sorted(set(OPERATORS) - {"hash"}))
def test_what_holds_no_key_pickles(name: str) -> None:
    built = build(Policy.load({"entities": {"CREDIT_CARD": name}}).operators)
    hit = Hit("CREDIT_CARD", 3, "four one one one", PAN)
    again = pickle.loads(pickle.dumps(built))  # noqa: S301
    assert {label: type(op) for label, op in again.items()} == {label: type(op) for label, op in built.items()}
    assert again["CREDIT_CARD"](hit) == built["CREDIT_CARD"](hit)


def test_every_operator_has_one_line_and_can_be_built() -> None:
    assert list(OPERATORS) == ["replace", "redact", "mask", "keep", "last4", "generalise", "number", "hash"]
    needing = set()
    for name, line in OPERATORS.items():
        assert line
        assert "\n" not in line
        if one("CREDIT_CARD", name, KEY).needs_value:
            needing.add(name)
    assert needing == {"last4", "hash"}
    with pytest.raises(TypeError):
        OPERATORS["other"] = "x"  # type: ignore[index]


def test_a_hit_says_nothing_of_its_text() -> None:
    shown = repr(Hit("CREDIT_CARD", 1, "four one one one", PAN))
    assert shown == "Hit(label='CREDIT_CARD', number=1)"
    with pytest.raises(FrozenInstanceError):
        Hit("PERSON", 1, "Ann").text = "x"  # type: ignore[misc]


# --- the plain operators


@pytest.mark.parametrize(
    ("name", "text", "released"),
    [
        ("replace", "Ann O'Hara", "[PERSON]"),
        ("redact", "Ann O'Hara", ""),
        ("keep", "Ann O'Hara", "Ann O'Hara"),
        ("number", "Ann O'Hara", "[PERSON_2]"),
        ("mask", "Ann O'Hara", "*** *'****"),
        ("mask", "415-555-0100 \u2014 x", "***-***-**** \u2014 *"),
        ("mask", "Zoe\u0308 \u0928\u093f\u0936\u093e", "**** ****"),
        ("mask", "\uff14\u0664\u00bd\u00b2", "****"),
        ("mask", "", ""),
    ],
)
def test_what_each_writes(name: str, text: str, released: str) -> None:
    assert one("PERSON", name)(Hit("PERSON", 2, text)) == released


# --- last4


@pytest.mark.parametrize("length", range(25))
def test_last4_needs_a_whole_number(length: int) -> None:
    value = ("1234567890" * 3)[:length]
    shown = one("CREDIT_CARD", "last4")(Hit("CREDIT_CARD", 1, "text", value))
    assert shown == (f"[CREDIT_CARD:{value[-4:]}]" if length >= 12 else "[CREDIT_CARD]")


@pytest.mark.parametrize(
    "value",
    [None, "", "4111 1111 1111 1111", "four one one one", "\u0664" * 16, "\u00b2" * 16, "411111111111111x"],
)
def test_last4_and_hash_give_the_label_where_the_value_is_not_digits(value: str | None) -> None:
    hit = Hit("CREDIT_CARD", 1, PAN, value)
    assert one("CREDIT_CARD", "last4")(hit) == "[CREDIT_CARD]"
    assert one("CREDIT_CARD", "hash", KEY)(hit) == "[CREDIT_CARD]"


# --- hash


def test_known_answers() -> None:
    card = one("CREDIT_CARD", "hash", KEY)
    assert card(Hit("CREDIT_CARD", 1, "x", PAN)) == f"[CREDIT_CARD:{expected_hash(KEY, 'CREDIT_CARD', PAN)}]"
    message = b"ccredact hash 1\0PERSON\0ann o'hara"
    digest = hmac.new(KEY, message, "sha256").hexdigest()[:32]
    assert expected_hash(KEY, "PERSON", "ann o'hara") == digest
    assert one("PERSON", "hash", KEY)(Hit("PERSON", 1, "Ann  O'HARA")) == f"[PERSON:{digest}]"


def test_labels_and_keys_are_domains_of_their_own() -> None:
    labels = sorted(set(ENTITY_TYPES) - {"CREDIT_CARD"})
    digests = {
        Hash(key)(Hit(label, 1, "same", PAN)).split(":")[1] for label in labels for key in (KEY, KEY + b"\1", KEY[::-1])
    }
    assert len(digests) == 3 * len(labels)


def test_equal_values_are_equal_over_pieces_calls_and_spellings() -> None:
    first, second = Hash(KEY), Hash(KEY)
    assert first(Hit("CREDIT_CARD", 1, "four one", PAN)) == second(Hit("CREDIT_CARD", 2, "41", PAN))
    spellings = ["Ann Smith", " ann\tSMITH ", "\uff21nn Smith", "ANN\u00a0SMITH"]
    assert len({first(Hit("PERSON", n, text)) for n, text in enumerate(spellings, 1)}) == 1
    assert first(Hit("PERSON", 1, "Ann Smyth")) != first(Hit("PERSON", 1, "Ann Smith"))


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("  Two\n words ", "two words"),
        ("STRASSE", "strasse"),
        ("Stra\u00dfe", "strasse"),
        ("Zoe\u0308", "zo\u00eb"),
        ("\u2460\u3000\ufb01", "1 fi"),
        ("", ""),
    ],
)
def test_the_canonical_form(text: str, form: str) -> None:
    assert canonical(text) == form


def test_a_hash_without_a_key_is_refused() -> None:
    policy = Policy.load({"entities": {"PERSON": "hash"}})
    with pytest.raises(PolicyError, match="needs a key of at least 32 bytes"):
        build(policy.operators)
    # No way round it: every parameter called key is either required or leads to the refusal above.
    assert inspect.signature(Hash).parameters["key"].default is inspect.Parameter.empty
    assert not [name for name in vars(operators) if "sha" in name.lower() and name != "hashlib"]


@pytest.mark.parametrize("policy", [Policy(), Policy.load({"entities": {"PERSON": "hash"}})])
@pytest.mark.parametrize("key", [b"", b"short", b"k" * 31, "k" * 32, bytearray(32), memoryview(b"k" * 32), 32])
def test_a_key_that_is_no_key_is_refused_even_where_none_is_needed(policy: Policy, key: Any) -> None:
    with pytest.raises(PolicyError, match="a hash key must be") as caught:
        build(policy.operators, key=key)
    assert "kkk" not in str(caught.value)
    assert "short" not in str(caught.value)
    with pytest.raises(PolicyError):
        Hash(key)


def test_a_key_that_is_not_needed_leaves_the_result_picklable() -> None:
    built = build(Policy().operators, key=KEY)
    assert KEY not in pickle.dumps(built)


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_a_hash_does_not_pickle_and_says_what_to_do(protocol: int) -> None:
    built = build(Policy.load({"entities": {"PERSON": "hash"}}).operators, key=KEY)
    with pytest.raises(PolicyError, match="hand each worker the key"):
        pickle.dumps(built, protocol)
    with pytest.raises(PolicyError):
        copy.copy(built["PERSON"])
    with pytest.raises(PolicyError):
        copy.deepcopy(built)


def test_the_key_is_in_no_repr_and_on_no_attribute() -> None:
    key = b"0123456789abcdefghijklmnopqrstuv" + b"wxyz"
    operator = Hash(key)
    assert repr(operator) == str(operator) == "Hash()"
    assert not hasattr(operator, "__dict__")
    with pytest.raises(AttributeError):
        operator.key = key  # type: ignore[attr-defined]
    reached: list[object] = [getattr(operator, name) for name in Hash.__slots__]
    seen: set[int] = set()
    while reached:
        thing = reached.pop()
        if id(thing) not in seen and not isinstance(thing, type) and not callable(thing):
            seen.add(id(thing))
            assert thing != key
            reached += gc.get_referents(thing)


@pytest.mark.parametrize(
    "said",
    [
        "john smith ok",
        "John  Smith, okay",
        "Mr. John Smith",
        "john um smith",
        "john smith's",
        "ok john smith",
        "john smith uh",
    ],
)
def test_the_pseudonym_of_a_person_is_that_of_the_bare_name(said: str) -> None:
    hash_ = build({"PERSON": "hash", "LOCATION": "hash"}, key=KEY, bare_name=bare_name)["PERSON"]
    assert hash_(Hit("PERSON", 1, said)) == f"[PERSON:{expected_hash(KEY, 'PERSON', 'john smith')}]"
    assert hash_(Hit("LOCATION", 1, "york ok")) == f"[LOCATION:{expected_hash(KEY, 'LOCATION', 'york ok')}]"


@pytest.mark.parametrize("said", ["Mr.", "ok", "um", "-", ""])
def test_what_is_no_name_at_all_stays_as_it_is(said: str) -> None:
    assert bare_name(said) == said


def test_ok_behind_a_name_changes_no_pseudonym() -> None:
    redactor = Redactor({"entities": {"PERSON": "hash"}}, key=KEY)
    name = redactor.redact("my name is john smith").text
    assert redactor.redact("my name is john smith ok").text == f"{name} ok"
    assert redactor.redact("my name is mr john smith").text.endswith(name.removeprefix("my name is "))


def test_what_lists_and_tagger_find_at_the_same_words_has_one_number() -> None:
    labels = ("MEDICATION", "PURCHASE_ITEM", "FAMILY_RELATION")
    counted = Redactor({"entities": dict.fromkeys(labels, "number")})
    said = "i take lisinopril ten milligrams and metformin"
    assert counted.redact(said).text == "i take [MEDICATION_1] and [MEDICATION_2]"
