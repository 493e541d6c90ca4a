"""From decided words to output text: utterances that wait, and how a stretch of one is written."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Final

from ccredact.core.alignment import Times, times_of
from ccredact.core.resolve import resolve
from ccredact.detectors.scores import BOUND_SCORE
from ccredact.entities import NUMBER, REDACTED
from ccredact.reasons import Reason
from ccredact.text.word_class import NUMERIC
from ccredact.text.words import Words, offsets_of
from ccredact.transcript import Entity, Name, Segment, Span, Utterance, make_entity, make_segment

Replacement = Callable[[Span, str], str]

VISIBLE_DIGITS: Final = 4
"""Digits that an interim may show in all: a wrong hypothesis may cut a card in pieces that look like nothing."""


def name_of(utterance: Utterance, number: int) -> Name:
    """Return what its segments call an utterance."""
    return utterance.id if utterance.id is not None else str(number)


class Rest:
    """What is left of an utterance once some of it has been released; it is never changed.

    `left` is the first word that is not released (word positions count the words of the call), `char` the characters of
    the utterance's text that are, `out` those of its output. `text` is kept from character `base` on, and `offsets`
    has the character ranges of its words from `word` on, None until somebody asks.
    """

    __slots__ = ("base", "char", "left", "offsets", "out", "text", "word")

    def __init__(
        self, text: str, base: int, offsets: Sequence[tuple[int, int]] | None, word: int, left: int, char: int, out: int
    ) -> None:
        self.text = text
        self.base = base
        self.offsets = offsets
        self.word = word
        self.left = left
        self.char = char
        self.out = out


class Pending:
    """An utterance not all of whose words have been released: words `[start, end)` of the call.

    All that releasing changes is `rest`, one value: it is replaced at once or not at all. `since` is when it came.
    """

    __slots__ = ("end", "fault", "name", "number", "rest", "since", "speaker", "start", "times")

    def __init__(
        self, number: int, utterance: Utterance, start: int, words: Words, times: Times | None, since: float = 0.0
    ) -> None:
        self.number = number
        self.name = name_of(utterance, number)
        self.speaker = utterance.speaker
        self.start = start
        self.end = start + len(words.keys)
        self.times = times
        self.since = since
        self.rest = Rest(words.text, 0, words.made_offsets, start, start, 0, 0)
        self.fault = False


def untouched(name: Name, text: str, speaker: Name | None) -> Segment:
    """Return an utterance of which nothing is hidden, released at once."""
    return make_segment(name, text, speaker, True, (), 0, len(text), 0, False)  # noqa: FBT003


def hidden_rest(pending: Pending, entity: int) -> Segment:
    """Return what is left of an utterance, all of it hidden."""
    rest, label = pending.rest, f"[{NUMBER}]"
    end, out = rest.base + len(rest.text), rest.out + len(label)
    found = Entity(entity, NUMBER, BOUND_SCORE, Reason.HELD_BOUND, rest.char, end, rest.out, out)
    return make_segment(
        pending.name,
        label,
        pending.speaker,
        True,  # noqa: FBT003
        (found,),
        rest.char,
        end,
        rest.out,
        pending.fault,
    )


def whole_pieces(spans: Sequence[Span], left: int, horizon: int) -> int:
    """Move the horizon back to the start of a span that it cuts or follows: what is open may be more of that piece."""
    near = [span for span in spans if span.start < horizon and span.end > left]
    for span in sorted(near, key=_end_of, reverse=True):
        if span.end < horizon or horizon <= left:
            break  # as all others do: they end before it
        if span.start < horizon:
            horizon = max(left, span.start)
    return horizon


def _end_of(span: Span) -> int:
    return span.end


class _Page:
    """The text of a pending utterance, while some of it is written."""

    __slots__ = ("_base", "_char", "_offsets", "_text", "_word")

    def __init__(self, rest: Rest, offsets: Sequence[tuple[int, int]]) -> None:
        self._text, self._base, self._char = rest.text, rest.base, rest.char
        self._offsets, self._word = offsets, rest.word

    def range_of(self, start: int, end: int) -> tuple[int, int]:
        """Return the characters of the words `[start, end)` of the call."""
        return self._offsets[start - self._word][0], self._offsets[end - 1 - self._word][1]

    def cut(self, start: int, end: int) -> str:
        """Return the original text of a range of characters."""
        return self._text[start - self._base : end - self._base]

    def before_bracket(self, char: int) -> int:
        """Return the place, or that of the bracket which opens right before it: it is released with what follows."""
        return char - 1 if char > self._char and self.cut(char - 1, char) == "(" else char


def render(
    pending: Pending,
    horizon: int,
    spans: Sequence[Span],
    replacement: Replacement,
    kept: Collection[str] = (),
    *,
    is_final: bool,
    tail: str = "",
) -> tuple[Segment, Rest]:
    """Write the words from the first that is not released up to `horizon`; return them, and what is left then.

    `kept` are labels whose words stay, `tail` stands for what is left out.
    """
    rest = pending.rest
    over = horizon == pending.end
    if over and not spans:
        end = rest.base + len(rest.text)
        written = rest.text[rest.char - rest.base :] + tail
        segment = make_segment(
            pending.name, written, pending.speaker, is_final, (), rest.char, end, rest.out, pending.fault
        )
        return segment, Rest("", end, (), horizon, horizon, end, rest.out + len(written))
    offsets = rest.offsets if rest.offsets is not None else offsets_of(rest.text)
    page = _Page(rest, offsets)
    end = rest.base + len(rest.text) if over else page.before_bracket(page.range_of(horizon, horizon + 1)[0])
    pieces = resolve(spans, rest.left, horizon, kept) if spans else []
    written, entities = _write(page, rest, pieces, pending.times, replacement, end)
    written += tail
    fault = pending.fault or (bool(entities) and any(entity.label == REDACTED for entity in entities))
    segment = make_segment(pending.name, written, pending.speaker, is_final, entities, rest.char, end, rest.out, fault)
    left = rest.text[end - rest.base :]
    return segment, Rest(left, end, offsets[horizon - rest.word :], horizon, horizon, end, rest.out + len(written))


def _write(
    page: _Page, rest: Rest, pieces: Sequence[Span], times: Times | None, replacement: Replacement, end: int
) -> tuple[str, tuple[Entity, ...]]:
    char, out = rest.char, rest.out
    parts: list[str] = []
    entities: list[Entity] = []
    for piece in pieces:
        start, stop = page.range_of(piece.start, piece.end)
        inside = page.cut(start, stop)
        if inside.count(")") > inside.count("("):
            start = page.before_bracket(start)  # "(512) 555-0142"
        shown = replacement(piece, page.cut(start, stop))
        parts += (page.cut(char, start), shown)
        out += start - char
        first, last = times_of(times, start, stop) if times else (None, None)
        entities.append(
            make_entity(
                piece.entity, piece.label, piece.score, piece.reason, start, stop, out, out + len(shown), first, last
            )
        )
        out += len(shown)
        char = stop
    parts.append(page.cut(char, end))
    return "".join(parts), tuple(entities)


def _figures(key: str) -> int:
    """Return how many figures a key has."""
    count = 0
    for char in key:
        if char.isdigit() and char.isdecimal():  # the first costs next to nothing, and few characters are figures
            count += 1
    return count


def interim_text(
    pending: Pending,
    keys: Sequence[str],
    classes: Mapping[str, int],
    horizon: int,
    spans: Sequence[Span],
    replacement: Replacement,
    kept: Collection[str],
    stand_in: str,
) -> Segment:
    """Return an interim: its words up to the horizon, then the stand-in.

    A hypothesis may be wrong, so that its digits look like no card; it is cut before the number with which it would
    show more than `VISIBLE_DIGITS` digits. `keys` are those of its words, `classes` tell their classes.
    """
    binding = [span for span in spans if span.label not in kept] if kept else spans
    hidden = {word for span in binding for word in range(span.start, span.end)}
    shown = 0
    for at, key in enumerate(keys):
        word = pending.start + at
        if word >= horizon:
            break
        if word in hidden:
            continue
        shown += _figures(key) or bool(classes.get(key, 0) & NUMERIC)
        if shown > VISIBLE_DIGITS:
            horizon = word
    left = pending.rest.left
    while cut := [span.start for span in binding if span.start < horizon < span.end and span.end > left]:
        horizon = max(left, min(cut))
        if horizon == left:
            break
    spans = [span for span in spans if span.end <= horizon]
    tail = stand_in if horizon < pending.end else ""
    return render(pending, horizon, spans, replacement, kept, is_final=False, tail=tail)[0]
