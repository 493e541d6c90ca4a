"""Repeat mentions of names that are everyday words ("Day", "White"), soon after they were told.

Everywhere else in a call such a word is a word: it is known again only where hardly anything else is said, where more
of the name stands beside it, or at the beginning of what is said back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ccredact.detectors.scores import TAGGED_SCORE
from ccredact.lang.en.names import BEFORE_REPEATS, BEHIND_REPEATS
from ccredact.lang.en.words import CLASSES
from ccredact.reasons import Reason
from ccredact.tagger.prefilter import ALONE
from ccredact.text.word_class import FILLER, HESITATION, LEAD
from ccredact.transcript import Span, make_span

if TYPE_CHECKING:
    from ccredact.detectors.names.open_words import ToldName

_KEPT: Final = 16
_ALONE_TURNS: Final = 2
"""Turns in which a name is said back by itself."""
_TOGETHER_TURNS: Final = 40
"""Turns in which it is said back together with more of the name."""
_LEADS: Final = LEAD | FILLER | HESITATION


_NOTHING: Final[dict[str, tuple[int, int, float]]] = {}
"""Of a call in which none was told: never changed."""


class RepeatMentions:
    """The everyday words that were names in a call, the latest last: the entity of each, its turn and its score.

    It keeps `_KEPT` of them at most.
    """

    __slots__ = ("_told",)

    def __init__(self) -> None:
        self._told = _NOTHING  # key: (entity, turn, score)

    def fork(self) -> RepeatMentions:
        """Return an independent copy."""
        other = RepeatMentions()
        other._told = dict(self._told) if self._told else _NOTHING
        return other

    def remember(self, key: str, entity: int, turn: int, score: float = TAGGED_SCORE) -> None:
        """Take note that a word was a name in a turn, and how sure that is."""
        self._told = self._told or {}
        self._told.pop(key, None)
        self._told[key] = (entity, turn, score)
        if len(self._told) > _KEPT:
            del self._told[next(iter(self._told))]

    def any_in(self, keys: list[str]) -> bool:
        """Return whether one of them may stand in an utterance."""
        return bool(self._told) and not self._told.keys().isdisjoint(keys)

    def first_open(self, keys: list[str]) -> int:
        """Return the place of the first of them in an interim that words to come may decide about, -1 for none."""
        if not self._told:
            return -1
        for at, key in enumerate(keys):
            if key in self._told and (len(keys) <= ALONE or at >= len(keys) - 2):
                return at
        return -1

    def with_repeats(
        self, spans: list[Span], told: list[ToldName], keys: list[str], first_word: int, turn: int
    ) -> list[Span]:
        """Return the spans of a text with the repeat mentions in it.

        `told` are the names in it that are not decided yet: behind one that is an everyday word it is known.
        """
        here: dict[str, ToldName] = {}
        for name in told:
            if not name.is_rare:
                here.setdefault(name.name, name)
        if not here and not self.any_in(keys):
            return spans
        hidden: set[int] = set()
        names: set[int] = set()
        for span in spans:
            places = range(span.start - first_word, span.end - first_word)
            hidden.update(places)
            if span.label == "PERSON":
                names.update(places)
        free = self._known(keys, hidden, here, first_word, turn)
        if not free:
            return spans
        names.update(free)
        out = [*spans]
        for at, (entity, since, score) in free.items():
            if self._is_repeat(keys, at, turn - since, names):
                word = first_word + at
                out.append(make_span(word, word + 1, "PERSON", score, entity, Reason.SAID_AGAIN))
                self.remember(keys[at], entity, turn, score)
        return sorted(out, key=lambda span: span.start)

    def _known(
        self, keys: list[str], hidden: set[int], here: dict[str, ToldName], first_word: int, turn: int
    ) -> dict[int, tuple[int, int, float]]:
        """Return the places of words that were told, outside `hidden`: the entity of each, its turn and its score."""
        found: dict[int, tuple[int, int, float]] = {}
        for at, key in enumerate(keys):
            if at in hidden:
                continue
            if key in self._told:
                found[at] = self._told[key]
            elif key in here and here[key].word < first_word + at:
                found[at] = here[key].entity, turn, here[key].score
        return found

    def _is_repeat(self, keys: list[str], at: int, since: int, names: set[int]) -> bool:
        """Return whether the word at a place is a name again, told `since` turns ago.

        `names` are the places of all that may be names.
        """
        if since <= _TOGETHER_TURNS and not names.isdisjoint((at - 1, at + 1)):
            return True
        if since > _ALONE_TURNS:
            return False
        before = keys[at - 1] if at else ""
        led = not before or before in BEFORE_REPEATS or bool(CLASSES.get(before, 0) & _LEADS)
        if len(keys) <= ALONE and led:
            return True
        return at == 0 and len(keys) > 1 and keys[1] in BEHIND_REPEATS
