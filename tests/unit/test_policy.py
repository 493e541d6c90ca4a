"""The policy: what it accepts, what it refuses, and what its messages say and keep to themselves."""

from __future__ import annotations

import copy
import pickle
import subprocess
import sys
from dataclasses import FrozenInstanceError, replace
from typing import TYPE_CHECKING, Any

import pytest

from ccredact.entities import ENTITY_TYPES, FAIL_SAFE, PROFILES
from ccredact.errors import PolicyError
from ccredact.operators import OPERATORS
from ccredact.policy import DEFAULT_LOOK_OVER, DEFAULT_THRESHOLD, Hold, Policy

if TYPE_CHECKING:
    from pathlib import Path

SAD = sorted(label for label, row in ENTITY_TYPES.items() if row.sad)
EXAMPLE = """\
profile: pci              # base, default full
entities:
  CREDIT_CARD: last4      # operator by name
  PERSON: {operator: number}
  DATE_TIME: replace      # switching an opt-in row on
  PASSWORD: off           # switched off
thresholds: {default: 0.5, CREDIT_CARD: 0.4}
hold: {turns: 6, seconds: 60, words: 400}
stand_in: "(...)"
"""


def refusal(source: Any) -> str:
    with pytest.raises(PolicyError) as caught:
        Policy.load(source)
    assert caught.value.__context__ is None
    return str(caught.value)


def of(label: str, operator: object) -> dict[str, Any]:
    return {"entities": {label: operator}}


# --- what a policy is


@pytest.mark.parametrize("name", sorted(PROFILES))
def test_a_profile_hides_its_rows_and_the_fail_safe_labels_by_their_label(name: str) -> None:
    policy = Policy.load(name)
    assert policy.operators == dict.fromkeys(PROFILES[name] | FAIL_SAFE, "replace")
    for label in ENTITY_TYPES:
        assert policy.enabled(label) == (label in PROFILES[name])


def test_the_default_is_the_full_profile() -> None:
    assert Policy() == Policy.load("full") == Policy.load({})
    assert Policy() == Policy.from_yaml("") == Policy.from_yaml("# none\n")
    assert Policy().hold == Hold(turns=12, seconds=120.0, words=800)
    assert Policy().stand_in == "\u2026"
    assert not Policy().enabled("DATE_TIME")


def test_profiles_differ_where_they_should() -> None:
    assert not Policy.load("pci").enabled("PERSON")
    assert Policy.load("hipaa").enabled("DATE_TIME")
    assert Policy.load("hipaa").enabled("MEDICATION")
    assert not Policy.load("hipaa").enabled("FAMILY_RELATION")
    assert not Policy.load("pci").enabled("PURCHASE_ITEM")


def test_the_example() -> None:
    policy = Policy.from_yaml(EXAMPLE)
    assert policy.operator("CREDIT_CARD") == "last4"
    assert policy.operator("PERSON") == "number"
    assert policy.operator("DATE_TIME") == "replace"
    assert policy.operator("CREDIT_CARD_CVV") == "replace"
    assert not policy.enabled("PASSWORD")
    assert set(policy.operators) == PROFILES["pci"] - {"PASSWORD"} | {"PERSON", "DATE_TIME"} | FAIL_SAFE
    assert policy.threshold("CREDIT_CARD") == 0.4
    assert policy.threshold("PERSON") == 0.5
    assert policy.hold == Hold(turns=6, seconds=60, words=400)
    assert policy.stand_in == "(...)"


def test_every_way_in_gives_the_same_policy(tmp_path: Path) -> None:
    as_dict: dict[str, Any] = {"profile": "pci", "stand_in": "(...)"}
    as_dict["entities"] = {"CREDIT_CARD": "last4", "DATE_TIME": "replace", "PASSWORD": "off"}
    as_dict["entities"]["PERSON"] = {"operator": "number"}
    as_dict["thresholds"] = {"default": 0.5, "CREDIT_CARD": 0.4}
    as_dict["hold"] = {"turns": 6, "seconds": 60, "words": 400}
    policy = Policy.from_dict(as_dict)
    assert Policy.load(policy) is policy
    assert Policy.load(as_dict) == Policy.from_yaml(EXAMPLE) == policy
    for name in ("a.yml", "b.yaml", "c.YML", "d.txt"):
        path = tmp_path / name
        path.write_text(EXAMPLE, encoding="utf-8-sig" if name == "b.yaml" else "utf-8")
        assert Policy.load(path) == Policy.from_yaml(path) == policy
        if name != "d.txt":
            assert Policy.load(str(path)) == Policy.from_yaml(str(path)) == policy


