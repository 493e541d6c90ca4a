"""The grammar's language: weighted productions in text files, compiled into trees once.

    @ask_name                       a symbol; the lines below it are its alternatives
    3* what's your name(, please|)? an alternative three times as likely, with a choice inside
    <ack> and your {me.last}?       <symbol>, {slot}
    A: <ask_name> C: <give_name>    a change of speaker: a symbol may stand for many turns
    my [C (bad |)knee] hurts        an entity, by the letter of its label (`MARKS`)

Text stands in lower case with punctuation; a proper noun keeps its capital. How a recogniser or a typist would
write it is not the grammar's business (`style`).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import resources
from itertools import accumulate
from random import Random
from typing import Protocol, TypeAlias

_TOKEN = re.compile(
    r"<(?P<symbol>\w+)>|\{(?P<slot>[^{}]+)\}|(?P<turn>\b[AC]:)|(?P<mark>[(|)])"
    r"|\[(?P<open>[CMPFI$D]) |(?P<close>\])|(?P<text>[^<{(|)AC\[\]]+|[AC\[])"
)
_FILLED = re.compile(r"<\w+>|\{[^{}]+\}")
_ARTICLE = re.compile(r"\s*(?:an?|the|my|your|some)\s+(?=\S)")
"""Stands before an entity, not in it."""
_WEIGHT = re.compile(r"(\d+)\*\s*")


MARKS: Mapping[str, str] = {
    "C": "MEDICAL_CONDITION",
    "M": "MEDICATION",
    "P": "MEDICAL_PROCEDURE",
    "F": "FAMILY_RELATION",
    "I": "PURCHASE_ITEM",
    "$": "PURCHASE_AMOUNT",
    "D": "PURCHASE_DATE",
}
"""Labels by the letter behind a bracket."""


class GrammarError(ValueError):
    """A production that cannot be read, with its place."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; `label` is "" outside entities."""

    text: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """A change of speaker."""

    speaker: str


class Slots(Protocol):
    """What fills the slots: the people, places and numbers of one call."""

    def fill(self, slot: str) -> Iterable[Piece]:
        """Return the pieces for `{slot}`."""


@dataclass(frozen=True, slots=True)
class _Symbol:
    name: str


@dataclass(frozen=True, slots=True)
class _Slot:
    name: str


@dataclass(frozen=True, slots=True)
class _Open:
    label: str


@dataclass(frozen=True, slots=True)
class _Close:
    pass


@dataclass(frozen=True, slots=True)
class _Choice:
    options: "tuple[_Sequence, ...]"
    weights: tuple[int, ...]  # cumulative


_Node: TypeAlias = "Piece | Turn | _Symbol | _Slot | _Open | _Close | _Choice"
_Sequence: TypeAlias = tuple[_Node, ...]


def _leaf(found: re.Match[str]) -> _Node:
    if found["symbol"]:
        return _Symbol(found["symbol"])
    if found["slot"]:
        return _Slot(found["slot"])
    if found["open"]:
        return _Open(MARKS[found["open"]])
    if found["close"]:
        return _Close()
    if found["turn"]:
        return Turn("agent" if found["turn"] == "A:" else "customer")
    return Piece(found["text"])


def _parse(line: str, where: str) -> _Sequence:
    # What fills a slot is words of its own; `utterance` takes the blank back where punctuation follows.
    line = _FILLED.sub(r" \g<0> ", line)
    stack: list[list[list[_Node]]] = [[[]]]
    position = marked = 0
    while position < len(line):
        found = _TOKEN.match(line, position)
        if found is None:
            raise GrammarError(f"{where}: cannot read {line[position:]!r}")
        position = found.end()
        marked += bool(found["open"]) - bool(found["close"])
        if marked < 0:  # a bracket of the text: "[ADDRESS]"
            marked = 0
            stack[-1][-1].append(Piece("]"))
        elif not found["mark"]:
            stack[-1][-1].append(_leaf(found))
        elif found["mark"] == "(":
            stack.append([[]])
        elif found["mark"] == "|":
            stack[-1].append([])
        else:
            options = tuple(tuple(option) for option in stack.pop())
            if not stack:
                raise GrammarError(f"{where}: a bracket too many")
            stack[-1][-1].append(_Choice(options, tuple(range(1, len(options) + 1))))
    if len(stack) != 1 or len(stack[0]) != 1:
        raise GrammarError(f"{where}: a bracket is open, or a bar stands outside brackets")
    return tuple(stack[0][0])


