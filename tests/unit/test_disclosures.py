"""The lists of health, family and purchases: what they are like, and how what is told is found by them."""

from __future__ import annotations

from typing import Final

import pytest

from ccredact import Redactor, Utterance
from ccredact.detectors.disclosures import grammar
from ccredact.detectors.disclosures.families import FAMILIES, Family, health
from ccredact.detectors.disclosures.grammar import (
    Disclosure,
    clauses,
    complaints,
    disclosures,
    measured,
    objects,
    reactions,
)
from ccredact.detectors.disclosures.terms import TermIndex
from ccredact.lang.en.disclosures import disclosure_list
from ccredact.lang.en.misheard import distance, sound_of
from ccredact.lang.en.noise import NOISE
from ccredact.lang.en.nouns import noun_base, noun_forms
from ccredact.text.words import keys_of

NAMES: Final = ("health", "family", "purchases", "special")
REDACTOR = Redactor({"entities": {"SPECIAL_CATEGORY": "replace"}}, tagger=False)


def texts(*turns: str) -> list[str]:
    return [s.text for s in REDACTOR.redact_call([Utterance(t, "ab"[n % 2]) for n, t in enumerate(turns)])]


# --- the lists


@pytest.mark.parametrize("family", [made() for made, _ in FAMILIES])
def test_terms_stand_as_they_are_said(family: Family) -> None:
    for term in family.terms:
        assert " ".join(keys_of(term, NOISE)) == term


@pytest.mark.parametrize("name", NAMES)
def test_a_list_says_where_it_comes_from(name: str) -> None:
    head = disclosure_list(name).partition("\n[")[0]
    assert "Columns:" in head
    assert "Source" in head
    assert "Apache-2.0" in head


def test_there_are_thousands_of_terms() -> None:
    assert sum(len(made().terms) for made, _ in FAMILIES) >= 8_000


def test_a_section_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="line 1"):
        TermIndex("[conditions]\nasthma", {"condition": "MEDICAL_CONDITION"}, frozenset(), frozenset())


@pytest.mark.parametrize("word", ["allergy", "child's", "box", "bus", "mass", "tooth"])
def test_the_base_of_a_form_has_that_form(word: str) -> None:
    for form in noun_forms(word):
        assert form == word or word in noun_base(form)
    assert all(word in noun_forms(base) for base in noun_base(word))


EVERYDAY: Final = frozenset(
    """
    i you he she it we they me the a an is are was have had do did can could will would in on at to for of and or not
    no my your his her our this that what when how please thanks okay so but if with from
    """.split()
)


@pytest.mark.parametrize("family", [made() for made, _ in FAMILIES])
def test_everyday_words_wake_nobody(family: Family) -> None:
    assert not family.wake_words & EVERYDAY


# --- words that were misheard


@pytest.mark.parametrize(
    ("one", "other", "most", "apart"),
    [("metformin", "metforman", 1, 1), ("abc", "abc", 1, 0), ("abc", "abcde", 1, 2), ("kitten", "sitting", 3, 3)],
)
def test_letters_between_two_words(one: str, other: str, most: int, apart: int) -> None:
    assert distance(one, other, most) == distance(other, one, most) == apart


@pytest.mark.parametrize(("one", "other"), [("lisinopril", "lysinopril"), ("gabapentin", "gabapenton")])
def test_what_sounds_alike_is_one(one: str, other: str) -> None:
    assert sound_of(one) == sound_of(other)


def test_a_misheard_word_is_known_where_health_is_talked_of() -> None:
    assert health().terms.misheard("metforman") == "MEDICATION"
    assert health().terms.misheard("marmalade") is None
    assert texts("i'm taking metforman") == ["i'm taking [MEDICATION]"]
    assert texts("the shop in Metforman street") == ["the shop in Metforman street"]


def test_a_drug_that_is_in_no_list_is_known_by_the_end_of_its_name() -> None:
    assert texts("my doctor has put me on quibrosartan") == ["my doctor has put me on [MEDICATION]"]
    assert texts("the invoice is from quibrosartan limited") == ["the invoice is from quibrosartan limited"]


