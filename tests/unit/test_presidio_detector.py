"""A user's Presidio recogniser behind the opt-in edge: it finds, waits, fails closed, and nobody else loads it."""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

from ccredact import MissingExtraError, PolicyError, Redactor, Utterance
from ccredact.integrations.presidio import PresidioDetector
from pet_tags import needs_presidio, pattern, redactor

pytestmark = pytest.mark.extras


def broken(analyze: Callable[..., object]) -> Any:
    recogniser = pattern()
    recogniser.analyze = analyze
    return recogniser


def listens(seen: list[Any], place: int = 0) -> Any:
    """A recogniser that keeps one of the things it is given, and finds nothing."""

    def analyze(*given: object) -> list[Any]:
        seen.append(given[place])
        return []

    return broken(analyze)


def raises(text: str, *_: object) -> list[Any]:
    raise ValueError(text)


# --- without the package


def test_without_the_package_it_says_which_extra_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "presidio_analyzer", None)
    with pytest.raises(MissingExtraError, match=r"install ccredact\[presidio\]") as caught:
        PresidioDetector(None)  # type: ignore[arg-type]
    assert caught.value.__context__ is None


def test_a_default_redactor_does_not_load_it() -> None:
    code = (
        "import sys, ccredact; ccredact.Redactor().redact('my tag is 4111 1111 1111 1111');"
        "import ccredact.integrations.presidio;"
        "print([name for name in ('presidio_analyzer', 'spacy') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)  # noqa: S603
    assert done.stdout.strip() == "[]"


# --- what it finds


@needs_presidio
def test_an_entity_of_a_users_own_is_replaced_by_its_label() -> None:
    segment = redactor().redact("so the dog wears Tag-7 and 12, I think", speaker="c")  # 12 is a NUMBER too
    assert segment.text == "so the dog wears [PET_TAG], I think"
    assert [(entity.label, entity.score) for entity in segment.entities] == [("PET_TAG", 0.8)]


@needs_presidio
def test_the_recogniser_reads_the_words_as_they_were_written() -> None:
    seen: list[str] = []
    recogniser = listens(seen)
    redactor(recogniser).redact("... (Jos\u00e9's X-Ray,  \n+44 20!")
    redactor(recogniser).redact("+44 20 ...")
    assert seen == ["(Jos\u00e9's X-Ray, +44 20", "+44 20"]


@needs_presidio
def test_the_recogniser_sees_turns_one_by_one() -> None:
    seen: list[str] = []
    call = redactor(listens(seen)).stream()
    shown: list[str] = []
    for speaker, text in (("a", "your"), ("a", "tag please"), ("c", "seven")):
        shown += [segment.text for segment in call.push(Utterance(text, speaker=speaker))]
    assert (seen, shown) == (["your tag please"], ["your", "tag please"])
    assert [segment.text for segment in call.close()] == ["seven"]


@needs_presidio
def test_the_policy_names_operator_and_threshold_of_what_it_knows() -> None:
    recogniser = pattern("MEMBER_ID", score=0.5)
    assert redactor(recogniser, {"entities": {"MEMBER_ID": "redact"}}).redact("my tag x").text == "my "
    policy = {"thresholds": {"MEMBER_ID": 0.6}}
    assert redactor(recogniser, policy).redact("my tag x").text == "my tag x"
    assert redactor(pattern(score=0.2)).redact("my tag x").text == "my tag x"
    assert redactor(pattern(score=0.2), {"thresholds": {"default": 0.1}}).redact("my tag x").text == "my [PET_TAG]"


@needs_presidio
def test_what_the_recogniser_never_announced_is_hidden_all_the_same() -> None:
    from presidio_analyzer import RecognizerResult  # noqa: PLC0415  (an extra)

    found = [RecognizerResult("SURPRISE", 3, 6, 0.9)]
    segment = redactor(broken(lambda *_: found)).redact("my tag x")
    assert (segment.text, segment.fault) == ("my [REDACTED] x", True)


@needs_presidio
def test_an_entity_across_the_end_of_a_window_is_one_entity() -> None:
    for lead in range(12):
        words = ["well"] * lead + ["tag", "7", "and", "9"]
        segment = redactor(words=12).redact(" ".join([*words, "x", "x"]))
        assert segment.text == " ".join(["well"] * lead + ["[PET_TAG]", "x", "x"])
        assert len({entity.id for entity in segment.entities}) == 1


@needs_presidio
def test_no_more_than_a_window_is_held() -> None:
    call = redactor(words=9).stream()
    out = 0
    for count in range(1, 60):
        out += sum(len(s.text.split()) for s in call.push(Utterance("well", speaker="c")))
        assert count - out <= 9


# --- the stream


@needs_presidio
def test_a_punctuation_mark_of_its_own_is_read_alike_however_it_is_cut() -> None:
    for pieces in (["a - b cafe\u0301 d"], ["a", "-", "b cafe\u0301", "d"], ["a -", "b", "cafe\u0301 d"]):
        seen: list[str] = []
        call = redactor(listens(seen)).stream()
        for piece in pieces:
            call.push(Utterance(piece, speaker="c"))
        call.close()
        assert seen == ["a - b cafe\u0301 d"]


@needs_presidio
def test_an_interim_shows_no_word_of_an_open_window_and_changes_nothing() -> None:
    call = redactor().stream()
    assert call.push(Utterance("my tag", speaker="c")) == []
    (shown,) = call.push(Utterance("7 and", speaker="c", is_final=False))
    assert shown.text == Redactor().policy.stand_in
    assert call.push(Utterance("9 then", speaker="c")) == []
    assert [segment.text for segment in call.close()] == ["my [PET_TAG]", "[PET_TAG] then"]


@needs_presidio
def test_an_interim_hides_an_entity_that_began_in_the_word_before_it() -> None:
    call = redactor(words=3).stream()
    assert call.push(Utterance("tag", speaker="c")) == []
    (shown,) = call.push(Utterance("7 and then", speaker="c", is_final=False))
    assert (shown.text, shown.fault) == (Redactor().policy.stand_in, False)


# --- what fails


@needs_presidio
def test_a_recogniser_that_raises_masks_every_word_from_its_window_on() -> None:
    call = redactor(broken(raises)).stream()
    out = [*call.push(Utterance("so my tag", speaker="a")), *call.push(Utterance("is it the seven", speaker="b"))]
    out += [*call.push(Utterance("well don't", speaker="a")), *call.close()]
    assert all(segment.fault for segment in out)
    assert "".join("".join(segment.text.split("[REDACTED]")) for segment in out).strip() == ""


@needs_presidio
def test_a_pattern_that_presidio_gives_up_masks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("presidio_analyzer.pattern_recognizer.REGEX_TIMEOUT_SECONDS", 0)
    made = redactor(broken(lambda *_: []))
    assert made.redact("my tag x").text == "[REDACTED]"


@needs_presidio
@pytest.mark.parametrize(
    ("problem", "make"),
    [
        ("takes a presidio", lambda: PresidioDetector("tag")),  # type: ignore[arg-type]
        ("entities must be", lambda: PresidioDetector(pattern(), entities=[])),
        ("entities must be", lambda: PresidioDetector(pattern(), entities=["PERSON"])),
        ("words must be", lambda: PresidioDetector(pattern(), words=2)),
        ("words must be", lambda: PresidioDetector(pattern(), words=True)),
        ("UPPER_SNAKE", lambda: redactor(pattern("my tag"))),
        ("US_SSN is switched off", lambda: redactor(pattern("US_SSN"), {"entities": {"US_SSN": "off"}})),
        ("US_SSN is switched off", lambda: redactor(pattern("US_SSN"), "pci")),
    ],
)
def test_what_would_find_nothing_is_refused(problem: str, make: Callable[[], object]) -> None:
    with pytest.raises(PolicyError, match=problem):
        make()


@needs_presidio
def test_a_recogniser_of_a_model_needs_its_engine() -> None:
    from presidio_analyzer.predefined_recognizers import SpacyRecognizer  # noqa: PLC0415  (an extra)

    with pytest.raises(PolicyError, match="nlp_engine"):
        PresidioDetector(SpacyRecognizer())

    class Engine:
        @staticmethod
        def process_text(text: str, language: str) -> tuple[str, str]:
            return text, language

    seen: list[object] = []
    redactor(listens(seen, 2), nlp_engine=Engine()).redact("my tag")
    assert seen == [("my tag", "en")]


@needs_presidio
def test_a_redactor_is_pickled_with_its_detectors() -> None:
    made = redactor()
    detector = PresidioDetector(pattern(), words=9)
    again = pickle.loads(pickle.dumps(made))  # noqa: S301
    assert again.redact("my tag x").text == made.redact("my tag x").text == "my [PET_TAG]"
    assert repr(pickle.loads(pickle.dumps(detector))) == "PresidioDetector(PET_TAG)"  # noqa: S301