@pytest.mark.parametrize("off", ["off", "no", "false", '"off"', "Off", "OFF", "{operator: off}"])
def test_off_in_every_spelling_of_yaml(off: str) -> None:
    assert not Policy.from_yaml(f"entities:\n  US_SSN: {off}\n").enabled("US_SSN")


def test_an_empty_part_counts_as_left_out() -> None:
    assert Policy.from_yaml("profile: pci\nentities:\nthresholds:\nhold:\nstand_in:\n") == Policy.load("pci")


def test_a_part_of_the_hold_may_be_given() -> None:
    assert Policy.from_dict({"hold": {"turns": 3}}).hold == Hold(turns=3)


# --- frozen, comparable, hashable, picklable


def test_nothing_in_it_can_be_changed() -> None:
    given_operators = {"PERSON": "number"}
    policy = Policy(operators=given_operators)
    given_operators["PERSON"] = "keep"
    assert policy.operator("PERSON") == "number"
    with pytest.raises(FrozenInstanceError):
        policy.stand_in = "x"  # type: ignore[misc]
    with pytest.raises(TypeError):
        policy.operators["PERSON"] = "keep"  # type: ignore[index]
    with pytest.raises(TypeError):
        policy.thresholds["default"] = 1.0  # type: ignore[index]
    with pytest.raises(FrozenInstanceError):
        policy.hold.turns = 1  # type: ignore[misc]


@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
@pytest.mark.parametrize("source", [*sorted(PROFILES), of("CREDIT_CARD", "hash") | {"hold": {"turns": 2}}])
def test_it_pickles(source: Any, protocol: int) -> None:
    policy = Policy.load(source)
    again = pickle.loads(pickle.dumps(policy, protocol))  # noqa: S301
    assert again == policy
    assert hash(again) == hash(policy)
    with pytest.raises(TypeError):
        again.operators["PERSON"] = "keep"


def test_it_copies_and_can_be_replaced_in_part() -> None:
    policy = Policy.from_yaml(EXAMPLE)
    assert copy.deepcopy(policy) == copy.copy(policy) == policy
    assert replace(policy, stand_in="-").operators == policy.operators
    with pytest.raises(PolicyError, match=r"PCI DSS 3\.3\.1"):
        replace(policy, operators={"PIN": "mask"})


def test_a_pickle_is_checked_when_it_arrives() -> None:
    forged = pickle.dumps(Policy(operators={"OTP": "mask"}), 4).replace(b"\x8c\x03OTP", b"\x8c\x03PIN")
    with pytest.raises(PolicyError, match=r"PCI DSS 3\.3\.1"):
        pickle.loads(forged)  # noqa: S301


def test_equal_policies_hash_alike_whatever_the_order() -> None:
    one = Policy(operators={"PERSON": "mask", "AGE": "keep"}, thresholds={"AGE": 0.1, "PERSON": 0.2})
    other = Policy(operators={"AGE": "keep", "PERSON": "mask"}, thresholds={"PERSON": 0.2, "AGE": 0.1})
    assert one == other
    assert len({one, other, replace(one, stand_in="-"), Policy()}) == 3


# --- sensitive authentication data: the label or off, by whatever way in


@pytest.mark.parametrize("label", SAD)
@pytest.mark.parametrize("name", [*OPERATORS, "encrypt", "shred"])
@pytest.mark.parametrize("way", ["constructor", "dict", "nested dict", "yaml"])
def test_every_operator_on_sensitive_authentication_data(label: str, name: str, way: str) -> None:
    def make() -> Policy:
        if way == "constructor":
            return Policy(operators={label: name})
        if way == "yaml":
            return Policy.from_yaml(f"profile: hipaa\nentities: {{{label}: {name}}}")
        return Policy.from_dict(of(label, name if way == "dict" else {"operator": name}))

    if name == "replace":
        assert make().operator(label) == "replace"
    else:
        with pytest.raises(PolicyError, match=rf"{label} .*PCI DSS 3\.3\.1"):
            make()


@pytest.mark.parametrize("label", SAD)
def test_no_other_form_on_sensitive_authentication_data(label: str) -> None:
    custom = {"operator": "replace", "text": "***"}
    for value in (None, True, 4, [], {}, ["replace"], {"operator": None}, custom, {"text": "x"}):
        assert "PCI DSS 3.3.1" in refusal(of(label, value))


