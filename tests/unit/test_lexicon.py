"""A list detector is a word list, a dozen lines, a case file and a line of registration; it costs its own words."""

from __future__ import annotations

import pickle
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import pytest

from allergies import OTHERS_OFF, AllergyDetector
from case_files import FOLDER, LABELS, Case, load
from ccredact import PolicyError, Redactor, Segment, Utterance
from ccredact.core.vocabulary import Vocabulary
from ccredact.detectors.base import Stateless, Token
from ccredact.detectors.cards.detector import CardDetector
from ccredact.detectors.lexicon import LONGEST, Lexicon, LexiconDetector
from ccredact.lang.en.language import english
from ccredact.lang.en.nouns import noun_forms
from ccredact.text import word_class
from ccredact.text.word_class import DECLARED, UNCOMMON
from streams import by_utterance

if TYPE_CHECKING:
    from ccredact.detectors.base import Context, Detector
    from ccredact.transcript import Span

CASES = load(FOLDER / "lexicon", LABELS | AllergyDetector().labels)
SECTIONS = {"allergen": "ALLERGEN", "reaction": "REACTION"}


@cache
def redactor() -> Redactor:
    return Redactor(OTHERS_OFF, detectors=[AllergyDetector()], tagger=False)


# --- its cases


def marked(text: str, segments: list[Segment]) -> list[tuple[str, str, str]]:
    """(label, reason, words) of what is hidden."""
    entities = [entity for segment in segments for entity in segment.entities]
    return [(entity.label, str(entity.reason), text[entity.start : entity.end]) for entity in entities]


def check(case: Case, found: list[list[tuple[str, str, str]]]) -> None:
    for line, got in zip(case.lines, found, strict=True):
        assert [(label, words) for label, _, words in got] == [(m[0], line.text[m[1] : m[2]]) for m in line.marks]
        asked = [(reason, line.text[start:end]) for reason, start, end in line.reasons]
        assert set(asked) <= {(reason, words) for _, reason, words in got}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_finished_call_is_marked_as_the_case_says(case: Case) -> None:
    segments = redactor().redact_call([Utterance(line.text, line.speaker) for line in case.lines])
    check(case, [marked(line.text, [segment]) for line, segment in zip(case.lines, segments, strict=True)])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_interims_of_every_prefix_change_nothing_and_show_no_term(case: Case) -> None:
    call = redactor().stream()
    segments: list[Segment] = []
    for number, line in enumerate(case.lines):
        words = line.text.split(" ")
        first = min((start for _, start, _ in line.marks), default=len(line.text))
        for end in range(1, len(words) + 1):
            (interim,) = call.push(Utterance(" ".join(words[:end]), line.speaker, is_final=False))
            shown = interim.text.removesuffix(redactor().policy.stand_in)
            assert interim.entities or line.text[:first].startswith(shown.rstrip())
        segments += call.push(Utterance(line.text, line.speaker, id=str(number)))
    parts = by_utterance([*segments, *call.close()])
    check(case, [marked(line.text, parts[str(number)]) for number, line in enumerate(case.lines)])


def test_what_a_call_that_breaks_off_may_have_said_is_hidden() -> None:
    for cut, text in ((False, "it was hay"), (True, "it was [REACTION]")):
        call = redactor().stream()
        segments = [*call.push(Utterance("it was hay")), *call.close(cut=cut)]
        assert "".join(segment.text for segment in segments) == text
    assert [str(entity.reason) for segment in segments for entity in segment.entities] == ["held_bound"]


def test_an_open_term_is_held_no_longer_than_it_is_open() -> None:
    call = redactor().stream()
    words = "is it the house dust or the tree over there".split()
    texts = [[segment.text for segment in call.push(Utterance(word))] for word in words]
    assert texts == [
        ["is"],
        ["it"],
        ["the"],
        [],
        [],
        ["house", "[ALLERGEN]", "or"],
        ["the"],
        [],
        ["tree", "over"],
        ["there"],
    ]


# --- the list


def test_a_word_list_is_read_as_it_is_written() -> None:
    lexicon = Lexicon("# x\n[allergen]\ncat|dog hair  # y\n[except]\ndog hair brush", SECTIONS)
    assert lexicon.terms[("cat", "hair")] == "ALLERGEN"
    assert lexicon.terms[("dog", "hairs")] == "ALLERGEN"
    assert lexicon.terms[("dog", "hair", "brush")] == ""
    assert lexicon.first_words == {"cat", "dog"}
    assert lexicon.words == {"cat", "dog", "hair", "hairs", "hair's"}
    assert lexicon.longest(("dog", "hair")) == (2, "ALLERGEN", True)
    assert lexicon.longest(("cat", "hair")) == (2, "ALLERGEN", False)
    assert lexicon.longest(("dog", "hair", "brush", "x")) == (3, "", False)
    assert lexicon.longest(("dog", "x")) == (0, "", False)


