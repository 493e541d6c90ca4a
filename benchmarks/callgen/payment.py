"""The part of a call in which it is paid: the question, the card, the date, the code."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from callgen import says
from callgen.cards import Card, new_card
from callgen.marks import mark
from callgen.reading import Line, Voice, read_back, read_card

if TYPE_CHECKING:
    from random import Random

    from callgen.marks import Style

_ASKS = (
    "Can I take the long number across the front?", "What's the card number, please?",
    "Whenever you're ready, read me the digits on your card.", "Could you give me the {brand} number?",
    "And which card would you like to use? Go ahead with the number.", "I'll just need your card details.",
    "Okay, I'm ready for the sixteen digits.", "Go ahead with your debit or credit card.",
    "And the number on the front of that?", "How would you like to pay? Okay, and the number on it?",
    "Please read out the account number on the card, nice and slow.", "Ready when you are.",
    "And what card are we putting that on?", "I can take that over the phone now, what does the card say?",
)  # fmt: skip
_FETCH = (
    ("customer", "Hang on, let me get my purse."), ("agent", "Take your time."),
    ("customer", "Bear with me, it's in the other room."), ("agent", "No rush at all."),
    ("customer", "Just a sec, I can't see without my glasses."), ("agent", "That's okay."),
    ("customer", "One moment, it's out in the car."), ("agent", "Sure, I can wait."),
)  # fmt: skip
_ASK_EXPIRY = (
    "And the expiration?", "What's the expiry date?", "Valid until when?", "When does that run out?",
    "Good through?", "And the month and year on it?", "Expiry, please?",
    "And what date does that one expire?",
)  # fmt: skip
_GIVE_EXPIRY = (
    "{x}.", "It's {x}.", "{x}, I think.", "Expires {x}.", "It runs out {x}.", "That's {x}.", "It says {x}.",
)  # fmt: skip
_ASK_CODE = (
    "And the {n} digits on the {side}?", "What's the security code?", "Can I get the CVV?",
    "And the little code on the {side}?", "Last thing, the verification number on the {side}.",
    "And the CVC, please?", "There should be {n} numbers by the signature, what are those?",
)  # fmt: skip
_GIVE_CODE = ("{x}.", "It's {x}.", "Uh, {x}.", "Hard to read, {x}.", "Yep, {x}.", "{x}, okay?")
_BOTH = (
    "Expires {e} and the code's {c}.", "{e}, and then {c} on the back.",
    "The date is {e}, security code {c}.", "It's {e}, and it's {c} for the other one.",
)  # fmt: skip
_ON_FILE = (
    "I can see a {brand} ending in {x}, shall I use that one?",
    "We've got the {brand} with the last four {x} on file.", "Is it still the card that ends {x}?",
    "Do you want me to put it on the {brand}, {x}?",
)  # fmt: skip
_ON_FILE_SAYS = (
    "Yes, use that.", "No, that one's been cancelled, I've a new one.", "Yeah that's fine.",
    "Sure, same card please.",
)  # fmt: skip
_VOLUNTEERS = (
    "I'd like to pay that off, my {brand} is {x}.", "Can you just put it on {x}?",
    "Charge it to my card, {x}.", "I'll give you my card, it's {x}.",
    "Here's the {brand}, {x}, can we do it with that?",
)  # fmt: skip
_DECLINED = (
    "It's come back as declined, do you have another card?",
    "Hmm, it won't go through. Is there a different one?",
    "The system rejected that, sorry. Shall we try another?",
)  # fmt: skip
_ABANDONED = (
    "Actually, stop there, I'll put you through to the secure line for that.",
    "Sorry, we've to do that online instead.", "Hold it there, please. My screen has frozen.",
    "Hello? Are you still there?",
)  # fmt: skip
_DONE = (
    "That's gone through.",
    "Payment approved.",
    "All paid, thank you.",
    "Okay, that's authorised.",
    "You're all set.",
)


def payment(rng: Random, style: Style) -> tuple[list[Line], list[Card]]:
    """Give the turns of a payment and the cards in it."""
    voice = Voice.new(rng, style)
    card = new_card(rng, repeats=voice.manner == "double-triple")
    way = rng.choices(("asked", "on file", "volunteered", "declined", "abandoned"), (28, 6, 4, 2, 2))[0]
    if way == "on file":
        return _on_file(voice, card), [card]
    if way == "volunteered":
        number = voice.run([card.number] if voice.manner == "typed solid" else _printed(card))
        said = rng.choice(_VOLUNTEERS).format(brand=card.brand.name, x=number)
        return [("customer", said), *_details(voice, card), ("agent", rng.choice(_DONE))], [card]
    if way == "abandoned" and voice.manner != "typed solid":
        voice.tags = ("abandoned",)
        begun = read_card(voice, card, breaths=4)
        return [
            ("agent", rng.choice(_ASKS).format(brand=card.brand.name)),
            *begun[:-2],
            ("agent", rng.choice(_ABANDONED)),
        ], [card]
    lines = _asked(voice, card)
    cards = [card]
    if way == "declined":
        other = new_card(rng, repeats=voice.manner == "double-triple")
        cards.append(other)
        lines += [("agent", rng.choice(_DECLINED)), ("customer", "Oh. Yes, hold on."), *_asked(voice, other)]
    return [*lines, ("agent", rng.choice(_DONE))], cards


def _asked(voice: Voice, card: Card) -> list[Line]:
    rng = voice.rng
    lines: list[Line] = [("agent", rng.choice(_ASKS).format(brand=card.brand.name))]
    if rng.random() < 0.25:
        at = 2 * rng.randrange(len(_FETCH) // 2)
        lines += _FETCH[at : at + 2]
    most = 1 if voice.manner == "typed solid" else 6
    breaths = rng.choices(range(1, most + 1), (8, 4, 2, 6, 1, 1)[:most])[0]
    if rng.random() < 0.06:
        voice.tags = ("misheard",)
        lines += read_card(voice, replace(card, number=_misheard(rng, card.number)), breaths=breaths)
        voice.tags = ()
    else:
        lines += read_card(voice, card, breaths=breaths)
    back = Voice.new(rng, voice.style)
    if rng.random() < 0.35:
        lines += read_back(back, card)
    return lines + _details(voice, card)


def _details(voice: Voice, card: Card) -> list[Line]:
    rng = voice.rng
    date, code = expiry(voice, card), security_code(voice, card)
    if rng.random() < 0.15:
        both = rng.choice(_BOTH).format(e=date, c=code)
        return [("agent", "And the expiry and security code?"), ("customer", both)]
    side = "front" if card.brand.code == 4 else "back"
    count = says.cardinal(card.brand.code, voice.style, rng)
    asked_code = rng.choice(_ASK_CODE).format(n=count, side=side)
    parts: list[list[Line]] = [
        [("agent", rng.choice(_ASK_EXPIRY)), ("customer", rng.choice(_GIVE_EXPIRY).format(x=date))],
        [("agent", asked_code), ("customer", rng.choice(_GIVE_CODE).format(x=code))],
    ]
    if rng.random() < 0.15:
        parts.reverse()
    return [line for part in parts[: 1 if rng.random() < 0.1 else 2] for line in part]


def _on_file(voice: Voice, card: Card) -> list[Line]:
    rng = voice.rng
    tail = voice.say(card.number[-4:])
    ending = mark("CARD_NUMBER", tail, voice.form(tail), "last four")
    asked = rng.choice(_ON_FILE).format(brand=card.brand.name, x=ending)
    lines: list[Line] = [("agent", asked), ("customer", rng.choice(_ON_FILE_SAYS))]
    if rng.random() < 0.5:
        code = security_code(voice, card)
        lines += [
            ("agent", "Just the security code for me, then."),
            ("customer", rng.choice(_GIVE_CODE).format(x=code)),
        ]
    return [*lines, ("agent", rng.choice(_DONE))]


def _misheard(rng: Random, number: str) -> str:
    """Change one digit, as a recogniser does: the check digit no longer fits."""
    at = rng.randrange(6, len(number))
    return number[:at] + str((int(number[at]) + rng.randint(1, 9)) % 10) + number[at + 1 :]


def _printed(card: Card) -> list[str]:
    size = 4
    return [card.number[at : at + size] for at in range(0, len(card.number), size)]


def expiry(voice: Voice, card: Card) -> str:
    """Say when the card runs out."""
    rng, style, month, short = voice.rng, voice.style, card.month, card.year % 100
    name = says.MONTHS[month - 1]
    if style.figures:
        written = (f"{month:02d}/{short}", f"{month}/{short}", f"{month:02d}/{card.year}",
                   f"{name} {card.year}", f"{month:02d} {short}", f"{name} of {short}")  # fmt: skip
        return mark("CARD_EXPIRY", rng.choice(written), "typed")
    two = says.below_hundred(short, hyphens=style.hyphens)
    spoken_month = says.below_hundred(month) if month > 9 else rng.choice((f"{voice.zero} ", "")) + says.DIGITS[month]
    digits = says.one_by_one(f"{month:02d}{short}", voice.zero)
    ways = (f"{spoken_month} {two}", digits, f"{name} {says.year(card.year, style, rng)}", f"{name} of {two}",
            f"{name} {two}", f"{spoken_month} slash {two}")  # fmt: skip
    return rng.choice(("", "", "", "the end of ")) + mark("CARD_EXPIRY", rng.choice(ways), "spoken")


def security_code(voice: Voice, card: Card) -> str:
    """Say the card verification code."""
    rng, code = voice.rng, card.code
    if voice.style.figures:
        return mark("CVV", rng.choice((code, code, " ".join(code))), "typed")
    way = rng.choice(("digits", "digits", "double", "pair"))
    if way == "double":
        text = says.doubled(code, voice.zero, triples=rng.random() < 0.5)
    elif way == "pair" and code[-2] != "0":
        text = f"{says.one_by_one(code[:-2], voice.zero)} {says.in_pairs(code[-2:], voice.zero)}"
    else:
        text = says.one_by_one(code, voice.zero)
    return mark("CVV", text, "spoken")