# --- the grammar


def test_what_belongs_to_a_term() -> None:
    roles = [grammar.BEFORE, grammar.SITE, "~C", grammar.LINK, grammar.DETERMINER, grammar.SITE, grammar.LINK]
    assert disclosures(roles, amount="", counts=False, trails=False) == [Disclosure(0, 6, "C", sure=True)]
    assert disclosures(["~C"], amount="", counts=False, trails=False) == [Disclosure(0, 1, "C", sure=False)]
    assert disclosures([grammar.NUMBER, "F"], amount="", counts=True, trails=False)[0].start == 0
    assert disclosures([grammar.NUMBER, "F"], amount="", counts=False, trails=False)[0].start == 1
    assert disclosures(["I", grammar.BEFORE], amount="", counts=True, trails=True)[0].end == 2
    assert disclosures([grammar.BEFORE], amount="", counts=True, trails=True) == []


def test_a_number_with_a_unit_and_a_part_of_the_body_that_ails() -> None:
    assert measured([grammar.NUMBER, grammar.NUMBER, grammar.UNIT], "M") == ["~M", "~M", "~M"]
    assert measured([grammar.UNIT], "M") == [grammar.UNIT]
    assert complaints([grammar.SITE, grammar.COMPLAINT], "C") == [grammar.SITE, "~C"]
    assert complaints([grammar.COMPLAINT], "C") == [grammar.COMPLAINT]


def test_what_a_body_cannot_do_is_a_condition() -> None:
    weak_act = "~" + grammar.ACT
    bent = [grammar.UNABLE, weak_act, grammar.DETERMINER, grammar.BEFORE, grammar.SITE]
    assert clauses(bent, "C") == ["C"] * 5
    assert clauses([grammar.UNABLE, weak_act, grammar.DETERMINER], "C") == [
        grammar.UNTOLD,
        grammar.UNTOLD,
        grammar.DETERMINER,
    ]
    assert clauses([grammar.UNABLE, grammar.ACT], "C") == ["C", "C"]
    assert clauses([grammar.UNABLE], "C") == [grammar.UNTOLD]


def test_a_complaint_may_need_a_part_of_the_body() -> None:
    weak, site = "~" + grammar.UNABLE, grammar.SITE
    assert clauses([weak, grammar.BEFORE, site, grammar.AND, site], "C") == ["C"] * 5
    assert clauses([weak, grammar.BEFORE], "C") == [grammar.UNTOLD, grammar.BEFORE]
    assert clauses([grammar.UNABLE, grammar.LINK], "C") == [grammar.UNTOLD, grammar.LINK]


def test_what_is_done_belongs_to_the_complaint_before_it() -> None:
    pain = ["C", grammar.LINK, grammar.ACT]
    assert clauses(pain, "C") == ["C", grammar.BEHIND, grammar.BEHIND]
    assert clauses([*pain, grammar.AND, grammar.ACT], "C") == ["C", *[grammar.BEHIND] * 4]
    assert clauses([*pain, grammar.AND], "C") == ["C", grammar.BEHIND, grammar.BEHIND, grammar.AND]
    assert clauses([grammar.SITE, grammar.LINK, grammar.ACT], "C")[1] == grammar.LINK


def test_an_object_belongs_to_the_term_before_it() -> None:
    thing = grammar.THING
    assert reactions(["C", thing, grammar.AND, thing]) == ["C", *[grammar.BEHIND] * 3]
    assert reactions(["C", grammar.DETERMINER, "M"]) == ["C", grammar.BEHIND, grammar.BEHIND]
    assert reactions(["C", grammar.DETERMINER]) == ["C", grammar.DETERMINER]
    assert reactions(["C", "M"]) == ["C", "M"]
    assert reactions(["C", "M"], [0]) == ["C", grammar.BEHIND]


