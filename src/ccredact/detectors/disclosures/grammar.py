"""How the words of a disclosure stand together: "three | daughters", "really bad | pain | in my | left knee".

Every word, or term of several, has a role: the label of a term, that with "~" before it for a weak one, or one of the
signs below. A *phrase* is a run of them; `disclosures` finds what is told in it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final, NamedTuple

WEAK: Final = "~"
"""Before the label of a weak term."""
BEFORE: Final = "<"
"""A modifier: it belongs to the term behind it."""
SITE: Final = "@"
"""A part of the body: a modifier that makes a weak term sure, "knee pain"."""
BEHIND: Final = ">"
"""A word that belongs to the term before it."""
LINK: Final = "+"
"""A preposition between a term and a modifier, or another term of its label: "pain in my knee"."""
COMPLAINT: Final = "!"
"""What behind a part of the body tells a symptom: "my knee | is swollen"; it belongs to a term before it, too."""
AND: Final = "&"
"""Between two parts of the body, or of a number: "my back and shoulder", "two hundred and ten"."""
WITHIN: Final = "("
"""A modifier with which no phrase begins: "pain in my | right | knee"."""
DETERMINER: Final = "."
NUMBER: Final = "#"
PRICE: Final = "$"
"""A number behind a currency sign."""
UNIT: Final = "u"
"""What the number before it measures: "milligrams", "dollars"."""
SCHEDULE: Final = ";"
"""How often a drug is taken: it belongs to what is measured before it, and to nothing else."""
UNABLE: Final = "-"
"""Before something that the body does: "can't | swallow", "hard to | bend | my knee"; a weak one before a part of the
body: "issues with your | hand"."""
ACT: Final = "*"
"""What the body does; a weak one may be done with other things too, and needs a part of the body behind it."""
METER: Final = "%"
"""What is measured of a body: with the number behind it it is a finding. A weak one is a weak term by itself, too."""
READING: Final = ":"
"""Between a part of the body and what ails it, or what is measured and its number: "was down to", "over"."""
DEGREE: Final = ","
"""Between those and what ails: "my knee is | really | stiff"."""
AIL: Final = "a"
"""What ails a part of the body, behind a word of `READING`: "stiff"."""
THING: Final = "w"
"""A word in no list, of what was bought or ordered."""
TAKES: Final = "^"
"""A topic that is told with its object: "bought", "ordered"."""
CLAIM: Final = "]"
"""Behind a term: it makes it somebody's and is no part of it, "the fridge | i ordered"."""
UNTOLD: Final = "_"
"""A part of a phrase that tells nothing where it stands."""
TOPIC: Final = "="
"""It says what the talk is about, and discloses nothing."""
NOTHING: Final = ""
"""A phrase in which a term is none."""

BEGINNINGS: Final = frozenset({BEFORE, SITE, NUMBER, PRICE, UNABLE, WEAK + UNABLE, METER, WEAK + METER, TAKES})
"""Roles beside those of terms with which a phrase may begin."""
INSIDE: Final = BEGINNINGS | {
    BEHIND, LINK, COMPLAINT, AND, DETERMINER, UNIT, SCHEDULE, ACT, WEAK + ACT, READING, CLAIM, DEGREE, AIL, THING,
}  # fmt: skip
"""Roles beside those of terms that a phrase may have."""
SILENT: Final = frozenset({BEFORE, BEHIND, LINK, AND, DETERMINER, READING, CLAIM, DEGREE, TAKES})
"""Roles of a phrase that tells nothing if it has no others."""
UNTELLING: Final = SILENT | {NUMBER}
"""The same where no number alone is an answer or an amount."""
_MODIFIERS: Final = frozenset({BEFORE, SITE, NUMBER})
_OF_NUMBERS: Final = frozenset({NUMBER, PRICE, AND})
_CENTS: Final = 2
"""Words of cents, at most: "forty two pounds | twenty five"."""
_OF_CLAUSES: Final = frozenset({UNABLE, ACT, METER, READING, DEGREE, AIL})
"""Roles that tell nothing outside a clause."""
_OF_ACTS: Final = frozenset({DETERMINER, BEFORE, LINK, SITE})
"""Roles between what the body does and the part of it with which it does that."""


