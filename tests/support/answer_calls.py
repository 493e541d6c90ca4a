"""Random calls in which an answer of any kind is told: in pieces, in a call that breaks off, again, before its phrase.

A call is a list of turns with marks (`case_files.Line`) for the answer and for what repeats it, in part or as a whole.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

from brand_table import ROWS, number_of
from card_numbers import TEENS, TENS, UNITS
from case_files import Line, read_line
from strategies import chance

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Sequence

    import talk

Call = list[Line]

MANNERS: Final = ("words", "figures", "groups", "doubled", "pairs", "solid")
"""How digits are said or written; what is in one word only, the last, is not read out in pieces."""
IN_PIECES: Final = MANNERS[:-1]
SPELLED: Final = ("words", "doubled", "pairs")
LETTERS: Final = "bdfghjklmnpqrstvwxz"
WORDS: Final = (
    "otter lantern velvet pickle harvest copper thistle walnut comet saffron puddle juniper anvil marble sparrow quartz"
).split()
MONTHS: Final = (
    "january february march april may june july august september october november december"
).split()  # fmt: skip
ORDINALS: Final = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth twentieth twenty-first twenty-second twenty-third twenty-fourth "
    "twenty-fifth twenty-sixth twenty-seventh twenty-eighth"
).split()

SPEAKERS: Final = (("agent", "customer"), ("agent", "customer"), ("agent", "customer"), ("a", "b"), (None, None))
OPENINGS: Final = (
    "thanks for waiting|okay i have your file open|right one moment please|good morning how can i help".split("|")
)
ACKNOWLEDGED: Final = (
    "okay|yeah|mhm|yes|got it|uh-huh|go on|right|thanks|next|okay and then|yep carry on|perfect|and the rest|sure|"
    "alright i'm with you|yes please|got that|keep going|okay what comes next|so far so good|and the one after|"
    "bear with me my screen froze|how many more are there|i've put that in the box|still here|you're doing great|"
    "is that a five or a nine|almost there|loud and clear|i'm writing it down|no rush at all|i got the first part"
).split("|")
READ_BACK: Final = "{x}|{x} okay|so {x}|okay {x}|{x} yes|i have {x}|{x} right|did you say {x}".split("|")
REQUESTED: Final = (
    "sorry the last bit|can you repeat that|pardon|sorry i missed that|come again|what was that last part|"
    "sorry you broke up there|one more time please"
).split("|")
REPEATED: Final = "{x}|sure {x}|yeah {x}|i said {x}|of course {x}|that was {x}|no problem it's {x}".split("|")
ASIDES: Final = (
    "hold on i lost my place|let me turn it over|the print is so small|where was i|sorry the dog is barking|"
    "just putting my glasses on|hang on"
).split("|")
FIRST: Final = "{x}|it's {x}|sure it's {x}|okay so {x}|yes that's {x}|um {x}|right {x}|here we go {x}".split("|")
NEXT: Final = (
    "{x}|{x}|{x}|then {x}|and then {x}|and {x}|okay {x}|next is {x}|after that {x}|followed by {x}|next up {x}|"
    "let me see {x}|let me scroll {x}|now {x}|there's {x} here|and it continues {x}|the following one is {x}|"
    "which is followed by {x}|well {x} i believe|{x} hopefully|{x} can you hear me|{x} or so it looks|"
    "{x} if i read it right|then we have {x}|{x} did you get that|it says {x}|i think it's {x}"
).split("|")
LAST: Final = "{x}|{x}|and {x}|and {x} at the end|then {x} and that's it|lastly {x}".split("|")
CLOSED: Final = "thank you|great thanks for that|lovely let me look|perfect it is loading now|okay that worked".split(
    "|"
)
REMARKS: Final = (
    "let me pull that up|is it still raining there|we moved here in 2024|i ordered two of them|the kids are home today|"
    "it takes ten minutes or so|that sounds good|there were three or four people in front of me|"
    "i've been a customer for six years|my screen is a bit slow|no problem at all|we open at nine on weekdays|"
    "one of the lights keeps blinking|it came in 2021 i think|you can choose between two plans|i see what you mean|"
    "half of the shop was closed|that was back in 2019|the box has twelve in it|it should not take long"
).split("|")
"""What is said in between, with everyday numbers in it: nothing of it may be hidden."""
AGAIN: Final = (
    "so that's {x} right|i have {x} here|you said {x} before|it was {x} i think|can we change {x} now|"
    "{x} is what i see|let me check {x} once more|did you get {x} in the end"
).split("|")
UNKNOWN: Final = "{x} {p}|so {x} {p}|okay {x} {p}|yes {x} {p}|here {x} {p} thanks".split("|")
"""An answer whose phrase `{p}` comes behind it."""


class Kind(NamedTuple):
    """A kind of answer: its label, what asks for it, announces it or names it behind, and how it is made and said."""

    label: str
    asks: tuple[str, ...]
    tells: tuple[str, ...]
    behind: tuple[str, ...]
    make: Callable[[random.Random], str]
    say: Callable[[str, str], list[str]]
    is_secret: bool = False
    """Whether it is hidden under every policy."""

    def mark(self, text: str) -> str:
        """Mark a text as this kind's."""
        return f"<{self.label}:{text}>"


