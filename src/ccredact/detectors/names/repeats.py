"""Names that are everyday words ("Day", "White"), when they are said again soon after they were told.

Everywhere else in a call such a word is a word: it is known again only where hardly anything else is said, where more
of the name stands beside it, or at the beginning of what is said back.
"""

from __future__ import annotations

from collections.abc import Sequence

from ccredact.detectors.names.utterance import SCORE
from ccredact.lang.en.words import CLASSES
from ccredact.tagger.prefilter import ALONE
from ccredact.text.word_class import FILLER, HESITATION, LEAD
from ccredact.transcript import Span

_KEPT = 16
_SOON, _LATE = 2, 40
"""Turns in which a name is said back by itself, and together with more of it."""
_BEFORE = frozenset("okay ok thanks thank hi hello hey mr mrs ms miss dr sir name yes so and right alright".split())
_BEHIND = frozenset("is spelled spelt with and that's right correct thanks thank okay ok".split())
_LEADS = LEAD | FILLER | HESITATION


class Echoes:
    """The everyday words that were names in a call: their entity, and the turn."""

    __slots__ = ("_told",)

    def __init__(self) -> None:
        self._told: dict[str, tuple[int, int]] = {}

    def fork(self) -> Echoes:
        """An independent copy."""
        other = Echoes()
        other._told = dict(self._told)
        return other

    def tell(self, key: str, entity: int, turn: int) -> None:
        """A word was one."""
        self._told.pop(key, None)
        self._told[key] = (entity, turn)
        if len(self._told) > _KEPT:
            del self._told[next(iter(self._told))]

    def has_any(self, keys: Sequence[str]) -> bool:
        """Whether one of them may stand there."""
        return bool(self._told) and not self._told.keys().isdisjoint(keys)

    def first_open(self, keys: Sequence[str]) -> int:
        """The first of them in an interim of which words to come may say something, -1 for none."""
        for at, key in enumerate(keys):
            if key in self._told and (len(keys) <= ALONE or at >= len(keys) - 2):
                return at
        return -1

    def found(
        self, spans: list[Span], told: list[tuple[str, int]], keys: Sequence[str], word: int, turn: int
    ) -> list[Span]:
        """The spans, and names that are said back; `told` are everyday words that are names here, with their entity."""
        out = self._with_again(spans, keys, word, turn) if self.has_any(keys) else spans
        for name, entity in told:
            self.tell(name, entity, turn)
        return out

    def _with_again(self, spans: list[Span], keys: Sequence[str], word: int, turn: int) -> list[Span]:
        hidden = {at for span in spans for at in range(span.start - word, span.end - word)}
        names = {at for span in spans if span.label == "PERSON" for at in range(span.start - word, span.end - word)}
        places = [at for at, key in enumerate(keys) if key in self._told and at not in hidden]
        names.update(places)
        out = [*spans]
        for at in places:
            if self._is_again(keys, at, turn, names):
                entity = self._told[keys[at]][0]
                out.append(Span(word + at, word + at + 1, "PERSON", SCORE, entity))
                self.tell(keys[at], entity, turn)
        return sorted(out, key=lambda span: span.start)

    def _is_again(self, keys: Sequence[str], at: int, turn: int, names: set[int]) -> bool:
        since = turn - self._told[keys[at]][1]
        if since <= _LATE and not names.isdisjoint((at - 1, at + 1)):
            return True
        if since > _SOON:
            return False
        before = keys[at - 1] if at else ""
        led = not before or before in _BEFORE or bool(CLASSES.get(before, 0) & _LEADS)
        if len(keys) <= ALONE and led:
            return True
        return at == 0 and len(keys) > 1 and keys[1] in _BEHIND
