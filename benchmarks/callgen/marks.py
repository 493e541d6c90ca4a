"""Gold spans by construction: a turn is written with marks and comes out as text with spans.

A mark is `<LABEL|tag,tag|text>`. An upper-case label is a gold entity; a lower-case one is a decoy, something
that looks like an entity and must stay. `<LABEL:kind#3|tag|text>` tells the kind of answer and the number that all
spans of one answer share. A mark that is not exactly right raises `MarkError`: a span that silently went missing
would make every redactor look better than it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

CARD_LABELS = frozenset({"CARD_NUMBER", "CARD_EXPIRY", "CVV"})
"""The gold labels of a payment."""
LABELS = CARD_LABELS | frozenset(
    "PIN PASSWORD OTP SECURITY_ANSWER BANK_ACCOUNT ABA_ROUTING_NUMBER UK_SORT_CODE IBAN_CODE US_SSN US_ITIN "
    "US_PASSPORT US_DRIVER_LICENSE UK_NHS UK_NINO MEDICAL_RECORD_NUMBER HEALTH_PLAN_ID VEHICLE_ID ACCOUNT_NUMBER "
    "MEMBER_ID POLICY_NUMBER CLAIM_NUMBER ORDER_NUMBER BOOKING_REFERENCE TRACKING_NUMBER CASE_NUMBER USERNAME "
    "PHONE_NUMBER EMAIL_ADDRESS URL IP_ADDRESS PERSON STREET_ADDRESS POSTCODE DATE_OF_BIRTH AGE".split()
)
"""The gold labels. To add an entity, add its label here and mark it where it is said."""

NEUTRAL = "neutral"
"""The decoy label of words that may be hidden or left: the "dot" before the next piece of an e-mail address."""

_MARK = re.compile(r"<([^<>|]*)\|([^<>|]*)\|([^<>|]*)>")
_LABEL = re.compile(r"([A-Z]+(?:_[A-Z]+)*)(?::([a-z_]+)#([0-9]+))?|[a-z]+(?:_[a-z]+)*")
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
    kind: str = ""
    answer: int = 0


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
    parts = _LABEL.fullmatch(label)
    if not parts:
        raise MarkError("a label is UPPER_SNAKE (gold) or lower_snake (decoy)")
    name, kind, answer = parts[1] or label, parts[2] or "", int(parts[3] or 0)
    if name.isupper() and name not in LABELS:
        raise MarkError(f"no gold label {name}")
    if not text or not (text[0].isalnum() and text[-1].isalnum()):
        raise MarkError(f"a {label} mark must begin and end with a letter or digit")
    return Piece(text, name, tuple(tags.split(",")) if tags else (), kind, answer)


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
        name: dict[str, Any] = {"label": piece.label, "tags": list(piece.tags)} if gold else {"kind": piece.label}
        if piece.kind:
            name |= {"kind": piece.kind, "answer": piece.answer}
        spans[gold].append({"start": start, "end": len(text), **name})
    if text != text.strip() or "  " in text:
        raise MarkError("a turn with stray spaces")
    return {"speaker": speaker, "text": text, "entities": spans[True], "decoys": spans[False]}


def _styled(found: list[Piece], style: Style) -> list[Piece]:
    if not style.cased:
        found = [replace(piece, text=_lowered(piece.text)) for piece in found]
        return [piece for piece in found if piece.text]
    first = found[0]
    return [replace(first, text=first.text[:1].upper() + first.text[1:]), *found[1:]]


def _lowered(text: str) -> str:
    return _SPACES.sub(" ", _PUNCTUATION.sub("", text)).lower()
