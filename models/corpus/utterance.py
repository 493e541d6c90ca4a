"""Turns as words that know the entity they belong to, and back to text with spans."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from corpus.template import Piece, Turn

_EDGES = re.compile(r"[\w#].*[\w]|[\w]", re.DOTALL)
_CLOSES = re.compile(r"[,.?!;:%)]|['’](s|ll|re|ve|d|m)\b")
_POSSESSIVE = re.compile(r"['’]s$", re.IGNORECASE)


_DETERMINERS = frozenset("the my your his her our this that".split())


class Word(NamedTuple):
    """One word as it will be written, and its entity: 0 for none, else a number of this call."""

    text: str
    entity: int = 0
    label: str = ""


@dataclass(frozen=True, slots=True)
class Utterance:
    """What one speaker said."""

    speaker: str
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """An entity in a text, end exclusive."""

    start: int
    end: int
    label: str


def utterances(pieces: Iterable[Piece | Turn]) -> list[Utterance]:
    """Return the turns of an expanded grammar symbol."""
    found: list[Utterance] = []
    speaker, words, number, open_word = "customer", list[Word](), 0, False
    for piece in pieces:
        if isinstance(piece, Turn):
            if words:
                found.append(Utterance(speaker, tuple(words)))
            speaker, words, open_word = piece.speaker, [], False
            continue
        text = piece.text
        if not text:
            continue
        parts = text.split()
        if piece.label:
            number += 1
        entity = number if piece.label else 0
        if parts and words and ((not text[0].isspace() and open_word) or _CLOSES.match(parts[0])):
            last = words.pop()
            # two productions may both have brought their stop: the first one stands
            parts[0] = last.text + (parts[0].lstrip(",.?!") if last.text[-1] in ",.?!" else parts[0])
            # a comma or 's after a name, or a bracket before it: the word is the name's
            words.append(Word(parts[0], last.entity or entity, last.label or piece.label))
            parts = parts[1:]
        words.extend(Word(part, entity, piece.label) for part in parts)
        open_word = not text[-1].isspace()
    if words:
        found.append(Utterance(speaker, tuple(words)))
    return [Utterance(turn.speaker, _closed(tuple(_articles(turn.words)))) for turn in found]


def _closed(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """No turn ends in a comma: what would have followed was one of the things not said."""
    return (*words[:-1], words[-1]._replace(text=words[-1].text.rstrip(",")))


def _articles(words: Sequence[Word]) -> Iterable[Word]:
    """Slots do not know the article before them: "a" and "an" are set right, and "a the" or "a an" made one."""
    before = Word("")
    for word, following in zip(words, (*words[1:], Word("")), strict=True):
        if word.text in {"a", "an"} and not word.entity and before.text.lower() in _DETERMINERS:
            continue
        before = word
        if word.text.lower() in {"a", "an"} and not word.entity and following.text:
            if following.text.lower() in {"a", "an", "the", "some"} and not following.entity:
                continue
            yield word._replace(text="an" if following.text[0].lower() in "aeio" else "a")
        else:
            yield word


def written(words: Sequence[Word]) -> tuple[str, list[Span]]:
    """Return the text of the words and the spans of their entities, without punctuation at the edges."""
    text = " ".join(word.text for word in words)
    spans: list[Span] = []
    position, start, previous = 0, 0, Word("")
    for word in (*words, Word("")):
        if word.entity != previous.entity:
            if previous.entity:
                spans.extend(_trimmed(text, start, position - 1, previous.label))
            start = position
        position += len(word.text) + 1
        previous = word
    return text, spans


def _trimmed(text: str, start: int, end: int, label: str) -> Iterable[Span]:
    found = _EDGES.search(text, start, end)
    if found is None:
        return
    stop = found.end()
    possessive = _POSSESSIVE.search(text, found.start(), stop)
    if possessive is not None and possessive.start() > found.start() and label != "ORGANIZATION":
        stop = possessive.start()
    yield Span(found.start(), stop, label)
