"""Conversations as spaCy's examples: a Doc for each call, and what its words teach."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import filter_spans

from ccredact import Utterance
from ccredact.integrations.spacy import doc_of
from ccredact.tagger import architecture as arch
from tagger.data import NAMES, Conversation, family_of, made_of

_KEY = "ccredact_conversation"
"""In `doc.user_data`."""


def may_train(path: Path) -> bool:
    """Whether a source's licence lets weights be made of it: one that asks for sharing alike is measured on only."""
    with path.open(encoding="utf-8") as lines:
        return "-SA" not in json.loads(next(lines)).get("license", "").upper()


def conversation_of(example: Example) -> Conversation:
    """Return what an example of `calls` teaches."""
    found: Conversation = example.reference.user_data[_KEY]
    return found


def calls(generated: str, gold: str, leave_out: str, first: int, last: int) -> Callable[[Language], Iterator[Example]]:
    """Return a corpus for `spacy train`: made-up calls (lines `first` to `last`; 0: to the end) and gold files.

    `gold` is a folder of real conversations, "" for none; `leave_out` are families of its files, divided by commas.
    """
    if gold and not Path(gold).is_dir():
        raise FileNotFoundError(f"there is no folder {gold}")
    without = {name.strip() for name in leave_out.split(",")}

    def read(nlp: Language) -> Iterator[Example]:
        whole = frozenset(arch.LABELS)
        for number, data in enumerate(_lines(Path(generated))):
            if number >= first and (not last or number < last):
                yield _example(nlp, data, made_of(data, family="", whole=whole))
        for path in sorted(Path(gold).glob("*.jsonl")) if gold else ():
            family = family_of(path)
            if family not in without and may_train(path):
                for data in _lines(path):
                    yield _example(nlp, data, made_of(data, family=family, whole=None))

    return read


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _example(nlp: Language, data: dict[str, Any], conversation: Conversation) -> Example:
    utterances = [Utterance(turn["text"], speaker=turn["speaker"]) for turn in data["turns"]]
    doc = doc_of(nlp, utterances)
    doc.user_data[_KEY] = conversation
    doc.ents = tuple(filter_spans(_entities(doc, data["turns"])))
    return Example(doc_of(nlp, utterances), doc)


def _entities(doc: Doc, turns: Iterable[dict[str, Any]]) -> Iterator[Any]:
    """Return the entities that the tagger tells, widened to whole tokens."""
    for turn, (begin, _) in zip(turns, doc._.utterances, strict=True):
        for entity in turn["entities"]:
            label = NAMES.get(entity["label"])
            if label:
                span = doc.char_span(begin + entity["start"], begin + entity["end"], label, alignment_mode="expand")
                if span is not None:
                    yield span
