"""The spaCy component `ccredact`: what the engine finds in a call stands on its Doc, and nothing else is lost."""

from __future__ import annotations

import pickle
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import pytest

from ccredact import Redactor, Utterance
from ccredact.detectors.names.detector import TaggedDetector
from ccredact.entities import FAIL_SAFE, PROFILES

spacy = pytest.importorskip("spacy", reason="needs the extra spacy")
pytestmark = pytest.mark.extras

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

ROOT = Path(__file__).resolve().parents[2]
CARD = "my name is Ada Obi and the card number is 4242 4242 4242 4242"
CALL = [
    Utterance("could I take the long number", "agent"),
    Utterance("4242 4242", "caller"),
    Utterance("mm-hmm", "agent"),
    Utterance("4242 4242 and it's for Ada Obi", "caller"),
]


def pipeline(**config: Any) -> Language:
    import ccredact.integrations.spacy  # noqa: F401, PLC0415  (an extra; an installed package is found by entry point)

    nlp: Language = spacy.blank("en")
    nlp.add_pipe("ccredact", config=config)
    return nlp


def found(doc: Doc) -> list[tuple[str, str]]:
    return [(span.text, span.label_) for span in doc.spans["ccredact"]]


def test_the_entry_points_lead_to_the_factories() -> None:
    with (ROOT / "pyproject.toml").open("rb") as file:
        points = tomllib.load(file)["project"]["entry-points"]["spacy_factories"]
    nlp = pipeline()
    for name, place in points.items():
        module, _, function = place.partition(":")
        assert nlp.get_factory_meta(name).factory == name
        assert callable(getattr(__import__(module, fromlist=[function]), function))


def test_entities_of_every_kind_stand_on_the_doc() -> None:
    doc = pipeline()(CARD)
    assert found(doc) == [("Ada Obi", "PERSON"), ("4242 4242 4242 4242", "CREDIT_CARD")]
    assert [(span.text, span.label_) for span in doc.ents] == found(doc)
    assert [span._.ccredact_reason for span in doc.ents] == [str(e.reason) for e in Redactor().redact(CARD).entities]
    assert [span._.ccredact_score for span in doc.spans["ccredact"]] == [
        entity.score for entity in Redactor().redact(CARD).entities
    ]


def test_a_doc_of_a_call_has_what_the_redacted_call_has() -> None:
    from ccredact.integrations.spacy import doc_of  # noqa: PLC0415  # an extra

    nlp = pipeline(policy="pci", tagger=False)
    doc = nlp(doc_of(nlp, CALL))
    segments = Redactor("pci", tagger=False).redact_call(CALL)
    expected = [
        (utterance.text[entity.start : entity.end], entity.label, str(entity.id))
        for utterance, segment in zip(CALL, segments, strict=True)
        for entity in segment.entities
    ]
    assert [(span.text, span.label_, span.id_) for span in doc.spans["ccredact"]] == expected
    assert [(text, label) for text, label, _ in expected] == [("4242 4242", "CREDIT_CARD")] * 2
    assert len({number for *_, number in expected}) == 1


def test_a_span_is_widened_to_whole_tokens() -> None:
    nlp = pipeline()
    nlp.tokenizer = spacy.tokenizer.Tokenizer(nlp.vocab)  # splits at blanks alone
    doc = nlp("my card number is (4242-4242-4242-4242), thanks")
    assert found(doc) == [("(4242-4242-4242-4242),", "CREDIT_CARD")]


def test_what_others_have_found_stays_where_it_overlaps_nothing() -> None:
    nlp = pipeline()
    ruler: Any = nlp.add_pipe("entity_ruler", first=True)
    ruler.add_patterns([{"label": "GREETING", "pattern": "hello"}, {"label": "WHO", "pattern": "is Ada"}])
    doc = nlp(f"hello {CARD}")
    assert [(ent.text, ent.label_) for ent in doc.ents] == [("hello", "GREETING"), *found(doc)]


def test_its_spans_alone_may_be_asked_for() -> None:
    doc = pipeline(annotate_ents=False, spans_key="pii")(CARD)
    assert (doc.ents, len(doc.spans["pii"]), "ccredact" in doc.spans) == ((), 2, False)


@pytest.mark.parametrize("text", ["", " ", "\n", "hello there"])
def test_a_doc_without_anything_has_no_entities(text: str) -> None:
    assert found(pipeline(tagger=False)(text)) == []


def test_a_pipeline_is_saved_with_its_policy(tmp_path: Path) -> None:
    nlp = pipeline(policy={"profile": "pci", "deny": {"PROJECT": ["blue heron"]}}, tagger=False)
    nlp.to_disk(tmp_path)
    again = spacy.load(tmp_path)
    texts = [f"{CARD} for blue heron", "nothing"]
    docs = [*again.pipe(texts), *pickle.loads(pickle.dumps(again)).pipe(texts)]  # noqa: S301  (our own)
    assert [found(doc) for doc in docs] == [found(doc) for doc in nlp.pipe(texts)] * 2
    assert found(docs[0]) == [("4242 4242 4242 4242", "CREDIT_CARD"), ("blue heron", "PROJECT")]


def test_a_doc_keeps_its_entities_as_bytes() -> None:
    nlp = pipeline()
    doc = nlp(CARD)
    again = type(doc)(nlp.vocab).from_bytes(doc.to_bytes())
    assert found(again) == found(doc)
    assert [ent._.ccredact_reason for ent in again.ents] == [ent._.ccredact_reason for ent in doc.ents]


def test_a_failure_of_a_detector_hides_its_words() -> None:
    nlp = pipeline()
    with patch.object(TaggedDetector, "read_utterance", side_effect=ValueError("Ada Obi")):
        doc = nlp(CARD)
    assert "REDACTED" in {label for _, label in found(doc)}
    assert {span.label_ for span in doc.ents} <= PROFILES["full"] | FAIL_SAFE
