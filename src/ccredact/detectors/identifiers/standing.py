"""Where a run stands: led into or inside a sentence, alone or not, beside the phrase for it or not."""

from __future__ import annotations

from ccredact.detectors.identifiers.code_run import CodeRun
from ccredact.dialogue.choice import BESIDE
from ccredact.dialogue.expected_answer import ExpectedAnswer
from ccredact.dialogue.kinds import DATE
from ccredact.dialogue.placement import (
    ends_there,
    leads,
)
from ccredact.lang.en.dates import IN_DATES
from ccredact.lang.en.identifiers import (
    COPULAS,
    GOES_ON_AS_NOUN,
    NUMBER_WORDS,
    TO,
)
from ccredact.lang.en.words import POSSESSIVE
from ccredact.text.token import Token


def is_led(run: CodeRun) -> bool:
    """Return whether a run does not stand inside a sentence: it begins its turn or its clause, or is led into."""
    return (run.behind_mark and run.lead not in GOES_ON_AS_NOUN) or leads(run.lead)


def is_led_date(run: CodeRun, question: ExpectedAnswer) -> bool:
    """Return whether a part of a date is led into by one who may tell it: "the 24th", "of december"."""
    if run.answer_type != DATE or not (run.ordinal or run.month) or run.led_by not in IN_DATES:
        return False
    return question.turn == run.turn or (run.speaker is not None and run.speaker != question.speaker)


def is_bound(run: CodeRun, question: ExpectedAnswer) -> bool:
    """Return whether a number inside a sentence is another than the one that is being read out: "back in 2016"."""
    return question.begun and run.turn != question.turn and not (is_led(run) or is_led_date(run, question))


def stands_alone(run: CodeRun, token: Token | None, *, begun: bool = False) -> bool:
    """Return whether nothing of the same sentence follows the run; `token` is the word behind it.

    `begun`: the run may be the last piece of an answer.
    """
    return ends_there(token, run.filler_behind, begun=begun)


def touches(run: CodeRun, question: ExpectedAnswer) -> bool:
    """Return whether a run stands right behind the phrase, or behind "is": "it's order 7", "the account is 12"."""
    distance = (run.start if run.prefix else run.core_start) - question.word
    return question.turn == run.turn and (distance == 1 or (distance == BESIDE and is_announced(run)))


def is_announced(run: CodeRun) -> bool:
    """Return whether the word before a run joins it to its name: "the pin is 0", "set it to 0", "order number 3.1"."""
    return run.led_by in COPULAS or run.led_by == TO or run.led_by in NUMBER_WORDS or run.led_by.endswith(POSSESSIVE)