def _production(line: str, where: str) -> tuple[_Sequence, int]:
    weight = _WEIGHT.match(line)
    text = (line[weight.end() :] if weight else line).strip()
    # "_" alone stands for nothing said: an empty line could not be told from a gap
    return () if text == "_" else _parse(text, where), int(weight[1]) if weight else 1


class Grammar:
    """All productions; `expand` makes one text from a symbol."""

    def __init__(self, rules: Mapping[str, _Choice]) -> None:
        self._rules = dict(rules)
        for name, rule in rules.items():
            for missing in _used(rule) - set(rules):
                raise GrammarError(f"@{name}: no production for <{missing}>")

    @classmethod
    def read(cls, files: Mapping[str, str]) -> "Grammar":
        """Return the grammar of these texts, by the name that an error gives."""
        options: dict[str, list[tuple[_Sequence, int]]] = {}
        for name in sorted(files):
            symbol = ""
            for number, line in enumerate(files[name].splitlines(), start=1):
                if line.startswith("@"):
                    symbol = line[1:].strip()
                    options.setdefault(symbol, [])
                elif line.strip() and not line.startswith("#"):
                    options[symbol].append(_production(line, f"{name}:{number}"))
        return cls(
            {
                name: _Choice(tuple(text for text, _ in lines), tuple(accumulate(weight for _, weight in lines)))
                for name, lines in options.items()
            }
        )

    def expand(self, symbol: str, rng: Random, slots: Slots) -> list[Piece | Turn]:
        """One random text of `symbol`."""
        pieces: list[Piece | Turn | _Open] = []
        stack: list[_Node] = [_Symbol(symbol)]
        while stack:
            node = stack.pop()
            if isinstance(node, (Piece, Turn)):
                pieces.append(node)
            elif isinstance(node, _Slot):
                pieces.extend(slots.fill(node.name))
            elif isinstance(node, _Open):
                pieces.append(node)
            elif isinstance(node, _Close):
                _close(pieces)
            else:
                choice = self._rules[node.name] if isinstance(node, _Symbol) else node
                stack.extend(reversed(rng.choices(choice.options, cum_weights=choice.weights)[0]))
        return [piece for piece in pieces if not isinstance(piece, _Open)]

    def slots(self) -> frozenset[str]:
        """Every slot that a production uses."""
        return frozenset(name for rule in self._rules.values() for name in _used(rule, slots=True))


def _close(pieces: list[Piece | Turn | _Open]) -> None:
    """Make one entity of what stands behind the last bracket."""
    at = max(number for number, piece in enumerate(pieces) if isinstance(piece, _Open))
    opened, text = pieces[at], "".join(piece.text for piece in pieces[at:] if isinstance(piece, Piece))
    pieces[at:] = []
    if isinstance(opened, _Open) and text.strip():
        article = _ARTICLE.match(text)
        pieces += [Piece(article[0])] if article else []
        pieces.append(Piece(text[article.end() :] if article else text, opened.label))


def _used(node: _Choice, *, slots: bool = False) -> set[str]:
    kind = _Slot if slots else _Symbol
    found: set[str] = set()
    for option in node.options:
        for part in option:
            if isinstance(part, kind):
                found.add(part.name)
            elif isinstance(part, _Choice):
                found |= _used(part, slots=slots)
    return found


def load_grammar() -> Grammar:
    """Return the grammar of `grammar/*.txt`; a symbol may be continued in another file."""
    folder = resources.files("corpus").joinpath("grammar")
    return Grammar.read({path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()})
