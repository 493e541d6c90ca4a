"""Conversations as spaCy's examples: a Doc for each call, and what its words teach."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import filter_spans

from ccredact import Utterance
from ccredact.integrations.spacy import doc_of
from ccredact.tagger.features import SEPARATOR_ROWS, split_form
from ccredact.text.words import fold
from tagger.data import DISCLOSURES, Conversation, Lesson, family_of, is_held, made_of
from tagger.lexicon import told_keys

TAUGHT = 4
"""How much oftener a conversation that is marked by hand is told than one that a teacher labelled."""
LITTLE = 0.03
"""Share of words of health, kin and goods in a call that says little of them, at most."""
_KEY = "ccredact_conversation"
"""In `doc.user_data`."""


def may_train(path: Path) -> bool:
    """Whether a source's licence lets weights be made of it: one that asks for sharing alike is measured on only."""
    with path.open(encoding="utf-8") as lines:
        first = next(lines, "")  # a teacher may have kept none of a source
    return bool(first) and "-SA" not in json.loads(first).get("license", "").upper()


def conversation_of(example: Example) -> Conversation:
    """Return what an example of `calls` teaches."""
    found: Conversation = example.reference.user_data[_KEY]
    return found


@dataclass(frozen=True)
class Material:
    """What is learned from: made-up calls (lines `first` to `last`; 0: to the end) and folders of real conversations.

    `gold` is marked for names, `disclosures` for the other half, and told as often as `repeat` says; "" for none.
    `leave_out` are families of their files, divided by commas, or a part of all conversations ("2/5").
    """

    generated: str
    gold: str = ""
    disclosures: str = ""
    leave_out: str = ""
    first: int = 0
    last: int = 0
    repeat: int = 1

    def conversations(self, lesson: Lesson) -> Iterator[tuple[dict[str, Any], Conversation]]:
        """Yield conversations in the gold form, with what they teach."""
        for folder in (self.gold, self.disclosures):
            if folder and not Path(folder).is_dir():
                raise FileNotFoundError(f"there is no folder {folder}")
        for number, data in enumerate(_lines(Path(self.generated))):
            if number >= self.first and (not self.last or number < self.last):
                yield data, made_of(data, family="", whole=_whole(data, lesson), lesson=lesson)
        seen: set[str] = set()
        told = list(self._real(self.disclosures, seen)) if lesson is DISCLOSURES else []
        seen = {str(data["id"]) for data, _ in told} if lesson is DISCLOSURES else seen
        for data, family in self._real(self.gold, seen):
            made = made_of(data, family=family, whole=None, lesson=lesson)
            if lesson is DISCLOSURES and made.whole >= frozenset(lesson.half.labels):  # a teacher's
                yield from [(data, made)] * max(1, self.repeat // TAUGHT)
            else:
                yield data, plain_talk(made) if lesson is DISCLOSURES else made
        for data, family in told * self.repeat:
            yield data, made_of(data, family=family, whole=None, lesson=lesson)

    def _real(self, folder: str, seen: set[str]) -> Iterator[tuple[dict[str, Any], str]]:
        without = [name.strip() for name in self.leave_out.split(",")]
        for path in sorted(Path(folder).glob("*.jsonl")) if folder else ():
            family = family_of(path)
            if family in without or not may_train(path):
                continue
            for data in _lines(path):
                identity = str(data["id"])
                if not (identity in seen or any(is_held(identity, part) for part in without)):
                    yield data, family


def _whole(data: Mapping[str, Any], lesson: Lesson) -> frozenset[str]:
    """Return what a made-up call marks completely; what is said of health or bought in old scenes is marked in part."""
    labels = frozenset(lesson.half.labels)
    return labels & {*data.get("exhaustive", labels)}


def plain_talk(conversation: Conversation) -> Conversation:
    """Return a call that is not marked for disclosures as one that has none, if hardly any word of it is of those.

    The few that are teach nothing, and a call with more of them stays as it is.
    """
    rare, listed = told_keys(everyday=False), told_keys(everyday=True)
    keys = [fold(split_form(word.form)[0]) if word.form not in SEPARATOR_ROWS else "" for word in conversation.words]
    if sum(key in rare for key in keys) > LITTLE * len(keys):
        return conversation
    words = tuple(
        replace(word, label=None) if key in listed and not word.label else word
        for word, key in zip(conversation.words, keys, strict=True)
    )
    return replace(conversation, words=words, whole=conversation.whole | frozenset(DISCLOSURES.half.labels))


def calls(lesson: Lesson, material: Material) -> Callable[[Language], Iterator[Example]]:
    """Return a corpus for `spacy train`."""

    def read(nlp: Language) -> Iterator[Example]:
        for data, conversation in material.conversations(lesson):
            yield _example(nlp, data, conversation, lesson)

    return read


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _example(nlp: Language, data: dict[str, Any], conversation: Conversation, lesson: Lesson) -> Example:
    utterances = [Utterance(turn["text"], speaker=turn["speaker"]) for turn in data["turns"]]
    doc = doc_of(nlp, utterances)
    doc.user_data[_KEY] = conversation
    doc.ents = tuple(filter_spans(_entities(doc, data["turns"], lesson)))
    return Example(doc_of(nlp, utterances), doc)


def _entities(doc: Doc, turns: Iterable[dict[str, Any]], lesson: Lesson) -> Iterator[Any]:
    """Return the entities that the half tells, widened to whole tokens."""
    for turn, (begin, _) in zip(turns, doc._.utterances, strict=True):
        for entity in turn["entities"]:
            label = lesson.labels.get(entity["label"])
            if label:
                span = doc.char_span(begin + entity["start"], begin + entity["end"], label, alignment_mode="expand")
                if span is not None:
                    yield span
