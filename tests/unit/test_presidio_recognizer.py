"""The engine as a recogniser in Presidio's own analyzer: labels, places, reasons, and that it fails closed."""

from __future__ import annotations

import json
import logging
import sys
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import pytest

from ccredact import MissingExtraError, PolicyError, Redactor
from ccredact.detectors.names.detector import TaggedDetector
from ccredact.entities import FAIL_SAFE, PROFILES
from ccredact.reasons import REASONS

pytest.importorskip("presidio_analyzer", reason="needs the extra presidio")
pytestmark = pytest.mark.extras

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "my name is Ada Obi and the card number is four two four two, 4242 4242 4242"


@pytest.fixture(scope="module")
def nlp_engine(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Presidio's slim engine over a pipeline without any model."""
    import spacy  # noqa: PLC0415  (extras)
    from presidio_analyzer.nlp_engine import SlimSpacyNlpEngine  # noqa: PLC0415

    folder = tmp_path_factory.mktemp("blank")
    spacy.blank("en").to_disk(folder)
    engine = SlimSpacyNlpEngine(models=[{"lang_code": "en", "model_name": str(folder)}])
    engine.load()
    return engine


def recogniser(*given: Any, **more: Any) -> Any:
    from ccredact.integrations.presidio_recognizer import CcredactRecognizer  # noqa: PLC0415  (an extra)

    return CcredactRecognizer(*given, **more)


def analyzer(nlp_engine: Any, *recognisers: Any, **more: Any) -> Any:
    from presidio_analyzer import AnalyzerEngine, RecognizerRegistry  # noqa: PLC0415  (an extra)

    registry = RecognizerRegistry(recognizers=list(recognisers), supported_languages=["en"])
    return AnalyzerEngine(registry=registry, nlp_engine=nlp_engine, **more)


def test_an_analyzer_finds_what_the_redacted_text_hides(nlp_engine: Any) -> None:
    found = analyzer(nlp_engine, recogniser()).analyze(TEXT, language="en", return_decision_process=True)
    entities = Redactor().redact(TEXT).entities
    assert {entity.label for entity in entities} == {"PERSON", "CREDIT_CARD"}
    assert sorted((r.start, r.end, r.entity_type, r.score) for r in found) == [
        (entity.start, entity.end, entity.label, entity.score) for entity in entities
    ]
    for result, entity in zip(sorted(found, key=lambda result: result.start), entities, strict=True):
        told = result.analysis_explanation
        assert (told.recognizer, told.original_score) == ("CcredactRecognizer", entity.score)
        assert told.textual_explanation == f"{entity.reason}: {REASONS[entity.reason]}"


def test_its_labels_are_those_of_the_policy(nlp_engine: Any) -> None:
    engine = analyzer(nlp_engine, recogniser(policy={"profile": "pci", "deny": {"PROJECT": ["blue heron"]}}))
    assert {*engine.get_supported_entities("en")} == PROFILES["pci"] | FAIL_SAFE | {"PROJECT"}
    found = engine.analyze(f"{TEXT} for blue heron", language="en")
    assert {result.entity_type for result in found} == {"CREDIT_CARD", "PROJECT"}


def test_only_what_is_asked_for_is_found(nlp_engine: Any) -> None:
    engine = analyzer(nlp_engine, recogniser())
    assert {r.entity_type for r in engine.analyze(TEXT, language="en", entities=["PERSON"])} == {"PERSON"}
    narrow = analyzer(nlp_engine, recogniser(supported_entities=["CREDIT_CARD"]))
    assert {r.entity_type for r in narrow.analyze(TEXT, language="en")} == {"CREDIT_CARD"}


def test_it_stands_beside_presidios_own(nlp_engine: Any) -> None:
    from presidio_analyzer.predefined_recognizers import CreditCardRecognizer  # noqa: PLC0415  (an extra)

    engine = analyzer(nlp_engine, recogniser(), CreditCardRecognizer())
    written = "the number is 4242424242424242 and my name is Ada Obi"
    results = engine.analyze(written, language="en")
    assert {(r.entity_type, written[r.start : r.end]) for r in results} == {
        ("CREDIT_CARD", "4242424242424242"),
        ("PERSON", "Ada Obi"),
    }


def test_anonymizing_with_its_results_gives_our_text(nlp_engine: Any) -> None:
    from presidio_anonymizer import AnonymizerEngine  # noqa: PLC0415  (an extra)

    results = analyzer(nlp_engine, recogniser()).analyze(TEXT, language="en")
    engine: Any = AnonymizerEngine
    text = engine().anonymize(TEXT, results).text
    assert text.replace("<", "[").replace(">", "]") == Redactor().redact(TEXT).text


def test_presidios_yaml_finds_it(nlp_engine: Any, tmp_path: Path) -> None:
    from presidio_analyzer.recognizer_registry import RecognizerRegistryProvider  # noqa: PLC0415  (an extra)

    recogniser()  # imports it
    conf = tmp_path / "registry.yml"
    ours = {"name": "CcredactRecognizer", "type": "predefined", "supported_languages": ["en"]}
    spacys = {"name": "SpacyRecognizer", "type": "predefined", "supported_languages": ["en"], "enabled": False}
    conf.write_text(json.dumps({"supported_languages": ["en"], "recognizers": [ours, spacys]}))
    registry: Any = RecognizerRegistryProvider(conf_file=str(conf)).create_recognizer_registry()
    assert [known.name for known in registry.recognizers] == ["CcredactRecognizer"]
    assert {result.entity_type for result in analyzer(nlp_engine, *registry.recognizers).analyze(TEXT, "en")} == {
        "PERSON",
        "CREDIT_CARD",
    }


def test_the_traced_decisions_hold_no_text(nlp_engine: Any, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        found = analyzer(nlp_engine, recogniser()).analyze(TEXT, "en", return_decision_process=True)
    told = "".join(str(result.to_dict()) for result in found) + caplog.text
    assert len(found) == 2
    assert "Obi" not in told
    assert "4242" not in told


def test_a_fault_is_told_whatever_was_asked_for(nlp_engine: Any) -> None:
    engine = analyzer(nlp_engine, recogniser())
    with patch.object(TaggedDetector, "read_utterance", side_effect=ValueError("Ada Obi")):
        results = engine.analyze(TEXT, language="en", entities=["CREDIT_CARD"])
    assert "REDACTED" in {result.entity_type for result in results}


def test_wrong_settings_are_refused() -> None:
    with pytest.raises(PolicyError, match="not both"):
        recogniser(Redactor("pci"), policy="full")
    with pytest.raises(PolicyError, match="supported_entities"):
        recogniser(policy="pci", supported_entities=["PERSON"])


def test_without_the_package_it_says_which_extra_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "presidio_analyzer", None)
    monkeypatch.delitem(sys.modules, "ccredact.integrations.presidio_recognizer", raising=False)
    with pytest.raises(MissingExtraError, match=r"install ccredact\[presidio\]"):
        recogniser()