@pytest.mark.parametrize("label", SAD)
def test_sensitive_authentication_data_may_be_off(label: str) -> None:
    assert not Policy.load(of(label, "off")).enabled(label)
    assert not Policy.load(of(label, {"operator": "off"})).enabled(label)
    assert not Policy(operators={}).enabled(label)


def test_the_rows_of_sensitive_authentication_data_are_the_ones_meant() -> None:
    assert SAD == ["CREDIT_CARD_CVV", "PIN"]


# --- fail-safe labels


@pytest.mark.parametrize("label", sorted(FAIL_SAFE))
def test_fail_safe_labels_cannot_be_configured_away(label: str) -> None:
    for value in ["off", False, None, *OPERATORS]:
        if value == "replace":
            assert Policy.load(of(label, value)) == Policy()
            continue
        assert "what could not be decided" in refusal(of(label, value))
        with pytest.raises(PolicyError):
            Policy(operators={label: value})  # type: ignore[dict-item]
    assert "it has no threshold" in refusal({"thresholds": {label: 0.2}})
    policy = Policy(operators={}, thresholds={"default": 1})
    assert policy.operator(label) == "replace"
    assert policy.enabled(label)
    assert policy.threshold(label) == 0.0
    assert policy.threshold("PERSON") == 1.0


# --- card data: hashed or truncated, last4 for the card alone


@pytest.mark.parametrize("label", sorted(set(ENTITY_TYPES) - set(SAD)))
def test_last4_is_for_the_card_number_only(label: str) -> None:
    if label == "CREDIT_CARD":
        assert Policy.load(of(label, "last4")).operator(label) == "last4"
    else:
        assert refusal(of(label, "last4")) == f"last4 is for CREDIT_CARD only, not for {label}"


CARD_FORMS = ["off", *OPERATORS]


@pytest.mark.parametrize("card", CARD_FORMS)
@pytest.mark.parametrize("ending", CARD_FORMS)
@pytest.mark.parametrize("expiry", CARD_FORMS)
def test_no_policy_both_hashes_and_truncates_card_data(card: str, ending: str, expiry: str) -> None:
    entities = {"CREDIT_CARD": card, "CREDIT_CARD_LAST4": ending, "CREDIT_CARD_EXPIRY": expiry}
    source = {"profile": "hipaa", "entities": entities}
    hashes = "hash" in entities.values()
    truncates = card == "last4" or ending in {"off", "keep", "hash"}
    if "last4" in {ending, expiry}:
        assert "last4 is for CREDIT_CARD only" in refusal(source)
    elif hashes and truncates:
        assert "PCI DSS 3.5.1" in refusal(source)
        on = {label: name for label, name in entities.items() if name != "off"}
        with pytest.raises(PolicyError, match=r"PCI DSS 3\.5\.1"):
            Policy(operators=on)
    else:
        assert Policy.load(source).operators.get("CREDIT_CARD", "off") == card


def test_a_hash_elsewhere_does_not_forbid_last4() -> None:
    policy = Policy.load({"entities": {"PERSON": "hash", "CREDIT_CARD": "last4"}})
    assert (policy.operator("PERSON"), policy.operator("CREDIT_CARD")) == ("hash", "last4")


# --- names that are not known


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("hippa", 'unknown profile "hippa": the nearest is hipaa'),
        ("PCI", 'unknown profile "PCI": the nearest is pci'),
        ({"profile": "fulll"}, 'unknown profile "fulll": the nearest is full'),
        (of("CREDIT_CRAD", "last4"), 'unknown entity "CREDIT_CRAD": the nearest is CREDIT_CARD'),
        (of("person", "mask"), 'unknown entity "person": the nearest is PERSON'),
        (of("credit card", "mask"), "unknown entity: the nearest is CREDIT_CARD"),
        (of("CREDIT_CARD", "last_4"), 'unknown operator for CREDIT_CARD "last_4": the nearest is last4'),
        (of("PERSON", "sha256"), 'unknown operator for PERSON "sha256": the nearest is hash'),
        (of("PERSON", {"operater": "mask"}), 'unknown option "operater": the nearest is operator'),
        ({"entites": {}}, 'unknown key "entites": the nearest is entities'),
        ({"thresholds": {"defualt": 0.5}}, 'unknown entity in thresholds "defualt": the nearest is default'),
        ({"thresholds": {"PERSONS": 0.5}}, 'unknown entity in thresholds "PERSONS": the nearest is PERSON'),
        ({"hold": {"turn": 5}}, 'unknown key "turn": the nearest is turns'),
    ],
)
def test_the_nearest_name_is_named(source: Any, message: str) -> None:
    assert refusal(source) == message