# --- values, and how they are said


def like(*patterns: str) -> Callable[[random.Random], str]:
    """Make values like a pattern: `d` a digit, `@` a letter; none reads as a year, a round number or a count."""
    drawn = {"d": "0123456789", "@": LETTERS}

    def make(rng: random.Random) -> str:
        value = "".join(rng.choice(drawn.get(char, char)) for char in rng.choice(patterns))
        if len(value) == 4 and value[:2] in {"19", "20"}:
            value = "37" + value[2:]
        return value[:-2] + "51" if value[-2:] == "00" or len(set(value)) == 1 else value

    return make


def card(rng: random.Random) -> str:
    row = ROWS[rng.randrange(4)]
    return number_of(row, row.lengths[0], rng)


def password(rng: random.Random) -> str:
    return f"{rng.choice(WORDS)} {rng.choice(WORDS)} {rng.randrange(21, 100)}"


def birth_date(rng: random.Random) -> str:
    return f"{1 + rng.randrange(12):02} {1 + rng.randrange(28):02} {1940 + rng.randrange(60)}"


def expiry(rng: random.Random) -> str:
    return f"{1 + rng.randrange(12):02} {26 + rng.randrange(10)}"


def pair(two: str) -> str:
    """Say two digits as one number, or one by one where the first is zero."""
    if two[0] == "0":
        return f"oh {UNITS[int(two[1])]}" if two != "00" else "double oh"
    if two[0] == "1":
        return TEENS[int(two[1])]
    return TENS[int(two[0])] + (f" {UNITS[int(two[1])]}" if two[1] != "0" else "")


def digits_said(digits: str, manner: str) -> list[str]:
    """Say digits: a list of what is one breath each."""
    if manner == "solid":
        return [digits]
    if manner == "figures":
        return list(digits)
    if manner == "groups":
        size = 3 if len(digits) > 4 else 2
        return [digits[at : at + size] for at in range(0, len(digits), size)]
    if manner == "pairs":
        single, rest = digits[: len(digits) % 2], digits[len(digits) % 2 :]
        return [UNITS[int(digit)] for digit in single] + [pair(rest[at : at + 2]) for at in range(0, len(rest), 2)]
    out: list[str] = []
    at = 0
    while at < len(digits):
        twice = manner == "doubled" and digits[at : at + 1] == digits[at + 1 : at + 2]
        out.append("double " * twice + ("oh" if digits[at] == "0" else UNITS[int(digits[at])]))
        at += 1 + twice
    return out


def code_said(value: str, manner: str) -> list[str]:
    """Say letters one by one, and the digits behind them."""
    letters = value.rstrip("0123456789")
    figures = digits_said(value[len(letters) :], manner)
    if manner == "solid":
        return [letters.upper() + figures[0]]
    return [*(letters if manner in SPELLED else letters.upper()), *figures]


def password_said(value: str, manner: str) -> list[str]:
    first, second, number = value.split()
    return [first, second, pair(number) if manner in SPELLED else number]


def date_said(value: str, manner: str) -> list[str]:
    month, day, year = value.split()
    if manner == "words":
        return [MONTHS[int(month) - 1], ORDINALS[int(day) - 1], f"{pair(year[:2])} {pair(year[2:])}"]
    if manner == "solid":
        return [f"{month}/{day}/{year}"]
    if manner in SPELLED:
        return [pair(month), pair(day), f"{pair(year[:2])} {pair(year[2:])}"]
    return [month, day, year]


def expiry_said(value: str, manner: str) -> list[str]:
    month, year = value.split()
    if manner == "words":
        return [MONTHS[int(month) - 1], pair(year)]
    if manner == "solid":
        return [f"{month}/{year}"]
    return [pair(month), pair(year)] if manner in SPELLED else [month, year]


