"""How a run of digits stands among the other words: what is known when it begins, and does not change."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from ccredact.detectors.base import LOOK_BACK
from ccredact.detectors.cards.seen import SeenCards
from ccredact.dialogue.kinds import ANOTHER, INVITE, LAST4, MENTION
from ccredact.dialogue.placement import EARLY, MARKS, binds, leads
from ccredact.dialogue.subject import NEAR, Subject
from ccredact.lang.en.cards import BEFORE_CARD, COPULAS_BEHIND_NOUN, DETERMINERS
from ccredact.lang.en.identifiers import (
    ARTICLE,
    BEFORE_DIGIT_ONE,
    BEFORE_OH,
    BEFORE_ONE,
    BINDING_PAIRS,
    GOES_ON_AS_NOUN,
    LEAD_PAIRS,
    ONE,
)
from ccredact.lang.en.words import CLASSES
from ccredact.text.token import Token
from ccredact.text.word_class import CORRECTION, MONTH
from ccredact.text.words import ends_sentence

THING_ON: Final = 5
"""Words in which a sentence says that it is about something on the card: "on my credit card is"."""
IT_EXPIRES: Final = 3
"""Words of a turn before a date of which nobody says what expires then: "it expires"."""


class RunContext:
    """What stands before a run: a value, of which nothing is changed once it is made.

    `led` says that the run begins its turn or stands behind a filler or "it's", not inside a sentence; `bound` that the
    word before it makes it another number, `behind_article` that it is "a"; `early` that it is one of the first words
    of its turn and not bound; `led_by_expiry` that something, nobody says what, expires then. `cue` is the kind of the
    prompt right before it in its turn, None for none; `cue_touches`: no word stands between. Without a cue the turn
    before says more: `cards_named` in it; `invited`: it said "go ahead"; `other_prompted`: it asked for another one.
    `beside_card`: the run stands where the expiry and the code of a card are usually given. `about_thing_on`:
    something on the card is told, and not the card: "the limit on my card is".
    """

    __slots__ = (
        "about_thing_on",
        "before_oh",
        "behind_article",
        "beside_card",
        "bound",
        "cards_named",
        "cue",
        "cue_touches",
        "early",
        "invited",
        "led",
        "led_by_expiry",
        "other_prompted",
    )

    def __init__(
        self,
        *,
        led: bool,
        early: bool = False,
        before_oh: bool = False,
        bound: bool = False,
        behind_article: bool = False,
        led_by_expiry: bool = False,
        cue: str | None = None,
        cue_touches: bool = False,
        cards_named: bool = False,
        invited: bool = False,
        other_prompted: bool = False,
        beside_card: bool = False,
        about_thing_on: bool = False,
    ) -> None:
        self.led = led
        self.early = early
        self.before_oh = before_oh
        self.bound = bound
        self.behind_article = behind_article
        self.led_by_expiry = led_by_expiry
        self.cue = cue
        self.cue_touches = cue_touches
        self.cards_named = cards_named
        self.invited = invited
        self.other_prompted = other_prompted
        self.beside_card = beside_card
        self.about_thing_on = about_thing_on


BEHIND_CARD: Final = RunContext(led=True)
"""Of the digits right behind a card that is complete."""


def context_of(token: Token, before: tuple[str, ...], subject: Subject, seen: SeenCards) -> RunContext:
    """Return the context of a run that begins with `token`.

    `before` are the keys of the words before it in its turn, at most `LOOK_BACK`.
    """
    cue = subject.cue_of(token.turn, token.index)
    recent = seen.any_data and seen.is_recent(token.turn)
    if cue is None and recent and any(CLASSES.get(key, 0) & CORRECTION for key in before[-NEAR:]):
        cue = seen.latest_kind  # "sorry, the last one is a seven"
    apart = bool(before) and binds(before[-1]) and ends_sentence(token.gap)  # "let me start over. | 4111"
    last = before[-1] if before and not apart else ""
    pair = () if apart else before[-2:]
    counted = token.key == ONE and last in BEFORE_ONE and pair not in BEFORE_DIGIT_ONE  # "the last four on that one"
    marked = not MARKS.isdisjoint(token.gap) and last not in GOES_ON_AS_NOUN  # "okay here we go, 0631"
    led = (leads(last) or pair in LEAD_PAIRS or marked) and not counted
    expiry = subject.may_expire(token.turn, token.index) and len(before) <= IT_EXPIRES
    bound = counted or pair in BINDING_PAIRS or (binds(last) and pair not in LEAD_PAIRS)
    early = len(before) < EARLY and not bound
    touches = subject.cue_touches(token.index)
    if counted:
        cue = None  # "the expiry on that one"
    if cue == LAST4 and CLASSES.get(last, 0) & MONTH:
        cue, bound = None, True  # "it ends on the fourth of march twenty twenty six"
    if cue == ANOTHER and not (led or touches):
        cue = None  # "the amount, John Smith 4242 ..."
    answers = cue is None and len(before) < LOOK_BACK  # an answer gives its number early
    question = subject.question_before(token.turn) if answers else None
    return RunContext(
        led=led,
        early=early,
        before_oh=last in BEFORE_OH,
        bound=bound,
        behind_article=last == ARTICLE,
        led_by_expiry=expiry,
        cue=cue,
        cue_touches=touches,
        cards_named=question in {MENTION, INVITE},
        invited=question == INVITE,
        other_prompted=question == ANOTHER,
        beside_card=answers and question != ANOTHER and recent,
        about_thing_on=cue == MENTION and last in COPULAS_BEHIND_NOUN and _has_thing_on(before[-THING_ON:]),
    )


def _has_thing_on(before: tuple[str, ...]) -> bool:
    """Return whether the subject of a sentence is on, of or for a card, by the last words of it."""
    return any(word in BEFORE_CARD and behind in DETERMINERS for word, behind in pairwise(before))
