"""spaCy components (extra `spacy`): entities of every kind, or the tagger alone.

    import spacy
    nlp = spacy.blank("en")
    nlp.add_pipe("ccredact", config={"policy": "pci"})
    nlp("my card number is 4242 4242 4242 4242").ents           # (4242 4242 4242 4242,)

`ccredact` redacts a Doc as a finished call and sets `doc.spans["ccredact"]` and `doc.ents`. A span's `id_` is the
number of its entity, the same for all its pieces; `span._.ccredact_score` and `span._.ccredact_reason` are the piece's.
In `doc.ents` what other components have found stays where it overlaps none of ours.

`ccredact_tagger` is the network by itself: it runs the same detector over the same words as a redacted call, and sets
`doc.ents`: PERSON, STREET_ADDRESS, LOCATION, POSTCODE, ORGANIZATION. `spacy train` trains it when its config hands it a
trainer (`models/config.cfg`); without one its weights stay.

Tokens of any tokenizer will do: what is found is widened to whole tokens.

A Doc may hold a call: `doc_of(nlp, utterances)` joins its utterances with line breaks and says in
`doc._.utterances` where each begins and who speaks: ((first character, speaker or None), ...). Without that a Doc is
one utterance of an unknown speaker.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, MutableMapping
from pathlib import Path
from typing import Any, Final, NamedTuple, Protocol

from ccredact.detectors.base import OutsideCall
from ccredact.detectors.names.detector import TaggedDetector
from ccredact.errors import MissingExtraError
from ccredact.lang.en.noise import NOISE
from ccredact.redactor import Redactor
from ccredact.tagger.network import Network
from ccredact.tagger.weights import load, shipped_bytes
from ccredact.text.labels import labels_in
from ccredact.text.words import Words
from ccredact.transcript import Entity, Name, Utterance

try:
    from spacy.language import Language
    from spacy.scorer import Scorer
    from spacy.tokens import Doc, Span
    from spacy.training import Example
except ImportError:
    raise MissingExtraError("spacy") from None

FACTORY: Final = "ccredact_tagger"
ENTITIES: Final = "ccredact"
"""Name of the component with entities of every kind, and of its spans."""
_FILE: Final = "weights.npz"

if not Doc.has_extension("utterances"):
    Doc.set_extension("utterances", default=None)
for _name in ("ccredact_score", "ccredact_reason"):
    if not Span.has_extension(_name):
        Span.set_extension(_name, default=None)


def doc_of(nlp: Language, utterances: Iterable[Utterance]) -> Doc:
    """Return one Doc for a call: its utterances, a line each; not yet processed (`nlp(doc)` does that)."""
    texts: list[str] = []
    places: list[tuple[int, Name | None]] = []
    at = 0
    for utterance in utterances:
        places.append((at, utterance.speaker))
        texts.append(utterance.text)
        at += len(utterance.text) + 1
    doc = nlp.make_doc("\n".join(texts))
    doc._.utterances = tuple(places)
    return doc


def utterances_in(doc: Doc) -> Iterator[tuple[int, Utterance]]:
    """Yield the utterances of a Doc, each with its first character."""
    text = doc.text
    places = doc._.utterances or ((0, None),)
    ends = [start - 1 for start, _ in places[1:]]
    for (start, speaker), end in zip(places, [*ends, len(text)], strict=True):
        yield start, Utterance(text[start:end], speaker)


class Found(NamedTuple):
    """Characters `[start, end)` of a Doc, and what they are; `entity` is None where there is nothing more to tell."""

    start: int
    end: int
    label: str
    entity: Entity | None = None


def spans_of(doc: Doc, found: Iterable[Found]) -> list[Span]:
    """Return what was found, in order, as spans of whole tokens that do not overlap."""
    spans: list[Span] = []
    for start, end, label, entity in found:
        wide = doc.char_span(start, end, label, alignment_mode="expand")
        if wide is None:
            continue
        first = max(wide.start, spans[-1].end if spans else 0)  # a token may hold the end of one and the next
        if first < wide.end:
            span = Span(doc, first, wide.end, label, span_id="" if entity is None else str(entity.id))
            if entity is not None:
                span._.ccredact_score, span._.ccredact_reason = entity.score, str(entity.reason)
            spans.append(span)
    return spans


class CallEntities:
    """The component `ccredact`: it keeps nothing of a Doc."""

    def __init__(self, redactor: Redactor, *, spans_key: str, annotate_ents: bool) -> None:
        self._redactor = redactor
        self._spans_key = spans_key
        self._annotate_ents = annotate_ents

    def __call__(self, doc: Doc) -> Doc:
        """Set `doc.spans` and `doc.ents`."""
        starts, utterances = zip(*utterances_in(doc), strict=True)
        found = (
            Found(start + entity.start, start + entity.end, entity.label, entity)
            for start, segment in zip(starts, self._redactor.redact_call(utterances), strict=True)
            for entity in segment.entities
        )
        spans = spans_of(doc, found)
        doc.spans[self._spans_key] = spans
        if self._annotate_ents:
            taken = {token.i for span in spans for token in span}
            others = [ent for ent in doc.ents if not any(token.i in taken for token in ent)]
            doc.ents = tuple(sorted([*spans, *others], key=lambda span: span.start))
        return doc


class Trainer(Protocol):
    """What makes new weights under `spacy train`."""

    model: Any
    """Thinc's, which spaCy's training loop asks for."""

    def initialize(self, get_examples: Callable[[], Iterable[Example]]) -> None:
        """See the examples, before the first step."""

    def update(self, examples: Iterable[Example]) -> float:
        """Learn from a batch, gradients alone; return the loss."""

    def finish_update(self, sgd: Any) -> None:
        """Take the step of a batch."""

    def data(self) -> bytes:
        """Return the bytes of a file of weights, as they are now."""


class CallTagger:
    """The component; `data` are the bytes of a file of weights."""

    def __init__(self, name: str, data: bytes) -> None:
        self._name = name
        self._trainer: Trainer | None = None
        self._is_stale = False  # whether the trainer has other weights than these
        self._set(data)

    def _set(self, data: bytes) -> None:
        weights = load(data)
        self._data = data
        self._network, self._prefilter = Network(weights), weights.prefilter

    @property
    def is_trainable(self) -> bool:
        """Whether it has a trainer."""
        return self._trainer is not None

    @property
    def model(self) -> Any:
        """The trainer's model, for spaCy's training loop."""
        return self._trainer.model if self._trainer is not None else None

    def initialize(
        self, get_examples: Callable[[], Iterable[Example]], *, nlp: Language | None = None, trainer: Any = None
    ) -> None:
        """Take a trainer, where the config has one; without one the weights stay."""
        del nlp
        self._trainer = trainer
        if self._trainer is not None:
            self._trainer.initialize(get_examples)
            self._is_stale = True

    def update(
        self,
        examples: Iterable[Example],
        *,
        drop: float = 0.0,
        sgd: Any = None,
        losses: MutableMapping[str, float] | None = None,
    ) -> MutableMapping[str, float]:
        """Learn from a batch; return `losses` with the component's. The trainer's model has a `drop` of its own."""
        del drop
        losses = {} if losses is None else losses
        if self._trainer is not None:
            losses[self._name] = losses.get(self._name, 0.0) + self._trainer.update(examples)
            if sgd not in (None, False):
                self.finish_update(sgd)
        return losses

    def finish_update(self, sgd: Any) -> None:
        """Take the step of a batch."""
        if self._trainer is not None:
            self._trainer.finish_update(sgd)
            self._is_stale = True

    def score(self, examples: Iterable[Example], **_: object) -> dict[str, Any]:
        """Return precision and recall of `doc.ents`."""
        return Scorer.score_spans(examples, "ents")

    def _fresh(self) -> None:
        """Take the trainer's weights."""
        if self._trainer is not None and self._is_stale:
            self._set(self._trainer.data())
            self._is_stale = False

    def __call__(self, doc: Doc) -> Doc:
        """Set `doc.ents`."""
        self._fresh()
        doc.ents = tuple(spans_of(doc, self._found(doc)))
        return doc

    def _found(self, doc: Doc) -> Iterator[Found]:
        detector, entities = TaggedDetector(self._network, self._prefilter), OutsideCall()
        turn = word = 0
        utterances = list(utterances_in(doc))
        last = utterances[0][1].speaker
        for start, utterance in utterances:
            words = Words(utterance.text, NOISE)
            keys = words.keys
            if not keys:
                continue
            turn += utterance.speaker != last
            last = utterance.speaker
            labels_in(words, word)
            spans = detector.read_utterance(utterance.text, keys, word, turn, entities, is_final=True)
            if spans:
                ranges = words.offsets
                for span in spans:
                    yield Found(
                        start + ranges[span.start - word][0], start + ranges[span.end - 1 - word][1], span.label
                    )
            word += len(keys)

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """Return the bytes of the file of weights."""
        del exclude
        self._fresh()
        return self._data

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> CallTagger:
        """Take other weights."""
        del exclude
        self._set(data)
        return self

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Write the weights into a folder."""
        del exclude
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        self._fresh()
        (folder / _FILE).write_bytes(self._data)

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> CallTagger:
        """Take the weights of a folder."""
        del exclude
        self._set((Path(path) / _FILE).read_bytes())
        return self


@Language.factory(FACTORY, assigns=["doc.ents"], default_score_weights={"ents_f": 1.0, "ents_p": 0.0, "ents_r": 0.0})
def make_tagger(nlp: Language, name: str) -> CallTagger:
    """Return the component with the shipped weights."""
    del nlp
    return CallTagger(name, shipped_bytes())


@Language.factory(
    ENTITIES,
    assigns=["doc.ents", "doc.spans"],
    default_config={"policy": "full", "tagger": True, "spans_key": ENTITIES, "annotate_ents": True},
)
def make_entities(
    nlp: Language,
    name: str,
    policy: str | dict[str, Any],
    tagger: bool,  # noqa: FBT001  (spaCy passes by name)
    spans_key: str,
    annotate_ents: bool,  # noqa: FBT001
) -> CallEntities:
    """Return the component for a policy: a profile, a mapping or the path of a YAML file."""
    del nlp, name
    return CallEntities(Redactor(policy, tagger=tagger), spans_key=spans_key, annotate_ents=annotate_ents)


__all__: list[Any] = [
    "ENTITIES",
    "FACTORY",
    "CallEntities",
    "CallTagger",
    "Trainer",
    "doc_of",
    "make_entities",
    "make_tagger",
]
