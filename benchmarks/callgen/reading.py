"""How somebody reads a card number out: in one breath or six, corrected, restarted, read back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from callgen.cards import grouped
from callgen.marks import mark
from callgen.voice import PAYMENT, Frames, Part, Voice, breaths

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callgen.cards import Card
    from callgen.wording import Line

_FRAMES: Final = Frames(*(PAYMENT[name] for name in ("first", "begin", "middle", "last")))


def parts_of(groups: Sequence[str]) -> list[Part]:
    """Take printed groups as parts."""
    return [Part(group) for group in groups]


def read_card(voice: Voice, card: Card, *, pieces: int) -> list[Line]:
    """Give the turns in which a customer reads a card out in that many pieces, with the agent's answers."""
    rng, chunks = voice.rng, _cut(voice, card, pieces)
    lines: list[Line] = []
    corrected = rng.randrange(len(chunks)) if rng.random() < 0.16 else -1
    if pieces > 1 and rng.random() < 0.08:
        given = rng.randint(1, len(chunks) - 1)
        lines += _read(voice, chunks[:given], -1, "restarted")
        lines.append(("customer", rng.choice(PAYMENT["restarts"])))
        lines.append(("agent", rng.choice(("No problem.", "That's fine, whenever you're ready.", "Take your time."))))
    return lines + _read(voice, chunks, corrected)


def _cut(voice: Voice, card: Card, pieces: int) -> list[list[Part]]:
    """Share the digits out over the pieces: one list of parts a piece."""
    rng, groups = voice.rng, grouped(card.number, card.brand.groups)
    if rng.random() < 0.2 and pieces > 1 and voice.manner != "pairs":
        size, at, groups = (len(card.number) + pieces - 1) // pieces, 0, []
        while at < len(card.number):
            step = max(1, size + rng.choice((-1, 0, 0, 1)))
            groups.append(card.number[at : at + step])
            at += step
    while len(groups) < pieces:
        longest = max(range(len(groups)), key=lambda at: len(groups[at]))
        half = (len(groups[longest]) + 1) // 2
        groups[longest : longest + 1] = [groups[longest][:half], groups[longest][half:]]
    cuts = sorted(rng.sample(range(1, len(groups)), min(pieces, len(groups)) - 1))
    return [parts_of(groups[a:b]) for a, b in zip([0, *cuts], [*cuts, len(groups)], strict=True)]


def _read(voice: Voice, pieces: list[list[Part]], corrected: int, *tags: str) -> list[Line]:
    if len(pieces) > 1:
        tags = (*tags, "over several turns")
    return breaths(
        voice, "customer", pieces, _FRAMES, lambda heard: [("agent", _nod(voice, heard))], *tags, corrected=corrected
    )


def _nod(voice: Voice, heard: Sequence[Part]) -> str:
    rng = voice.rng
    if rng.random() < 0.15:
        echo = voice.run(heard, "read back", "over several turns")
        return rng.choice((f"{echo}, okay.", f"{echo}.", f"Yep, {echo}.", f"{echo}, and?"))
    return rng.choice(PAYMENT["nods"])


def read_back(voice: Voice, card: Card) -> list[Line]:
    """Give the turns in which the agent repeats the number, sometimes wrongly."""
    rng, groups = voice.rng, parts_of(grouped(card.number, card.brand.groups))
    agrees, back = PAYMENT["agrees"], PAYMENT["back"]
    way = rng.choices(("all", "wrong", "halves", "last four"), (4, 2, 2, 3))[0]
    if way == "last four":
        tail = voice.say(card.number[-4:])
        ending = mark("CARD_NUMBER", tail, voice.form(tail), "read back", "last four")
        asked = rng.choice(PAYMENT["ending"]).format(x=ending)
        return [("agent", asked), ("customer", rng.choice(agrees))]
    if way == "halves":
        first, rest = voice.run(groups[:2], "read back"), voice.run(groups[2:], "read back")
        return [
            ("agent", f"So that's {first}."), ("customer", rng.choice(agrees)),
            ("agent", f"And {rest}."), ("customer", rng.choice(agrees)),
        ]  # fmt: skip
    if way == "wrong":
        tail = groups[-1].text
        other = tail[:-1] + str((int(tail[-1]) + rng.randint(1, 9)) % 10)
        told = voice.run([*groups[:-1], Part(other)], "read back", "misread")
        fixed = voice.run(groups[-1:], "corrected")
        return [
            ("agent", rng.choice(back).format(x=told)),
            ("customer", rng.choice(PAYMENT["wrong"]).format(x=fixed)),
            ("agent", rng.choice(("Thank you.", "Got it, sorry.", "Okay, fixed that."))),
        ]
    whole = voice.run(groups, "read back", solid=voice.manner == "typed solid")
    return [("agent", rng.choice(back).format(x=whole)), ("customer", rng.choice(agrees))]
