"""The part of a call in which it is paid: the question, the card, the date, the code."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from callgen import says
from callgen.cards import Card, new_card
from callgen.marks import mark
from callgen.reading import parts_of, read_back, read_card
from callgen.values import expiry_ways
from callgen.voice import PAYMENT, Voice
from callgen.wording import exchange

if TYPE_CHECKING:
    from random import Random

    from callgen.marks import Style
    from callgen.wording import Line


def payment(rng: Random, style: Style) -> tuple[list[Line], list[Card]]:
    """Give the turns of a payment and the cards in it."""
    voice = Voice.new(rng, style)
    card = new_card(rng, repeats=voice.manner == "double-triple")
    way = rng.choices(("asked", "on file", "volunteered", "declined", "abandoned"), (28, 6, 4, 2, 2))[0]
    if way == "on file":
        return _on_file(voice, card), [card]
    if way == "volunteered":
        number = voice.run(parts_of([card.number] if voice.manner == "typed solid" else _printed(card)))
        said = rng.choice(PAYMENT["volunteers"]).format(brand=card.brand.name, x=number)
        return [("customer", said), *_details(voice, card), ("agent", rng.choice(PAYMENT["done"]))], [card]
    if way == "abandoned" and voice.manner != "typed solid":
        voice.tags = ("abandoned",)
        begun = read_card(voice, card, pieces=4)
        return [
            ("agent", rng.choice(PAYMENT["ask"]).format(brand=card.brand.name)),
            *begun[:-2],
            ("agent", rng.choice(PAYMENT["abandoned"])),
        ], [card]
    lines = _asked(voice, card)
    cards = [card]
    if way == "declined":
        other = new_card(rng, repeats=voice.manner == "double-triple")
        cards.append(other)
        lines += [("agent", rng.choice(PAYMENT["declined"])), ("customer", "Oh. Yes, hold on."), *_asked(voice, other)]
    return [*lines, ("agent", rng.choice(PAYMENT["done"]))], cards


def _asked(voice: Voice, card: Card) -> list[Line]:
    rng = voice.rng
    lines: list[Line] = [("agent", rng.choice(PAYMENT["ask"]).format(brand=card.brand.name))]
    if rng.random() < 0.25:
        lines += exchange(rng.choice(PAYMENT["fetch"]))
    most = 1 if voice.manner == "typed solid" else 6
    pieces = rng.choices(range(1, most + 1), (8, 4, 2, 6, 1, 1)[:most])[0]
    if rng.random() < 0.06:
        voice.tags = ("misheard",)
        lines += read_card(voice, replace(card, number=_misheard(rng, card.number)), pieces=pieces)
        voice.tags = ()
    else:
        lines += read_card(voice, card, pieces=pieces)
    back = Voice.new(rng, voice.style)
    if rng.random() < 0.35:
        lines += read_back(back, card)
    return lines + _details(voice, card)


def _details(voice: Voice, card: Card) -> list[Line]:
    rng = voice.rng
    date, code = expiry(voice, card), security_code(voice, card)
    if rng.random() < 0.15:
        both = rng.choice(PAYMENT["both"]).format(e=date, c=code)
        return [("agent", "And the expiry and security code?"), ("customer", both)]
    side = "front" if card.brand.code == 4 else "back"
    count = says.cardinal(card.brand.code, voice.style, rng)
    asked_code = rng.choice(PAYMENT["ask code"]).format(n=count, side=side)
    parts: list[list[Line]] = [
        [("agent", rng.choice(PAYMENT["ask expiry"])), ("customer", rng.choice(PAYMENT["give expiry"]).format(x=date))],
        [("agent", asked_code), ("customer", rng.choice(PAYMENT["give code"]).format(x=code))],
    ]
    if rng.random() < 0.15:
        parts.reverse()
    return [line for part in parts[: 1 if rng.random() < 0.1 else 2] for line in part]


def _on_file(voice: Voice, card: Card) -> list[Line]:
    rng = voice.rng
    tail = voice.say(card.number[-4:])
    ending = mark("CARD_NUMBER", tail, voice.form(tail), "last four")
    asked = rng.choice(PAYMENT["on file"]).format(brand=card.brand.name, x=ending)
    lines: list[Line] = [("agent", asked), ("customer", rng.choice(PAYMENT["on file says"]))]
    if rng.random() < 0.5:
        code = security_code(voice, card)
        lines += [
            ("agent", "Just the security code for me, then."),
            ("customer", rng.choice(PAYMENT["give code"]).format(x=code)),
        ]
    return [*lines, ("agent", rng.choice(PAYMENT["done"]))]


def _misheard(rng: Random, number: str) -> str:
    """Change one digit, as a recogniser does: the check digit no longer fits."""
    at = rng.randrange(6, len(number))
    return number[:at] + str((int(number[at]) + rng.randint(1, 9)) % 10) + number[at + 1 :]


def _printed(card: Card) -> list[str]:
    size = 4
    return [card.number[at : at + size] for at in range(0, len(card.number), size)]


def expiry(voice: Voice, card: Card) -> str:
    """Say when the card runs out."""
    rng, style = voice.rng, voice.style
    ways = expiry_ways(rng, style, voice.zero, card.month, card.year)
    if style.figures:
        return mark("CARD_EXPIRY", rng.choice(ways), "typed")
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
