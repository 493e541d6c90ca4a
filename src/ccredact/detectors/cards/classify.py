"""What a run of digits is taken for before anything is known of its end: what was asked, announced and talked of."""

from __future__ import annotations

from ccredact.detectors.cards import windows
from ccredact.detectors.cards.digit_run import Run
from ccredact.detectors.cards.seen import KnownCards
from ccredact.dialogue.card_prompts import CARD, CVV, EXPIRY, LAST4, MENTION, OTHER, TRIGGERS
from ccredact.dialogue.cards import Dialogue
from ccredact.numbers.composer import Group

LABELS = {CARD: "CREDIT_CARD", EXPIRY: "CREDIT_CARD_EXPIRY", CVV: "CREDIT_CARD_CVV", LAST4: "CREDIT_CARD_LAST4"}
KINDS = {label: kind for kind, label in LABELS.items()}

SURE = 15
"""As many are hidden there whatever they begin with."""
PRINTED = range(14, 20)
"""Digits of nearly all cards: hidden without a check digit where money is talked of."""
FEW = 6
"""Fewer digits inside a sentence answer only what was asked in this turn or the one before."""


class Judge:
    """Decides by the dialogue and the cards that are known; it has no state of its own."""

    __slots__ = ("dialogue", "known")

    def __init__(self, dialogue: Dialogue, known: KnownCards) -> None:
        self.dialogue = dialogue
        self.known = known

    def kind(self, run: Run, word: int, time: float | None) -> str | None:
        """Name what an announced run is; None when nothing announced it or its end must be waited for."""
        near = run.adjacent
        if near in TRIGGERS:
            return near
        groups, count = run.seen(), run.size
        unasked = near == OTHER or (near is None and not (self.dialogue.expected or run.asked))
        if unasked and count < windows.LONG and not self.known.given:
            return None
        if near == MENTION and count >= 4 and (run.led or run.touching):
            return CARD
        known = self.known.with_digits(groups) if count >= 5 else None
        if known is not None:
            run.entity = known
            return CARD
        if not run.elsewhere and self._long(groups[1:] if near == OTHER else groups, word):
            return CARD  # beside a phrase for another number the first one is that, and a card may follow it
        return None if near == OTHER else self._answer(run, count, word, time)

    def _answer(self, run: Run, count: int, word: int, time: float | None) -> str | None:
        """Name what is waited for."""
        back = self.known.said_back(run.seen(), run.turn)
        if back is not None:
            return back
        run.apart = False
        waiting = [kind for kind in self.waiting(run, word, time) if self._answers(kind, run, count)]
        if run.asked and CARD not in waiting and (run.invited or count >= 4 or run.number_words >= 3):
            return CARD
        if waiting and not run.adjacent and not run.led and count < FEW:
            waiting = [kind for kind in waiting if self.dialogue.expected[kind].is_current(run.turn)]
        both = waiting[:2] in ([EXPIRY, CVV], [CVV, EXPIRY])
        if both or (not waiting and self.beside(run) and count <= windows.BESIDE):
            run.must = True
            return None
        return waiting[0] if waiting else None

    def _answers(self, kind: str, run: Run, count: int) -> bool:
        """Whether the run may be an answer to what was asked, or reads it back."""
        item = self.dialogue.expected[kind]
        if item.answered_by(run.speaker, run.turn, led=run.led):
            return True
        if windows.contains(windows.digits_of(item.groups), run.seen()):
            return True
        run.apart = True
        return count >= FEW - 1

    def _long(self, groups: list[Group], word: int) -> bool:
        """Whether the talk is about cards or money and the digits are as many as a card has."""
        count = windows.size(groups)
        if count < windows.LONG:
            return False
        if self.dialogue.about_cards(word) and (count >= SURE or windows.alive(groups, 0, printed=False)):
            return True
        if not self.dialogue.about_money(word):
            return False
        written = [group.readings[0] for group in groups if not group.spoken]
        return count in PRINTED or any(len(w) in PRINTED for w in written) or bool(windows.rows(groups))

    def waiting(self, run: Run, word: int, time: float | None) -> list[str]:
        """List what is expected, what was asked for last first."""
        if not self.dialogue.expected:
            return []
        found = (self.dialogue.waiting(kind, run.turn, word, time) for kind in LABELS)
        live = [item for item in found if item and (not run.elsewhere or item.is_current(run.turn))]
        return [item.kind for item in sorted(live, key=lambda item: -item.asked)]

    def beside(self, run: Run) -> bool:
        """Whether the run stands where card data goes on."""
        return run.follows or self.known.near(run.turn, run.start)

    @staticmethod
    def at_once(run: Run) -> bool:
        """Whether the run is surely an identifier already: not "one moment", not "forty five dollars"."""
        groups = run.seen()
        if groups and not groups[0].spoken and len(groups[0].readings[0]) >= 3:
            return True
        words = run.number_words
        return words >= 3 or (words == 2 and all(g.readings[0] != "" and len(g.readings[0]) == 1 for g in groups[-2:]))

    def may_be_announced(self, run: Run, groups: list[Group]) -> bool:
        """Whether more digits or the next word could make `kind` name the run."""
        near = run.adjacent
        if near is not None and near != OTHER:
            return True
        known = self.known
        if known.given and (known.with_digits(groups) is not None or known.being_said_back(groups, run.turn)):
            return True
        talk = self.dialogue
        if not run.elsewhere and (talk.about_cards(run.last) or talk.about_money(run.last)):
            return True
        if near == OTHER:
            return False
        if run.asked or run.follows or known.near(run.turn, run.start):
            return True
        return bool(talk.expected) and bool(self.waiting(run, run.last, run.time))
