"""Properties of what is read out: however a number is said, beside which numbers it stands, and under which policy."""

from __future__ import annotations

import random

from hypothesis import example, given
from hypothesis import strategies as st

import cuts
import talk
import talk_answers
import talk_dates
from ccredact import Policy, Redactor, Utterance
from ccredact.entities import ENTITY_TYPES, PROFILES
from strategies import made

REDACTOR = Redactor(tagger=False)
LABELS = sorted(PROFILES["full"])
KEPT = sorted(name for name, row in ENTITY_TYPES.items() if not row.sad and name != "CREDIT_CARD_LAST4")
"""Labels that may be kept; the last four digits of a card stand before others even then."""

NATO = dict(
    zip(
        "abcdefghijklmnopqrstuvwxyz",
        (
            "alpha bravo charlie delta echo foxtrot golf hotel india juliet kilo lima mike november oscar papa quebec "
            "romeo sierra tango uniform victor whiskey xray yankee zulu"
        ).split(),
        strict=True,
    )
)
DIGIT_QUESTIONS = (
    ("can i take your account number", "BANK_ACCOUNT"),
    ("what's your social security number", "US_SSN"),
    ("and the routing number please", "ABA_ROUTING_NUMBER"),
    ("what's a good phone number to reach you", "PHONE_NUMBER"),
    ("could you read me the order number", "ORDER_NUMBER"),
)
CODE_QUESTIONS = (
    ("what's the booking reference", "BOOKING_REFERENCE"),
    ("can i have your policy number", "POLICY_NUMBER"),
    ("what is the tracking number", "TRACKING_NUMBER"),
)
LEADS = ("", "it's", "yes it is", "sure that's", "okay so it's", "um", "the number is")


def said(code: str, rng: random.Random) -> list[str]:
    """A code in one of the ways in which people say it and recognisers write it."""
    letters = "".join(c for c in code if c.isalpha())
    digits = code[len(letters) :]
    form = rng.randrange(4)
    words = [NATO[c] if form == 1 else c.upper() if form == 2 else c for c in letters]
    if letters and form == 3:
        return [code.upper()]
    return words + spoken(digits, rng)


FILLERS = {"uh", "and", "then", "sorry", "dash"}


def spoken(digits: str, rng: random.Random) -> list[str]:
    """Digits as they are said, without a correction, and without fillers behind the last one."""
    words = [word for word in talk.say(digits, rng) if word != "sorry"]
    while words[-1] in FILLERS:
        words.pop()
    return words


def hidden(words: list[str], speaker: str, question: str) -> list[bool]:
    """Which words of the answer are hidden."""
    call = [Utterance(question, speaker="agent"), Utterance(" ".join(words), speaker=speaker)]
    segment = REDACTOR.redact_call(call)[1]
    out, at = [], 0
    for word in words:
        end = at + len(word)
        out.append(any(e.start < end and e.end > at for e in segment.entities))
        at = end + 1
    return out


def test_a_number_is_hidden_alike_however_it_is_said(examples: int) -> None:
    rng = random.Random(3)
    rounds = max(3_000, examples)
    wrong = []
    for _ in range(rounds):
        plain = rng.random() < 0.7
        question, _label = rng.choice(DIGIT_QUESTIONS if plain else CODE_QUESTIONS)
        code = "" if plain else "".join(rng.choice("bcdfghjkmnpqrvwxz") for _ in range(rng.randrange(2, 4)))
        size = rng.randrange(7, 11) if plain else rng.randrange(4, 8)
        code += "".join(rng.choice("0123456789") for _ in range(size))
        lead = rng.choice(LEADS).split()
        words = said(code, rng)
        tail = rng.choice(["", "thank you", "okay", "is that all right"]).split()
        found = hidden([*lead, *words, *tail], "customer", question)
        if found != [False] * len(lead) + [True] * len(words) + [False] * len(tail):
            wrong.append((question, lead, words, tail, found))
    assert len(wrong) <= rounds / 1000, wrong[:5]


SEPARATORS = (
    "and|then|and then|and the pin is|my phone is|or|not|no wait|sorry|actually|,|.|;|-|/|:|?|!|(|)|...|uh|um|okay|"
    "so|also|plus my pin|the other one is|for the first one|i think|maybe|at|to|on|in|of|with|is|was|dash|comma"
).split("|")


def test_a_number_beside_another_one_is_hidden_all_the_same(examples: int) -> None:
    rng = random.Random(4)
    left = []
    for separator in SEPARATORS:
        for _ in range(max(25, examples // 100)):
            one, two = (spoken("".join(rng.choice("123456789") for _ in range(size)), rng) for size in (8, 9))
            between = separator.split()
            words = [*one, *between, *two]
            found = hidden(words, "customer", "can i take your account number and your phone number")
            if not all(found[: len(one)]) or not all(found[len(one) + len(between) :]):
                left.append((separator, words, found))
    assert left == []


@st.composite
def nested(draw: st.DrawFn) -> tuple[list[str], list[str]]:
    """Labels of the profile `full`, and the same with one more."""
    small = draw(st.sets(st.sampled_from(LABELS)))
    return sorted(small), sorted(small | {draw(st.sampled_from(LABELS))})


CALLS = st.one_of(made(talk.turns), made(talk_answers.turns))


@given(call=CALLS, policies=nested())
def test_one_more_entity_in_a_policy_never_shows_a_character(
    call: talk.Turns, policies: tuple[list[str], list[str]]
) -> None:
    utterances = cuts.whole(call)
    shown = []
    for labels in policies:
        redactor = Redactor(Policy(operators=dict.fromkeys(labels, "replace")), tagger=False)
        segments = zip(utterances, redactor.redact_call(utterances), strict=True)
        shown.append(
            [{at for e in s.entities for at in range(e.start, e.end) if u.text[at].isalnum()} for u, s in segments]
        )
    assert all(less <= more for less, more in zip(*shown, strict=True))


@given(call=CALLS | made(talk_dates.turns), label=st.sampled_from(KEPT))
@example(call=[("a", ["12/03/1984"])], label="DATE_TIME")
@example(call=[("a", ["ada", "obi", "1984-03-12"])], label="DATE_TIME")
def test_a_kept_label_shows_what_switching_it_off_shows(call: talk.Turns, label: str) -> None:
    kept, off = (Redactor({"entities": {label: operator}}, tagger=False) for operator in ("keep", "off"))
    utterances = cuts.whole(call)
    shown = [[segment.text for segment in redactor.redact_call(utterances)] for redactor in (kept, off)]
    assert shown[0] == shown[1]


@given(call=CALLS)
def test_a_label_of_an_earlier_redaction_is_never_changed(call: talk.Turns) -> None:
    first = REDACTOR.redact_call(cuts.whole(call))
    second = REDACTOR.redact_call([Utterance(s.text, speaker=s.speaker) for s in first])
    for once, twice in zip(first, second, strict=True):
        labels = [f"[{entity.label}]" for entity in once.entities]
        at = 0
        for label in labels:  # all of them are there, in order
            at = twice.text.index(label, at) + len(label)