def kind(
    label: str,
    noun: str,
    asks: str,
    make: Callable[[random.Random], str],
    say: Callable[[str, str], list[str]] = code_said,
    *,
    is_secret: bool = False,
) -> Kind:
    """Give a kind by its noun ("your {}" is added to what asks for it); of asks, `|` stands between two."""
    return Kind(
        label,
        (f"what's your {noun}", f"can i have the {noun} please", f"and your {noun}", *asks.split("|")),
        (f"my {noun} is", f"the {noun} is", f"okay my {noun} is"),
        (f"is my {noun}", f"is the {noun}", f"that's the {noun}"),
        make,
        say,
        is_secret,
    )


KINDS: Final = {
    "pin": kind(
        "PIN",
        "pin",
        "which pin did you set up",
        like("dddd"),
        is_secret=True,
    ),
    "otp": kind(
        "OTP",
        "one time code",
        "read me the code that we texted you|what does the verification code say",
        like("dddddd"),
        is_secret=True,
    ),
    "ssn": kind("US_SSN", "social security number", "could you give me your social", like("ddddddddd")),
    "ssn last four": kind(
        "US_SSN", "last four of the social", "the last four digits of your social security number", like("dddd")
    ),
    "zip": kind("POSTCODE", "zip code", "which zip code do you live in", like("ddddd")),
    "phone": kind("PHONE_NUMBER", "phone number", "which number can we reach you at", like("dddddddddd")),
    "account": kind("BANK_ACCOUNT", "account number", "which account number is it for", like("dddddddd", "dddddddddd")),
    "routing": kind("ABA_ROUTING_NUMBER", "routing number", "do you have the bank's routing number", like("0dddddddd")),
    "sort code": kind("UK_SORT_CODE", "sort code", "which sort code is on it", like("dddddd")),
    "policy": kind(
        "POLICY_NUMBER", "policy number", "do you know your insurance policy number", like("dddddddd", "@@dddddd")
    ),
    "order": kind("ORDER_NUMBER", "order number", "which order number is it about", like("ddddddd", "@dddddd")),
    "member id": kind("MEMBER_ID", "member id", "what's the member number on it", like("@dddddd", "ddddddd")),
    "birth date": kind("DATE_OF_BIRTH", "date of birth", "when were you born", birth_date, date_said),
    "password": kind(
        "PASSWORD",
        "password",
        "which password did you choose",
        password,
        password_said,
        is_secret=True,
    ),
    "card": kind(
        "CREDIT_CARD",
        "card number",
        "the long number on the card please",
        card,
        is_secret=True,
    ),
    "cvv": kind(
        "CREDIT_CARD_CVV",
        "security code",
        "what are the three digits on the back of the card",
        like("ddd"),
        is_secret=True,
    ),
    "expiry": kind(
        "CREDIT_CARD_EXPIRY",
        "expiry date",
        "when does the card expire",
        expiry,
        expiry_said,
        is_secret=True,
    ),
}
"""Every kind of answer, the ones that no policy shows too."""


# --- calls


def asked(kind: Kind, rng: random.Random, speakers: tuple[str | None, str | None]) -> tuple[Call, str]:
    """Begin a call: the question for a kind, or the customer's own announcement, which stands before the answer."""
    agent, _ = speakers
    lines = [read_line(rng.choice(OPENINGS), agent)] if chance(rng, 30) else []
    if chance(rng, 20):
        return lines, f"{rng.choice(kind.tells)} {{x}}"
    return [*lines, read_line(rng.choice(kind.asks), agent)], rng.choice(FIRST)


def in_pieces(kind: Kind, rng: random.Random) -> Call:
    """Read a value out in pieces over turns."""
    speakers = rng.choice(SPEAKERS)
    agent, customer = speakers
    lines, frame = asked(kind, rng, speakers)
    said = kind.say(kind.make(rng), rng.choice(IN_PIECES))
    pieces = split(said, rng)
    for number, piece in enumerate(pieces):
        text = kind.mark(" ".join(piece))
        if number:
            frame = rng.choice(LAST if number == len(pieces) - 1 else NEXT)
        lines.append(read_line(frame.format(x=text), customer))
        if number < len(pieces) - 1:
            lines += between(text, agent, customer, rng)
    return [*lines, read_line(rng.choice(CLOSED), agent)]


def split(said: Sequence[str], rng: random.Random) -> list[Sequence[str]]:
    """Share what is said out over pieces of 1 to 4, at least two of them."""
    out: list[Sequence[str]] = []
    at = 0
    while at < len(said):
        most = min(4, len(said) - max(at, 1))  # the first is not all
        end = at + 1 + rng.randrange(most)
        out.append(said[at:end])
        at = end
    return out