def test_the_constructor_and_the_methods_name_it_too() -> None:
    for call in (
        lambda: Policy(operators={"PERSN": "mask"}),
        lambda: Policy(thresholds={"PERSN": 0.5}),
        lambda: Policy().enabled("PERSN"),
        lambda: Policy().operator("PERSN"),
        lambda: Policy().threshold("PERSN"),
    ):
        with pytest.raises(PolicyError, match='"PERSN": the nearest is PERSON'):
            call()
    with pytest.raises(PolicyError, match='"kep": the nearest is keep'):
        Policy(operators={"PERSON": "kep"})
    with pytest.raises(PolicyError, match="DATE_TIME is switched off"):
        Policy().operator("DATE_TIME")


def test_a_transcript_passed_by_mistake_is_not_in_the_message() -> None:
    said = "my card is 4111 1111 1111 1111"
    digits = said[-19:].replace(" ", "")
    for source in (said, digits, of(said, "mask"), of("PERSON", said), {said: 1}, {"profile": said}):
        message = refusal(source)
        assert "4111" not in message
        assert "card is" not in message
    with pytest.raises(PolicyError) as caught:
        Policy.from_yaml(f"profile: full\n{said}: [\n")
    assert "4111" not in str(caught.value)


# --- values of the wrong type or out of range


def test_wrong_types_are_refused() -> None:
    documents: tuple[Any, ...] = (None, [], 7, b"full", {1: 2})
    for document in documents:
        refusal(document)
    for operator in (None, True, 1, ["mask"], {}, {"operator": None}, {"operator": {"operator": "mask"}}):
        refusal(of("PERSON", operator))
    numbers = ("0.5", True, None, -0.01, 1.01, float("nan"), float("inf"), 10**400)
    wrong: dict[str, tuple[Any, ...]] = {
        "profile": (3, ["pci"], {}),
        "entities": (["PERSON"], "PERSON", {1: "mask"}, {False: "mask"}),
        "thresholds": (0.5, {3: 0.5}, *({"default": number} for number in numbers)),
        "hold": (12, [], "long"),
        "stand_in": (3, "", "two\nlines", ["x"]),
        "interim": (3, "", "raw", ["stand_in"], True),
    }
    for part, values in wrong.items():
        for value in values:
            refusal({part: value})


def test_the_constructor_refuses_them_too() -> None:
    wrong: dict[str, tuple[Any, ...]] = {
        "operators": (None, ["PERSON"], {"PERSON": False}, {"PERSON": "off"}, {"PERSON": ["mask"]}),
        "thresholds": ([0.5], None, {"AGE": "1"}),
        "hold": ({"turns": 3}, None),
        "stand_in": (None, ""),
    }
    for part, values in wrong.items():
        for value in values:
            with pytest.raises(PolicyError):
                Policy(**{part: value})


@pytest.mark.parametrize("bound", ["turns", "seconds", "words"])
@pytest.mark.parametrize("value", [0, -1, True, "3", None, float("nan"), float("inf"), 10**400, [3]])
def test_bounds_are_numbers_above_zero(bound: str, value: Any) -> None:
    with pytest.raises(PolicyError, match=f"hold: {bound} must be a"):
        Hold(**{bound: value})
    assert f"hold: {bound} must be a" in refusal({"hold": {bound: value}})


def test_turns_and_words_are_whole() -> None:
    assert Hold(seconds=0.5).seconds == 0.5
    for bound in ("turns", "words"):
        with pytest.raises(PolicyError, match="whole number"):
            Hold(**{bound: 2.5})  # type: ignore[arg-type]


def test_the_default_threshold_lets_likely_findings_pass() -> None:
    assert DEFAULT_THRESHOLD == 0.3
    assert {Policy().threshold(label) for label in ENTITY_TYPES} == {0.3}
    assert Policy(thresholds={"AGE": 0.9}).threshold("PERSON") == 0.3


# --- YAML


BROKEN = {
    "entities: {PERSON: mask": 3,
    "\tentities: 1": 2,
    "hold: a: b": 2,
    "stand_in: \x00": 2,
    "---\nprofile: full": 2,
    "hold: *nobody": 2,
    "? [1]\n: 2": 2,
    "\nstand_in: 2001-99-99": 3,
    f"stand_in: {'1:' * 400}1.5": 2,
    "stand_in: !!int ''": 2,
    "stand_in: !!bool maybe": 2,
    "stand_in: !!timestamp x": 2,
    "stand_in: !!python/object/apply:os.getcwd []": 2,
    "stand_in: !!python/name:os.getcwd": 2,
    "stand_in: !mine x": 2,
}