@pytest.mark.parametrize("text", ["cat", "[cats]\ncat", f"[allergen]\n{'cat ' * (LONGEST + 1)}"])
def test_a_list_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"section|kind|words"):
        Lexicon(text, SECTIONS)


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("nut", "nut nuts nut's"),
        ("allergy", "allergy allergies allergy's"),
        ("boy", "boy boys boy's"),
        ("rash", "rash rashes rash's"),
        ("box", "box boxes box's"),
        ("lupus", "lupus"),
        ("b12", "b12"),
    ],
)
def test_the_forms_of_a_noun(word: str, forms: str) -> None:
    assert noun_forms(word) == tuple(forms.split())


# --- the class that the vocabulary gives


class Dog(Stateless):
    """A detector that declares a word."""

    labels = frozenset({"PET"})
    wake = guards = 0
    wake_words = frozenset({"dog"})
    guard_words = frozenset({"dog", "the"})
    active = False

    def __init__(self) -> None:
        self.fed: list[str] = []

    def fork(self) -> Dog:
        """Return itself, so that a test sees what it was fed."""
        return self

    def feed(self, token: Token, ctx: Context) -> list[Span]:
        """Note the word."""
        del ctx
        self.fed.append(token.key)
        if token.key == "dog" and token.turn:
            raise ValueError
        return []


def test_all_classes_are_below_those_that_are_given() -> None:
    bits = [value for name, value in vars(word_class).items() if name.isupper() and name != "DECLARED"]
    assert max(bits) < 1 << DECLARED


def test_each_detector_gets_classes_of_its_own_and_words_stay_what_they_were() -> None:
    detectors: list[Detector] = [CardDetector(), Dog(), AllergyDetector(), Dog()]
    vocabulary, before = Vocabulary(english(), detectors), Vocabulary(english(), [CardDetector()])
    cards, dog, allergies, other = vocabulary.wakes
    assert cards == detectors[0].wake
    assert len({dog, allergies & ~detectors[2].wake, other, *vocabulary.guards}) == 7
    assert vocabulary.classes["dog"] & (dog | allergies) == dog
    own = (1 << DECLARED) - 1
    for key in ("dog", "the", "peanut", "peanuts", "dust", "house"):
        assert vocabulary.classes[key] & own == before.classes.get(key, UNCOMMON), key
        assert vocabulary.classes_of(f"{key}'s") & own == before.classes_of(f"{key}'s"), key


def test_more_detectors_than_classes_share_one() -> None:
    vocabulary = Vocabulary(english(), [Dog() for _ in range(100)])
    assert all(vocabulary.classes["dog"] & wake for wake in vocabulary.wakes)
    assert max(vocabulary.wakes) < 1 << 62


@pytest.mark.parametrize("policy", ["full", "pci"])
def test_a_detector_is_fed_its_own_words_alone(policy: str) -> None:
    dog = Dog()
    Redactor(policy, detectors=[dog], tagger=False).redact("four cats and the dog of Bergamot have 4242 fleas")
    assert dog.fed == ["dog"]


@pytest.mark.parametrize("policy", ["full", "pci"])
def test_once_it_has_failed_the_words_that_it_guards_are_masked(policy: str) -> None:
    call = [Utterance("the dog", "a"), Utterance("dog", "b"), Utterance("so the cat and the dog", "a")]
    texts = [segment.text for segment in Redactor(policy, detectors=[Dog()], tagger=False).redact_call(call)]
    assert texts[2] == "so [REDACTED] cat and [REDACTED] [REDACTED]"


def test_words_of_another_type_are_refused() -> None:
    dog = Dog()
    dog.wake_words = ["dog"]  # type: ignore[assignment]
    with pytest.raises(PolicyError, match="wake_words"):
        Redactor(detectors=[dog])


# --- a detector as any other


def test_a_detector_is_pickled_without_what_it_was_fed() -> None:
    again: Redactor = pickle.loads(pickle.dumps(redactor()))  # noqa: S301 - our own bytes
    assert again.redact("hay fever").text == "[REACTION]"
    detector = AllergyDetector()
    detector._held = [(1, "hay", 0)]  # type: ignore[list-item]
    assert pickle.loads(pickle.dumps(detector))._held == []  # noqa: S301


def test_a_detector_without_questions_waits_for_no_answer(tmp_path: Path) -> None:
    path = tmp_path / "brands.txt"
    path.write_text("[brand]\nquill mobile\n", encoding="utf-8")

    class Brands(LexiconDetector):
        """Names of other companies."""

        word_list = path
        sections: ClassVar = {"brand": "COMPETITOR"}

    redact = Redactor(OTHERS_OFF, detectors=[Brands()], tagger=False).redact
    assert redact("any allergies? Bergamot. i came from Quill Mobile").text == (
        "any allergies? Bergamot. i came from [COMPETITOR]"
    )
