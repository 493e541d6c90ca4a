"""Whether the spaCy component labels whole calls as the library does."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import spacy
from spacy.tokens import Doc

from ccredact import Utterance
from ccredact.core.scanner import Scanner
from ccredact.core.vocabulary import Vocabulary
from ccredact.detectors.base import OutsideCall
from ccredact.detectors.names.detector import TaggedDetector
from ccredact.integrations.spacy import doc_of
from ccredact.lang.en.language import english
from ccredact.tagger.network import Network
from ccredact.tagger.weights import shipped
from ccredact.text.words import offsets_of

Labels = dict[int, str]
"""Of characters of a call: the label of the word that holds each."""


@dataclass(frozen=True)
class Row:
    """Of one file: calls, words, words of an entity, words that only one of the two labels, or labels otherwise."""

    name: str
    calls: int
    words: int
    tagged: int
    different: int


def rows(folder: Path) -> Iterator[Row]:
    """One row for each file of calls in the gold form."""
    nlp = spacy.blank("en")
    nlp.add_pipe("ccredact_tagger")
    network = Network(shipped())
    for path in sorted(folder.glob("*.jsonl")):
        calls = words = tagged = different = 0
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                turns = json.loads(line)["turns"]
                call = [Utterance(turn["text"], speaker=turn["speaker"]) for turn in turns]
                doc = nlp(doc_of(nlp, call))
                ours, theirs = _widened(_library(call, network), doc), _component(doc)
                calls += 1
                places = [start for start, _ in _words(call)]
                words += len(places)
                tagged += sum(at in ours for at in places)
                different += sum(theirs.get(at) not in ours.get(at, {None}) for at in places)
        yield Row(path.stem, calls, words, tagged, different)


def _starts(call: list[Utterance]) -> list[int]:
    starts = [0]
    for utterance in call:
        starts.append(starts[-1] + len(utterance.text) + 1)
    return starts


def _words(call: list[Utterance]) -> list[tuple[int, int]]:
    """Return the characters of every word in the text that the component sees."""
    found = []
    for utterance, (start, _) in zip(call, pairwise(_starts(call)), strict=True):
        found += [(start + low, start + high) for low, high in offsets_of(utterance.text)]
    return found


def _library(call: list[Utterance], network: Network) -> Labels:
    detector = TaggedDetector(network, shipped().prefilter)
    scanner = Scanner(Vocabulary(english(), [detector]), [detector], OutsideCall().dialogue)
    spans = [span for utterance in call for span in scanner.scan(utterance.text, utterance.speaker, None)]
    words = _words(call)
    return {words[word][0]: span.label for span in spans for word in range(span.start, span.end)}


def _widened(labels: Labels, doc: Doc) -> dict[int, set[str]]:
    """Return the same for whole tokens of spaCy: the component widens what it finds, a token may hold several words."""
    out = {at: {label} for at, label in labels.items()}
    for token in doc:
        inside = range(token.idx, token.idx + len(token.text))
        found = {labels[at] for at in inside if at in labels}
        if found:
            out.update((at, found) for at in inside)
    return out


def _component(doc: Doc) -> Labels:
    """By characters, since a token may hold part of a word too."""
    return {at: entity.label_ for entity in doc.ents for at in range(entity.start_char, entity.end_char)}
