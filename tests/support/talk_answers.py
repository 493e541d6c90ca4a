"""Random calls about everything but cards: questions, answers in every form, and what looks like them."""

from __future__ import annotations

import random

import talk

QUESTIONS = (
    "can i take your account number|what's your pin|your date of birth please|what was your mother's maiden name|"
    "name of the pet you had|and your postcode|could you spell your name|what's your email address|how old are you|"
    "the last four of your social|best number to reach you|my account number is|my pin is|reference number is|"
    "my password is|order number|it's order|policy number and date of birth|your balance is|how much|what time|"
    "zip code|booking reference|call me back on|my email is|the username is|my pet was|born on|how many people"
).split("|")
BITS = (
    "a i s m t o b c d e x p w y z alpha bravo charlie golf hotel x-ray 4th 21st fourth may june august of the st th "
    "w5061109 XPFOA5KT ex8 2gz 9tb a1c 750ml 5pm 10 gb 24 1986 1,500 $20 20% 17:15 06/08/1985 415-472-6644 "
    "john.smith@example.com www.example.com 10.0.0.1 at dot com underscore gmail sanchez ravi ghr vgf poppy year years "
    "www robert 1428 zip "
    "old for as in apple double triple hundred thousand dollars minutes i'm she's turned and uh no sorry is was it's"
).split()
TALK = (
    "yes okay thanks please let me check that for you i don't remember it what is that one moment now and then"
).split()


def answer(rng: random.Random) -> list[str]:
    """Something that is read out."""
    sort = rng.randrange(7)
    digits = "".join(rng.choice("0123456789") for _ in range(rng.choice([2, 3, 4, 4, 6, 8, 9, 10, 12, 30])))
    letters = [rng.choice("abcdefghjklmnpqrstuvwxyz") for _ in range(rng.randrange(1, 6))]
    if sort == 0:
        return talk.say(digits, rng)
    if sort == 1:
        return letters + talk.say(digits[:4], rng) + letters[: rng.randrange(2)]
    if sort == 2:
        return [*letters, *rng.choice([[], ["dot"], ["underscore"]]), rng.choice(["ravi", "seven", "x"]), "at",
                rng.choice(["gmail", "example", "b t"]), "dot", rng.choice(["com", "co dot uk", "d e"])]  # fmt: skip
    if sort == 3:
        said = ["the"] * rng.randrange(2) + [rng.choice(["fourth", "4th", "twenty first"]), "of"]
        return [*said, rng.choice(["may", "august"]), *rng.choice([["nineteen", "eighty", "six"], ["1986"], []])]
    if sort == 4:
        return [rng.choice(["poppy", "sanchez", "tyler", "buddy", "it was charlie", "rex and bella"])]
    if sort == 5:
        return [rng.choice(["i'm", "she's", "aged"]), *rng.choice([["ninety", "two"], ["45"]]),
                *rng.choice([[], ["years", "old"], ["now"], ["minutes"]])]  # fmt: skip
    return ["t", "for", "tommy", "s", "as", "in", "sam", *talk.say(digits[:3], rng)]


def phrase(rng: random.Random) -> list[str]:
    """A few words of one sort."""
    sort = rng.randrange(20)
    if sort < 3:
        return [rng.choice(TALK) for _ in range(rng.randrange(1, 10))]
    if sort < 7:
        return [rng.choice(BITS) for _ in range(rng.randrange(1, 5))]
    if sort < 13:
        return rng.choice(QUESTIONS).split()
    if sort < 19:
        return " ".join(answer(rng)).split()
    return talk.phrase(rng)


def turns(rng: random.Random) -> talk.Turns:
    """A call."""
    speakers: list[str | None] = rng.choice([["agent", "customer"], ["a", "b", None]])
    out: talk.Turns = []
    for _ in range(rng.randrange(2, 10)):
        speaker = rng.choice([s for s in speakers if not out or s != out[-1][0]])
        out.append((speaker, [word for _ in range(rng.randrange(1, 4)) for word in phrase(rng)]))
    return out