@pytest.mark.parametrize("text", BROKEN)
def test_broken_yaml_gives_the_line(text: str) -> None:
    line = BROKEN[text]
    with pytest.raises(PolicyError, match=f"^policy: line {line}: this is not plain YAML$") as caught:
        Policy.from_yaml(f"profile: pci\n{text}\n")
    assert caught.value.__context__ is None


TWICE = {
    "profile: pci\nprofile: pci\n": 'line 2: the key "profile"',
    "entities:\n  PIN: off\n  AGE: keep\n  PIN: replace\n": 'line 4: the key "PIN"',
    "entities: {AGE: {operator: keep, 'operator': keep}}": 'line 1: the key "operator"',
    "entities: {'john smith': keep, john smith: keep}": "line 1: the key",
}


@pytest.mark.parametrize("text", TWICE)
def test_a_key_that_stands_twice_is_refused(text: str) -> None:
    with pytest.raises(PolicyError, match=f"^policy: {TWICE[text]} stands twice$"):
        Policy.from_yaml(text)


def test_anchors_and_merges_are_plain_yaml() -> None:
    text = "entities:\n  AGE: &how {operator: keep}\n  PERSON: *how\n  US_SSN: {<<: *how, operator: mask}\n"
    policy = Policy.from_yaml(text)
    assert [policy.operator(label) for label in ("AGE", "PERSON", "US_SSN")] == ["keep", "keep", "mask"]


@pytest.mark.parametrize("text", ["- a", "just words", "7", "false", "[]", "''", "&a {hold: *a}", "[" * 5000])
def test_a_document_that_is_no_policy_is_refused(text: str) -> None:
    with pytest.raises(PolicyError):
        Policy.from_yaml(text)


def test_a_file_that_cannot_be_read_is_a_policy_error(tmp_path: Path) -> None:
    (tmp_path / "latin.yml").write_bytes(b"stand_in: \xe9\n")
    (tmp_path / "broken.yml").write_text("a:\n  b: [\n", encoding="utf-8")
    (tmp_path / "folder.yaml").mkdir()
    assert refusal(tmp_path / "none.yml").startswith("none.yml: ")
    assert refusal(str(tmp_path / "folder.yaml")).startswith("folder.yaml: ")
    assert refusal(tmp_path / "latin.yml") == "latin.yml: it is not UTF-8"
    assert refusal(tmp_path / "broken.yml").startswith("broken.yml: line ")


def test_yaml_is_loaded_only_for_a_policy_in_yaml() -> None:
    code = (
        "import sys; from ccredact.policy import Policy; Policy.load('pci')\n"
        "assert 'yaml' not in sys.modules; Policy.from_yaml('profile: pci'); assert 'yaml' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)  # noqa: S603


def test_how_far_a_word_looks_over_its_final() -> None:
    assert Policy().look_over == Policy.load({"look_over": None}).look_over == DEFAULT_LOOK_OVER
    policy = Policy.from_yaml("look_over: 0")
    assert policy.look_over == 0
    assert pickle.loads(pickle.dumps(policy)) == policy  # noqa: S301
    assert policy != Policy()
    assert hash(policy) != hash(Policy())


@pytest.mark.parametrize("value", [-1, 1.5, "4", True, 1e20])
def test_what_is_no_number_of_words_is_refused(value: object) -> None:
    with pytest.raises(PolicyError, match="look_over must be a whole number of words, 0 or more"):
        Policy.from_dict({"look_over": value})


def test_the_digest_is_that_of_what_a_policy_says_however_it_was_written() -> None:
    given = {"entities": {"PIN": "replace", "PERSON": "keep"}, "deny": {"A": ["x"], "B": ["y"]}, "leave": ["a", "b"]}
    turned = {"leave": ["b", "a"], "deny": {"B": ["y"], "A": ["x"]}, "entities": {"PERSON": "keep", "PIN": "replace"}}
    digest = Policy.from_dict(given).digest()
    assert Policy.from_dict(turned).digest() == digest
    changes: list[dict[str, object]] = [
        {"stand_in": "?"}, {"interim": "withhold"}, {"hold": {"turns": 3}}, {"deny": {"A": ["x"]}}, {"leave": []},
    ]  # fmt: skip
    others = {Policy.from_dict({**given, **change}).digest() for change in changes}
    assert len(others | {digest}) == len(changes) + 1
