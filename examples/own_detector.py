"""A detector of your own with a state: the number of a staff badge, in one word ("EMP4471") or in two ("badge 4471").

    python examples/own_detector.py

It keeps the contract of `ccredact.detectors.base`: it is fed words, holds one while it is undecided about it, and gives
the same spans however the words arrive.
"""

from __future__ import annotations

from dataclasses import replace

from ccredact import Reason, Redactor, Span, Utterance
from ccredact.detectors.base import Context, Stateless, Token
from ccredact.text.word_class import DIGITS, MIXED

FIGURES = range(4, 7)
"""How many figures a badge has."""


class BadgeDetector(Stateless):
    """Finds badges; `_open` is the word "badge", to which a number may belong."""

    labels = frozenset({"STAFF_BADGE"})
    wake = guards = DIGITS | MIXED
    wake_words = frozenset({"badge"})  # a word of no class: the vocabulary gives it one

    def __init__(self) -> None:
        self._open = -1  # the word that is held
        self._turn = -1

    @property
    def active(self) -> bool:
        """Whether it must be fed every word: it is while it holds one."""
        return self._open >= 0

    def feed(self, token: Token, ctx: Context) -> list[Span]:
        """Take one word; return what is decided by it."""
        held, self._open = self._open if token.turn == self._turn else -1, -1
        self._turn = token.turn
        if token.key == "badge":
            self._open = token.index
            return []
        is_badge = token.key.startswith("emp") and token.key[3:].isdecimal()
        if not is_badge and not (held >= 0 and token.key.isdecimal() and len(token.key) in FIGURES):
            return []
        start = token.index if is_badge else held
        return [Span(start, token.index + 1, "STAFF_BADGE", 0.9, ctx.new_entity(), Reason.FORM)]

    def open_from(self, start: int, end: int) -> int:
        """Return the first undecided word of `[start, end)`, `end` when there is none."""
        return max(start, self._open) if 0 <= self._open < end else end

    def fork(self) -> BadgeDetector:
        """Return an independent copy, for an interim."""
        other = BadgeDetector()
        other._open, other._turn = self._open, self._turn
        return other


def main() -> None:
    """Redact an invented call, once as a finished one and once live: the result is the same."""
    redactor = Redactor(detectors=[BadgeDetector()])
    said = [
        ("caller", "who am I speaking to"),
        ("agent", "it's badge 4471"),
        ("caller", "sorry"),
        ("agent", "EMP4471, on my badge"),
    ]
    call = [Utterance(text, speaker, id=str(number)) for number, (speaker, text) in enumerate(said)]
    finished = {segment.utterance: segment.text for segment in redactor.redact_call(call)}
    print("\n".join(finished.values()))

    stream = redactor.stream()
    live = dict.fromkeys(finished, "")
    for utterance in call:
        stream.push(replace(utterance, text=utterance.text[:9], is_final=False))
        for segment in stream.push(utterance):
            live[segment.utterance] += segment.text
    for segment in stream.close():
        live[segment.utterance] += segment.text
    if live != finished:
        raise SystemExit("a stream gives something else")


if __name__ == "__main__":
    main()