def test_what_was_measured_and_what_ails_are_told_whole() -> None:
    reading, number = grammar.READING, grammar.NUMBER
    assert clauses([grammar.METER, reading, number, reading, number], "C") == ["C"] * 5
    assert clauses(["~" + grammar.METER], "C") == ["~C"]
    assert clauses([grammar.METER, reading], "C") == [grammar.UNTOLD, grammar.UNTOLD]
    assert clauses([grammar.SITE, reading, grammar.DEGREE, grammar.AIL], "C") == ["C"] * 4
    assert clauses([grammar.SITE, reading, grammar.BEFORE], "C") == ["C"] * 3
    assert clauses([grammar.SITE, reading], "C") == [grammar.SITE, grammar.UNTOLD]


def test_goods_in_no_list_are_told_by_what_was_done_with_them() -> None:
    takes, thing = grammar.TAKES, grammar.THING
    assert objects([takes, grammar.DETERMINER, thing, thing], "I") == [grammar.UNTOLD, grammar.DETERMINER, "~I", "~I"]
    assert objects([takes, thing], "I") == [grammar.UNTOLD, grammar.UNTOLD]
    assert texts("we ordered a birdbath") == ["we ordered a [PURCHASE_ITEM]"]
    assert texts("we ordered a statement") == ["we ordered a statement"]


def test_a_schedule_belongs_to_a_drug_alone() -> None:
    assert measured(["M", grammar.SCHEDULE], "M") == ["M", "~M"]
    assert measured(["C", grammar.SCHEDULE], "M") == ["C", grammar.SCHEDULE]


# --- what was asked, and the policy


def test_a_bare_answer_counts_where_it_was_asked_for() -> None:
    assert texts("how many kids do you have", "three") == [
        "how many [FAMILY_RELATION] do you have",
        "[FAMILY_RELATION]",
    ]
    assert texts("how many pages are there", "three")[1] == "three"
    assert texts("any medications", "zibotrexin")[1] == "[MEDICATION]"
    assert texts("any questions", "zibotrexin")[1] == "zibotrexin"


def test_special_categories_are_looked_for_where_they_are_switched_on() -> None:
    assert texts("i'm a practising catholic") == ["i'm a [SPECIAL_CATEGORY]"]
    assert Redactor(tagger=False).redact("i'm a practising catholic").text == "i'm a practising catholic"


def test_the_group_alone_can_be_told() -> None:
    labels = ("MEDICAL_CONDITION", "MEDICATION", "FAMILY_RELATION", "PURCHASE_ITEM", "CREDIT_CARD")
    redact = Redactor({"entities": dict.fromkeys(labels, "generalise")}, tagger=False).redact
    text = "my wife has asthma, takes ibuprofen, ordered a cheeseburger with 4242 4242 4242 4242"
    assert redact(text).text == "my [FAMILY] has [HEALTH], takes [HEALTH], ordered a [PURCHASE] with [CREDIT_CARD]"
    again = redact(redact(text).text)
    assert again.text == redact(text).text
    assert not again.entities


def test_a_label_that_is_off_is_left() -> None:
    assert Redactor("pci", tagger=False).redact("my wife has asthma").text == "my wife has asthma"
    assert Redactor("hipaa", tagger=False).redact("my wife has asthma").text == "my wife has [MEDICAL_CONDITION]"


def test_what_a_list_knows_of_a_label_that_is_off_stays_whatever_the_tagger_says() -> None:
    off = Redactor({"profile": "full", "entities": {"MEDICAL_CONDITION": "off"}})
    assert "diabetes" in off.redact("i take metformin for diabetes").text
    assert "metformin" not in off.redact("i take metformin for diabetes").text


def test_a_call_that_breaks_off_inside_a_term_hides_it() -> None:
    call = REDACTOR.stream()
    segments = [*call.push(Utterance("she has ulcerative", "a")), *call.close(cut=True)]
    assert "ulcerative" not in "".join(segment.text for segment in segments)


@pytest.mark.parametrize("said", ["dropping", "swelled", "throwing", "burnning", "bleading", "diabetis", "coughin"])
def test_what_sounds_like_a_word_of_a_list_is_a_label_or_nothing(said: str) -> None:
    call = [Utterance("is that the pharmacy", speaker="agent"), Utterance(f"it keeps {said}", speaker="caller")]
    assert not any(segment.fault for segment in Redactor(tagger=False).redact_call(call))