class Part:
    """A part of a phrase: its role and the kind of that, its words `[start, end)`, the first and the last of them."""

    __slots__ = ("end", "key", "kind", "last", "role", "start")

    def __init__(self, role: str, kind: int, start: int, end: int, key: str, last: str) -> None:
        self.role, self.kind, self.start, self.end, self.key, self.last = role, kind, start, end, key, last


class Disclosure(NamedTuple):
    """What is told in a phrase: its parts `[start, end)`, the label, and whether its words alone say so."""

    start: int
    end: int
    label: str
    sure: bool


_AILING: Final = frozenset({SITE, METER})
"""Roles of what may ail."""


_SIGNS: Final = (
    BEFORE, SITE, BEHIND, LINK, COMPLAINT, AND, DETERMINER, NUMBER, PRICE, UNIT, SCHEDULE, UNABLE, ACT, METER, READING,
    DEGREE, AIL, THING, TAKES, CLAIM, UNTOLD, TOPIC, NOTHING, WITHIN,
)  # fmt: skip
_NO_TERMS: Final = frozenset({*_SIGNS, *[WEAK + sign for sign in _SIGNS]})


IS_TERM: Final = 1 << 0
"""Kinds of roles, bits of one number, this and those below: the label of a term, weak or not."""
BEGINS: Final = 1 << 1
"""A phrase may begin with it."""
GOES_ON: Final = 1 << 2
"""A phrase may have it."""
TELLS: Final = 1 << 3
"""A phrase that has it may tell something."""
IS_TOPIC: Final = 1 << 4
"""It says what the talk is about."""
_OF_TERMS: Final = IS_TERM | BEGINS | GOES_ON | TELLS


def _kind_of_sign(role: str) -> int:
    kind = BEGINS if role in BEGINNINGS else 0
    kind |= GOES_ON if role in INSIDE else 0
    kind |= 0 if role in UNTELLING else TELLS
    return kind | IS_TOPIC if role in {TOPIC, TAKES} else kind


_KINDS: Final = {sign: _kind_of_sign(sign) for sign in _NO_TERMS}


def kind_of(role: str) -> int:
    """Return the kind of a role: what is no sign is the label of a term."""
    return _KINDS.get(role, _OF_TERMS)


def is_term(role: str) -> bool:
    """Return whether a role is the label of a term, weak or not."""
    return role not in _NO_TERMS


def label_of(role: str) -> str:
    """Return the label of a term's role."""
    return role.removeprefix(WEAK)


def measured(roles: Sequence[str], label: str, *, cents: bool = False) -> list[str]:
    """Return the roles of a phrase, where what is measured or paid has that label: all of its words.

    `cents`: so has the number behind it with which the phrase ends, "forty two pounds fifty".
    """
    found = list(roles)
    for at, role in enumerate(roles):
        if role == PRICE:
            found[at] = WEAK + label
        elif role == UNIT and at and roles[at - 1] in {NUMBER, PRICE}:
            first = at
            while first and roles[first - 1] in _OF_NUMBERS:
                first -= 1
            first += roles[first] == AND
            found[first : at + 1] = [WEAK + label] * (at + 1 - first)
            if cents and len(roles) - at - 1 <= _CENTS and all(role == NUMBER for role in roles[at + 1 :]):
                found[at + 1 :] = [WEAK + label] * (len(roles) - at - 1)
        elif role == SCHEDULE and at and label_of(found[at - 1]) == label:
            found[at] = WEAK + label
    return found


def complaints(roles: Sequence[str], label: str) -> list[str]:
    """Return the roles of a phrase, where a part of the body with what ails it has that label."""
    found = list(roles)
    for at, role in enumerate(roles):
        if role == COMPLAINT and at and label_of(roles[at - 1]) in _AILING:
            found[at] = WEAK + label
    return found


