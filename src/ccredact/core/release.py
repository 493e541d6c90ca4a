"""From decided words to output text: utterances that wait, and how a stretch of one is written."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ccredact.core.alignment import Times, times_of
from ccredact.core.resolve import resolve
from ccredact.entities import REDACTED
from ccredact.lang.en.words import CLASSES
from ccredact.text.word_class import NUMERIC
from ccredact.text.words import keys_of, offsets_of
from ccredact.transcript import Entity, Segment, Span, Utterance

Replacement = Callable[[Span, str], str]

VISIBLE_DIGITS = 4
"""Digits that an interim may show in all: a wrong hypothesis may cut a card in pieces that look like nothing."""


def name_of(utterance: Utterance, number: int) -> str:
    """What its segments call an utterance."""
    return utterance.id if utterance.id is not None else str(number)


class Pending:
    """An utterance not all of whose words have been released."""

    __slots__ = (
        "base", "char", "end", "fault", "left", "name", "number", "offsets", "out", "speaker", "start", "text",
        "times", "word",
    )  # fmt: skip

    def __init__(self, number: int, utterance: Utterance, start: int, end: int, times: Times | None) -> None:
        self.number = number
        self.name = name_of(utterance, number)
        self.speaker = utterance.speaker
        self.text = utterance.text
        self.start = self.left = start  # word positions: the first, the first not released, the end
        self.end = end
        self.times = times
        self.offsets: Sequence[tuple[int, int]] | None = None  # for those who ask
        self.base = 0  # characters of the text that are kept no longer
        self.word = start  # the word whose range is `offsets[0]`
        self.char = 0  # characters of the text released so far
        self.out = 0  # characters of the output so far
        self.fault = False

    def range_of(self, start: int, end: int) -> tuple[int, int]:
        """The characters of the words `[start, end)` of the call."""
        if self.offsets is None:
            self.offsets = offsets_of(self.text)
        return self.offsets[start - self.word][0], self.offsets[end - 1 - self.word][1]

    def cut(self, start: int, end: int) -> str:
        """The original text of a range of characters."""
        return self.text[start - self.base : end - self.base]

    def before_bracket(self, char: int) -> int:
        """The same place, or before the bracket that opens there: it is released with the word behind it."""
        return char - 1 if char > self.char and self.cut(char - 1, char) == "(" else char

    def trim(self) -> None:
        """Forget the text and the words that are released."""
        if self.offsets is not None:
            self.offsets = self.offsets[self.left - self.word :]
            self.text, self.base, self.word = self.text[self.char - self.base :], self.char, self.left


def untouched(name: str, text: str, speaker: str | None) -> Segment:
    """An utterance of which nothing is hidden, released at once."""
    return Segment(name, text, speaker, True, (), 0, len(text))  # noqa: FBT003


def whole_pieces(spans: Sequence[Span], left: int, horizon: int) -> int:
    """Move the horizon back to the start of a span that it cuts or follows: what is open may be more of that piece."""
    moved = True
    while moved and horizon > left:
        moved = False
        for span in spans:
            if span.start < horizon <= span.end and span.end > left:
                horizon, moved = max(left, span.start), True
    return horizon


def render(
    pending: Pending,
    horizon: int,
    spans: Sequence[Span],
    replacement: Replacement,
    *,
    is_final: bool,
    tail: str = "",
) -> Segment:
    """Write the words `[pending.left, horizon)` and move `pending` on. `tail` stands for what is left out."""
    char, out = pending.char, pending.out
    whole = pending.base + len(pending.text)
    end = whole if horizon == pending.end else pending.before_bracket(pending.range_of(horizon, horizon + 1)[0])
    entities: tuple[Entity, ...] = ()
    if spans:
        written, entities = _write(pending, horizon, spans, replacement, end)
    else:
        written = pending.cut(char, end)
    written += tail
    pending.char, pending.left, pending.out = end, horizon, out + len(written)
    if end < whole:
        pending.trim()
    fault = pending.fault or (bool(entities) and any(entity.label == REDACTED for entity in entities))
    return Segment(pending.name, written, pending.speaker, is_final, entities, char, end, out, fault)


def _write(
    pending: Pending, horizon: int, spans: Sequence[Span], replacement: Replacement, end: int
) -> tuple[str, tuple[Entity, ...]]:
    char, out, times = pending.char, pending.out, pending.times
    parts: list[str] = []
    entities: list[Entity] = []
    for piece in resolve(spans, pending.left, horizon):
        start, stop = pending.range_of(piece.start, piece.end)
        inside = pending.cut(start, stop)
        if inside.count(")") > inside.count("("):
            start = pending.before_bracket(start)  # "(512) 555-0142"
        shown = replacement(piece, pending.cut(start, stop))
        parts += (pending.cut(char, start), shown)
        out += start - char
        first, last = times_of(times, start, stop) if times else (None, None)
        entities.append(Entity(piece.entity, piece.label, piece.score, start, stop, out, out + len(shown), first, last))
        out += len(shown)
        char = stop
    parts.append(pending.cut(char, end))
    return "".join(parts), tuple(entities)


def interim_text(
    pending: Pending, horizon: int, spans: Sequence[Span], replacement: Replacement, stand_in: str
) -> Segment:
    """An interim: the words up to the horizon, then the stand-in.

    A hypothesis may be wrong, so that its digits look like no card; it is cut before the number with which it would
    show more than `VISIBLE_DIGITS` digits.
    """
    hidden = {word for span in spans for word in range(span.start, span.end)}
    shown = 0
    for at, key in enumerate(keys_of(pending.text)):
        word = pending.start + at
        if word >= horizon:
            break
        if word in hidden or not (key.isdecimal() or CLASSES.get(key, 0) & NUMERIC):
            continue
        shown += len(key) if key.isdecimal() else 1
        if shown > VISIBLE_DIGITS:
            horizon = word
    spans = [span for span in spans if span.start < horizon]
    horizon = max(pending.left, min((span.start for span in spans if span.end > horizon), default=horizon))
    spans = [span for span in spans if span.end <= horizon]
    tail = stand_in if horizon < pending.end else ""
    return render(pending, horizon, spans, replacement, is_final=False, tail=tail)
