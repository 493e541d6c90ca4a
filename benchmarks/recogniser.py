"""A made-up recogniser: what it says of a call on its way, with all that real ones do to those who listen.

What is drawn from the `random.Random` is small whole numbers, the simplest of which change nothing, so that a call that
Hypothesis draws shrinks.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from ccredact.live.adapter import Heard, Kind

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator, Sequence

    from ccredact import Utterance

CALL: Final = "call"


@dataclass(frozen=True, slots=True)
class Event:
    """What the recogniser says; `begins` are the numbers of the finals of which its words are the beginning."""

    heard: Heard
    begins: tuple[int, ...] = ()


def chance(rng: random.Random, percent: int) -> bool:
    """Be true so often; the simplest is not to be."""
    return rng.randrange(100) >= 100 - percent


class Recogniser:
    """Recognises calls; now and then it mishears one of the `wrong` words, and revises it."""

    def __init__(self, wrong: Sequence[str], rng: random.Random) -> None:
        self._wrong = wrong
        self._rng = rng

    def recognised(self, finals: Sequence[Utterance]) -> list[Event]:
        """Give a call as it comes: utterances of two channels are on their way at once, some events out of order.

        The id of a final is its number.
        """
        rng = self._rng
        named = [replace(final, id=str(number)) for number, final in enumerate(finals)]
        waiting = [self._sound(named, number) for number in range(len(named))]
        out: list[Event] = []
        while waiting:
            at = rng.randrange(min(2, len(waiting)))
            out.append(waiting[at].pop(0))
            if not waiting[at]:
                del waiting[at]
            if len(out) > 1 and chance(rng, 5):
                out[-1], out[-2] = out[-2], out[-1]
        return out

    def _sound(self, finals: Sequence[Utterance], number: int) -> list[Event]:
        """Give all that is said of one utterance, in the order in which it comes."""
        rng, final = self._rng, finals[number]
        events = self._hypotheses(finals, number)
        if chance(rng, 10):  # renumbered: its interims had another id, and that has no final
            events = [_renamed(event, f"old {final.id}") for event in events]
        if chance(rng, 15):  # a final that is announced to be replaced, formatted otherwise
            events.append(Event(Heard(CALL, replace(final, text=final.text.lower()), Kind.PROVISIONAL), (number,)))
            if chance(rng, 30):  # and withdrawn
                events += self._hypotheses(finals, number)
        if not chance(rng, 5):
            events.append(Event(Heard(CALL, final), (number,)))
            if chance(rng, 15):  # twice
                events.append(events[-1])
        elif chance(rng, 50):  # it never comes, which may be told
            events.append(Event(Heard(CALL, kind=Kind.PROMOTED, id=final.id)))
        if chance(rng, 10):  # late
            events += self._hypotheses(finals, number)
        if chance(rng, 10):  # lossy
            events = [event for event in events if not _is_interim(event) or chance(rng, 50)]
        return events or [Event(Heard(CALL, final), (number,))]

    def _hypotheses(self, finals: Sequence[Utterance], number: int) -> list[Event]:
        """Give interims of an utterance, which go on into the next one where that is cut off only in the final."""
        final, begins = finals[number], [number]
        words = final.text.split()
        if chance(self._rng, 10) and number + 1 < len(finals) and finals[number + 1].speaker == final.speaker:
            words, begins = [*words, *finals[number + 1].text.split()], [number, number + 1]
        texts = self._growing(words)
        return [Event(Heard(CALL, replace(final, text=text, is_final=False)), tuple(begins)) for text in texts]

    def _growing(self, words: Sequence[str]) -> Iterator[str]:
        """Give beginnings of a text: they grow, shrink, and end with words that will be revised."""
        rng, at = self._rng, 0
        while at < len(words):
            at = max(1, min(len(words), at + 3 - rng.randrange(5)))
            wrong = [rng.choice(self._wrong) for _ in range(rng.randrange(3))] * chance(rng, 30)
            yield " ".join([*words[:at], *wrong])
            if chance(rng, 15):
                break


def _is_interim(event: Event) -> bool:
    return event.heard.utterance is not None and not event.heard.utterance.is_final


def _renamed(event: Event, name: str) -> Event:
    said = event.heard.utterance
    return event if said is None else replace(event, heard=replace(event.heard, utterance=replace(said, id=name)))