def clauses(roles: Sequence[str], label: str) -> list[str]:
    """Return the roles of a phrase, where what a body cannot do, and what was measured of it, has that label."""
    found = list(roles)
    for at, role in enumerate(roles):
        if label_of(role) == UNABLE:
            end = _end_of_act(roles, at + 1) if role == UNABLE else _end_of_sites(roles, at + 1)
            found[at:end] = [label] * (end - at)
        elif role == LINK and at and label_of(found[at - 1]) in {label, BEHIND}:
            end = _end_of_acts(roles, at + 1)
            found[at:end] = [BEHIND] * (end - at)  # "pain | while | urinating"
        elif label_of(role) == METER:
            end = max(_end_of_finding(roles, at + 1), _end_of_ailing(roles, at + 1, label))
            if end > at + 1 or role[0] == WEAK:
                found[at:end] = [label if end > at + 1 else WEAK + label] * (end - at)
        elif role == SITE:
            end = _end_of_ailing(roles, at + 1, label)
            if end > at + 1:
                found[at:end] = [label] * (end - at)
    return [UNTOLD if label_of(role) in _OF_CLAUSES else role for role in found]


def _end_of_ailing(roles: Sequence[str], at: int, label: str) -> int:
    """Return where what ails a part of the body ends; where it would begin if nothing does."""
    place = at
    while place < len(roles) and roles[place] in {READING, DEGREE, BEFORE}:
        place += 1
    if READING not in roles[at:place]:
        return at
    if place < len(roles) and (roles[place] in {AIL, COMPLAINT} or label_of(roles[place]) == label):
        return place + 1
    return place if roles[place - 1] == BEFORE else at


def _end_of_sites(roles: Sequence[str], at: int) -> int:
    """Return where parts of the body end, with the words before them; the place before if there are none."""
    end = at - 1
    while at < len(roles) and roles[at] in {DETERMINER, BEFORE, SITE, AND}:
        at += 1
        if roles[at - 1] == SITE:
            end = at
    return end


def _end_of_acts(roles: Sequence[str], at: int) -> int:
    """Return where one thing that a body does ends, or several; the place before if there is none."""
    end = _end_of_act(roles, at)
    while end >= at and roles[end : end + 2] == [AND, ACT]:
        end += 2
    return end


def _end_of_act(roles: Sequence[str], at: int) -> int:
    """Return where what a body does ends, with the part of it; the place before if there is none."""
    nothing = at - 1
    if roles[nothing] == UNABLE and roles[at : at + 1] == [LINK]:
        at += 1  # "difficulty | in | hearing"
    if at == len(roles) or label_of(roles[at]) != ACT:
        return nothing
    end = at + 1 if roles[at] == ACT else nothing
    place = at + 1
    while place < len(roles) and roles[place] in _OF_ACTS:
        place += 1
        if roles[place - 1] == SITE:
            end = place
    return end


def _end_of_finding(roles: Sequence[str], at: int) -> int:
    """Return where the numbers of what was measured end; where they would begin if there are none."""
    end, place = at, at
    while place < len(roles) and roles[place] in {READING, NUMBER, LINK, DEGREE}:
        place += 1
        if roles[place - 1] == NUMBER:
            end = place
    return end


def reactions(roles: Sequence[str], takers: Collection[int] = ()) -> list[str]:
    """Return the roles of a phrase, where objects belong to the term whose they are: "allergic to | peanuts".

    They are words in no list, and terms behind a determiner or one of `takers`: "allergic to | penicillin".
    """
    found, first = list(roles), 0  # `first`: where the words begin that lead to one
    for at, role in enumerate(roles):
        goes_on = at > first and is_term(role) and roles[first] == DETERMINER
        taken = at - 1 in takers and is_term(role)
        if role == THING or taken or (goes_on and first and is_term(roles[first - 1])):
            found[first : at + 1] = [BEHIND] * (at + 1 - first)
        if role not in {DETERMINER, AND, BEFORE}:
            first = at + 1
    return found


