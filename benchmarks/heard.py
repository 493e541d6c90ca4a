"""Measure what a reader would learn of values that a recogniser has heard, over a folder of heard calls.

    python benchmarks/heard.py FOLDER
    python benchmarks/heard.py FOLDER --show 20

The calls are of the gold form, `text` as it was heard. Each entity has what was `said`, and its place was carried over
by alignment, so that it may be off by a word; garble that tells nothing is no leak. *to be read* is the share of what
was said that stands uncovered there: of numbers, codes and dates the digits, in runs of two and more, of the rest the
letters, in runs of three and more. *more than half* is the share of entities of which more than half is. Each has its
95 % Wilson interval, which counts entities. Marks with `doubt` and labels that ccredact does not look for are left out.
"""

from __future__ import annotations

import argparse
import re
from collections import defaultdict
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import score
from by_entity import written
from ccredact import Redactor
from ccredact.entities import ENTITY_TYPES
from ccredact.lang.en.cardinals import TEENS, TENS, UNITS
from gold import gold_files, own_label, read_calls, show
from ours import predict

if TYPE_CHECKING:
    from collections.abc import Sequence

_WORD: Final = re.compile(r"\w[\w'-]*")
_DIGITS: Final = {**UNITS, **TEENS, **{word: digits[0] for word, digits in TENS.items()}}
_LETTERED: Final = frozenset({"person", "secret", "place"})
"""Groups of entities that are read as letters, but for those whose digits are all they are."""
_DIGITS_ONLY: Final = frozenset({"CREDIT_CARD_CVV", "PIN", "OTP", "POSTCODE"})
_LEAST_DIGITS: Final = 2
_LEAST_LETTERS: Final = 3


@dataclass
class Heard:
    """What is to be read of the entities of one row."""

    entities: int = 0
    size: int = 0
    read: int = 0
    half: int = 0


def digits(text: str) -> str:
    """Give the digits of a text, said or written."""
    keys = re.findall(r"\w+", text.lower())
    return "".join(_DIGITS.get(key, "".join(filter(str.isdigit, key))) for key in keys)


def letters(text: str) -> str:
    """Give the letters of a text."""
    return "".join(filter(str.isalpha, text.lower()))


def told(said: str, left: str, label: str) -> tuple[int, int]:
    """Give how many characters of `said` are to be read in `left`, and of how many."""
    lettered = ENTITY_TYPES[label].group in _LETTERED and label not in _DIGITS_ONLY
    read, least = (letters, _LEAST_LETTERS) if lettered else (digits, _LEAST_DIGITS)
    if not read(said):
        read, least = letters, _LEAST_LETTERS
    whole, rest = read(said), read(left)
    least = min(least, max(1, len(whole)))
    blocks = SequenceMatcher(None, whole, rest, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks if block.size >= least), len(whole)


class Reader:
    """Counts over heard calls."""

    def __init__(self, redactor: Redactor) -> None:
        self.redactor = redactor
        self.rows: defaultdict[str, Heard] = defaultdict(Heard)
        self.left: list[str] = []
        """What is to be read, with its turn."""
        self.words = self.hidden = 0

    def take(self, path: Path) -> None:
        """Redact the calls of a file and count."""
        for call in read_calls(path):
            for turn, found in zip(call["turns"], predict(self.redactor, call)["turns"], strict=True):
                self._take_turn(turn, found["entities"])

    def _take_turn(self, turn: dict[str, Any], found: Sequence[dict[str, Any]]) -> None:
        text = turn["text"]
        hit = {at for one in found for at in range(one["start"], one["end"])}
        gold = {at for one in turn["entities"] for at in range(one["start"], one["end"])}
        for word in _WORD.finditer(text):
            place = range(*word.span())
            if gold.isdisjoint(place):
                self.words += 1
                self.hidden += not hit.isdisjoint(place)
        for entity in turn["entities"]:
            label = own_label(entity["label"])
            known = label in ENTITY_TYPES and self.redactor.policy.enabled(label)
            if not known or entity["label"] in score.SOFT or entity.get("doubt"):
                continue
            left = "".join(text[at] if at not in hit else " " for at in range(entity["start"], entity["end"]))
            read, size = told(entity["said"], left, label)
            if not size:
                continue
            for name in (label, "all"):
                row = self.rows[name]
                row.entities, row.size, row.read = row.entities + 1, row.size + size, row.read + read
                row.half += 2 * read > size
            if read:
                self.left.append(f"{label}: {left.strip()!r} of {entity['said']!r} in {text!r}")

    def table(self) -> list[list[str]]:
        """Lay the counts out."""
        table = [["entity", "entities", "to be read", "more than half"]]
        for label in (name for name in (*ENTITY_TYPES, "all") if name in self.rows):
            row = self.rows[label]
            read = (row.entities * row.read / row.size, row.entities)
            half = (row.half, row.entities)
            table.append([f"`{label}`" if label != "all" else label, f"{row.entities:,}", written(read), written(half)])
        table.append(["other words hidden", f"{self.words:,}", written((self.hidden, self.words)), ""])
        return table


def heard(folder: Path, redactor: Redactor) -> Reader:
    """Count over every file of a folder."""
    reader = Reader(redactor)
    for path in gold_files(folder):
        reader.take(path)
    return reader


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, help="a folder of *.jsonl files or one file")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="print up to N entities of which some is left")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args(arguments)
    reader = heard(args.gold, Redactor())
    show(reader.table(), [reader.table()], as_json=args.json)
    for line in reader.left[: args.show]:
        print(line)


if __name__ == "__main__":
    main()