def between(text: str, agent: str | None, customer: str | None, rng: random.Random) -> Call:
    """Answer a piece, marked already: a word or two, the piece read back, a request and the piece again, or nothing."""
    sort = rng.randrange(10)
    if sort < 5:
        return [read_line(rng.choice(ACKNOWLEDGED), agent)]
    if sort < 7:
        return [read_line(rng.choice(READ_BACK).format(x=text), agent)]
    if sort == 7:
        again = read_line(rng.choice(REPEATED).format(x=text), customer)
        return [read_line(rng.choice(REQUESTED), agent), again, read_line(rng.choice(ACKNOWLEDGED), agent)]
    if sort == 8:
        return [read_line(rng.choice(ASIDES), customer), read_line(rng.choice(ACKNOWLEDGED), agent)]
    return []


def in_one_piece(kind: Kind, rng: random.Random) -> Call:
    """Tell a value in one turn, in any manner."""
    speakers = rng.choice(SPEAKERS)
    lines, frame = asked(kind, rng, speakers)
    text = kind.mark(" ".join(kind.say(kind.make(rng), rng.choice(MANNERS))))
    return [*lines, read_line(frame.format(x=text), speakers[1]), read_line(rng.choice(CLOSED), speakers[0])]


def said_again(kind: Kind, rng: random.Random, *, turns: int = 60) -> Call:
    """Tell a value in one turn and again, otherwise and by either speaker, some `turns` later at most."""
    speakers = rng.choice(SPEAKERS)
    lines, frame = asked(kind, rng, speakers)
    value, manner = kind.make(rng), rng.choice(MANNERS)
    first = kind.say(value, manner)
    lines.append(read_line(frame.format(x=kind.mark(" ".join(first))), speakers[1]))
    for number in range(rng.randrange(turns)):
        lines.append(read_line(rng.choice(REMARKS), speakers[number % 2]))
    others = [said for other in MANNERS if (said := kind.say(value, other)) != first]
    text = kind.mark(" ".join(rng.choice(others)))
    lines.append(read_line(rng.choice(AGAIN).format(x=text), speakers[rng.randrange(2)]))
    return [*lines, read_line(rng.choice(CLOSED), speakers[0])]


def before_its_phrase(kind: Kind, rng: random.Random) -> Call:
    """Tell a value that nobody asked for, whose phrase comes behind it."""
    agent, customer = rng.choice(SPEAKERS)
    text = kind.mark(" ".join(kind.say(kind.make(rng), rng.choice(MANNERS))))
    frame = rng.choice(UNKNOWN).format(x=text, p=rng.choice(kind.behind))
    lines = [read_line(rng.choice(REMARKS), agent)] if chance(rng, 50) else []
    return [*lines, read_line(frame, customer), read_line(rng.choice(CLOSED), agent)]


def broken(kind: Kind, rng: random.Random) -> Call:
    """Tell a value in one turn or in pieces, in a call that breaks off behind a word of it, or later."""
    call = (in_pieces if chance(rng, 50) else in_one_piece)(kind, rng)
    first = next(turn for turn, line in enumerate(call) if line.marks)
    _, begin, _ = call[first].marks[0]
    ends = [(turn, end) for turn in range(first, len(call)) for end in ends_of_words(call[turn].text)]
    turn, end = rng.choice([(turn, end) for turn, end in ends if turn > first or end > begin])
    line = call[turn]
    marks = [
        (label, start, until(line.text, start, min(last, end))) for label, start, last in line.marks if start < end
    ]
    return [*call[:turn], Line(line.speaker, line.text[:end], tuple(marks))]


SORTS: Final = (in_pieces, in_one_piece, partial(said_again, turns=6), before_its_phrase)


def any_call(rng: random.Random) -> Call:
    """Make a call of any of these sorts, about any kind of answer."""
    return rng.choice(SORTS)(any_kind(rng), rng)


def any_broken(rng: random.Random) -> Call:
    """Break a call about any kind of answer off."""
    return broken(any_kind(rng), rng)


def any_kind(rng: random.Random) -> Kind:
    return KINDS[rng.choice(tuple(KINDS))]


def words_of(call: Call) -> talk.Turns:
    """Give a call without its marks."""
    return [(line.speaker, line.text.split()) for line in call]


def ends_of_words(text: str) -> list[int]:
    """Give the places behind the words of a text."""
    return [at for at in range(1, len(text) + 1) if text[at - 1] != " " and text[at : at + 1] in {" ", ""}]


def until(text: str, start: int, end: int) -> int:
    """Take "double" away at the end of a mark."""
    return start + len(text[start:end].removesuffix("double").rstrip())