def objects(roles: Sequence[str], label: str, *, is_long: bool = False) -> list[str]:
    """Return the roles of a phrase, where words in no list behind what was done with goods have that label.

    `is_long`: the number behind it has so many figures that it counts goods or nothing: "ordered 1250 bricks".
    """
    found = list(roles)
    if roles[0] == TAKES and len(roles) > 1 and roles[1] in {DETERMINER, NUMBER}:
        at = 1
        while at < len(roles) and (roles[at] in {DETERMINER, NUMBER, BEFORE, THING} or label_of(roles[at]) == label):
            if roles[at] == THING:
                found[at] = WEAK + label
            at += 1
        if is_long and roles[1] == NUMBER and label_of(found[2]) != label:
            found[1] = UNTOLD
    return [UNTOLD if role in {TAKES, THING} else role for role in found]


def disclosures(roles: Sequence[str], *, amount: str, counts: bool, trails: bool) -> list[Disclosure]:
    """Find what is told in a phrase.

    `amount` is the label of what is measured, to which nothing else belongs; `counts`: a number before a term is of
    it ("two kids"); `trails`: modifiers may stand behind it.
    """
    found: list[Disclosure] = []
    at, size = 0, len(roles)
    while at < size:
        head = next((place for place in range(at, size) if is_term(roles[place])), -1)
        if head < 0:
            break
        label = label_of(roles[head])
        if label == amount and roles[head][0] == WEAK:
            end = head + 1
            while end < size and roles[end] == roles[head]:
                end += 1
            found.append(Disclosure(head, end, label, sure=False))
            at = end
            continue
        start = _begin_of(roles, at, head, counted=counts or label == amount)
        end, sure = _end_of(roles, head, trails=trails)
        sure = sure or CLAIM in roles[end : end + 1]
        strong = any(is_term(role) and role[0] != WEAK for role in roles[head:end])
        counted = not trails and NUMBER in roles[start:head]
        found.append(Disclosure(start, end, label, strong or sure or counted or SITE in roles[start:head]))
        at = end
    return found


def _begin_of(roles: Sequence[str], least: int, head: int, *, counted: bool) -> int:
    """Return where what ends with a term begins, at `least` or behind; `counted`: a number before it is of it."""
    start = head
    while start > least:
        role = roles[start - 1]
        if role in {BEFORE, SITE} or (role == NUMBER and counted):
            start -= 1
        elif role == AND and start - 1 > least and roles[start - 2] == SITE:
            start -= 2  # "kidney | and | heart failure"
        else:
            break
    return start


def _end_of(roles: Sequence[str], head: int, *, trails: bool) -> tuple[int, bool]:
    """Return where what begins with a term ends, and whether a part of the body behind it makes it sure."""
    label, size, end, sure = label_of(roles[head]), len(roles), head + 1, False
    while end < size:
        role = roles[end]
        if role in {BEHIND, COMPLAINT, SITE} or (is_term(role) and label_of(role) == label):
            end += 1
        elif role == LINK:
            behind = _behind_link(roles, end, label if trails else "")
            if not behind:
                break
            sure = sure or SITE in roles[end:behind]
            end = behind
        elif role in _MODIFIERS and trails:
            behind = _past(roles, end)
            if behind < size and is_term(roles[behind]):
                break  # they are of the next term
            end = behind
        else:
            break
    return end, sure


def _behind_link(roles: Sequence[str], link: int, label: str) -> int:
    """Return where what a preposition joins to a term ends; 0 where it joins nothing."""
    at = link + 1
    while at < len(roles) and roles[at] == DETERMINER:
        at += 1
    end = _past(roles, at)
    if end < len(roles) and is_term(roles[end]):
        return end + 1 if label_of(roles[end]) == label else 0
    if end == at:
        return 0
    while end < len(roles) and roles[end] == AND:
        more = end + 1 + (roles[end + 1 : end + 2] == [LINK])
        while more < len(roles) and roles[more] == DETERMINER:
            more += 1
        if _past(roles, more) == more or SITE not in roles[more : _past(roles, more)]:
            break
        end = _past(roles, more)
    return end


def _past(roles: Sequence[str], at: int) -> int:
    """Return the first place behind a run of modifiers."""
    while at < len(roles) and roles[at] in _MODIFIERS:
        at += 1
    return at
