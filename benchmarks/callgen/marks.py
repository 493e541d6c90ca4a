"""Gold spans by construction: a turn is written with marks and comes out as text with spans.

A mark is `<LABEL|tag,tag|text>`. An upper-case label is a gold entity; a lower-case one is a decoy, something
that looks like card data and must stay. A mark that is not exactly right raises `MarkError`: a span that
silently went missing would make every redactor look better than it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

LABELS = frozenset({"CARD_NUMBER", "CARD_EXPIRY", "CVV"})
"""The gold labels. To add an entity, add its label here and mark it where it is said."""

_MARK = re.compile(r"<([^<>|]*)\|([^<>|]*)\|([^<>|]*)>")
_LABEL = re.compile(r"[A-Z]+(?:_[A-Z]+)*|[a-z]+(?:_[a-z]+)*")
_PUNCTUATION = re.compile(r"[.,!?;:\"]")
_SPACES = re.compile(r" {2,}")


class MarkError(ValueError):
    """A mark that cannot be right."""


@dataclass(frozen=True, slots=True)
class Style:
    """How the recogniser writes: `figures` for numbers as figures, `cased` for capitals and punctuation."""

    name: str
    figures: bool
    cased: bool
    hyphens: bool = False


STYLES = (
    Style("lexical", figures=False, cased=False),
    Style("punctuated", figures=False, cased=True, hyphens=True),
    Style("formatted", figures=True, cased=True),
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text, marked or not."""

    text: str
    label: str = ""
    tags: tuple[str, ...] = ()


def mark(label: str, text: str, *tags: str) -> str:
    """Write one mark, checked."""
    written = f"<{label}|{','.join(tags)}|{text}>"
    (piece,) = pieces(written)
    if piece.tags != tags:
        raise MarkError("a tag may not be empty or hold a comma")
    return written


def pieces(marked: str) -> list[Piece]:
    """Take the marks out."""
    found, at = [], 0
    for match in _MARK.finditer(marked):
        label, tags, text = match.groups()
        if match.start() > at:
            found.append(_plain(marked[at : match.start()]))
        found.append(_checked(label, tags, text))
        at = match.end()
    if at < len(marked):
        found.append(_plain(marked[at:]))
    return found


def _plain(text: str) -> Piece:
    if set(text) & set("<>|"):
        raise MarkError("an open, nested or unfinished mark")
    return Piece(text)


def _checked(label: str, tags: str, text: str) -> Piece:
    if not _LABEL.fullmatch(label):
        raise MarkError("a label is UPPER_SNAKE (gold) or lower_snake (decoy)")
    if label.isupper() and label not in LABELS:
        raise MarkError(f"no gold label {label}")
    if not text or not (text[0].isalnum() and text[-1].isalnum()):
        raise MarkError(f"a {label} mark must begin and end with a letter or digit")
    return Piece(text, label, tuple(tags.split(",")) if tags else ())


def turn(speaker: str, marked: str, style: Style) -> dict[str, Any]:
    """Build one turn of the gold form: text, entities and decoys."""
    text = ""
    spans: dict[bool, list[dict[str, Any]]] = {True: [], False: []}
    for piece in _styled(pieces(marked), style):
        start, text = len(text), text + piece.text
        if not piece.label:
            continue
        if len(piece.text) == 0:
            raise MarkError(f"nothing is left of a {piece.label} mark")
        gold = piece.label.isupper()
        name = {"label": piece.label, "tags": list(piece.tags)} if gold else {"kind": piece.label}
        spans[gold].append({"start": start, "end": len(text), **name})
    if text != text.strip() or "  " in text:
        raise MarkError("a turn with stray spaces")
    return {"speaker": speaker, "text": text, "entities": spans[True], "decoys": spans[False]}


def _styled(found: list[Piece], style: Style) -> list[Piece]:
    if not style.cased:
        found = [Piece(_lowered(piece.text), piece.label, piece.tags) for piece in found]
        return [piece for piece in found if piece.text]
    first = found[0]
    return [Piece(first.text[:1].upper() + first.text[1:], first.label, first.tags), *found[1:]]


def _lowered(text: str) -> str:
    return _SPACES.sub(" ", _PUNCTUATION.sub("", text)).lower()
