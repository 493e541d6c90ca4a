"""What is hidden in the turns of a call, looked for beside them: in names of files, ids, numbers, pieces of a list.

A detector reads talk; there is none in `"exp": 928` or in "wilhelmina-obi.wav". What was told is known there by its
digits alone, and a name by its words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from ccredact.formats.base import Redacted
from ccredact.lang.en.cardinals import VALUES
from ccredact.lang.en.noise import NOISE
from ccredact.lang.en.words import CLASSES
from ccredact.numbers.composer import read_words
from ccredact.text.words import keys_of

LEAST: Final = 3
"""Digits of a value that is known where it stands alone."""
LONG: Final = 7
"""Digits of a value that is known inside another, too."""
_LONGEST: Final = 24
"""Digits of one value, put together from pieces in several turns."""
_LETTERS: Final = 4
"""Letters of a name of one word."""
_NAME: Final = re.compile(r"[^\W\d_]+")
_FIGURE: Final = re.compile(r"\d")
_FIGURES: Final = re.compile(rf"\d(?:[\W_]?\d){{{LONG - 1}}}")
_MARKS: Final = re.compile(r"[\W_]+")


class _Finder:
    """What is looked for in a text, each with what is shown for it: most texts have none of it."""

    __slots__ = ("_pattern", "_pattern_of", "_shown", "_texts")

    def __init__(self, shown: dict[str, str], pattern_of: Callable[[str], str]) -> None:
        self._shown = shown
        self._texts = sorted(shown, key=len, reverse=True)  # the longest is looked for first
        self._pattern_of = pattern_of
        self._pattern: re.Pattern[str] | None = None

    def edits(self, text: str) -> list[tuple[int, int, str]]:
        """Return the edits of a text in which it stands."""
        if self._pattern is None:  # to make it takes longer than what is looked at before
            self._pattern = re.compile("|".join([f"({self._pattern_of(one)})" for one in self._texts]), re.IGNORECASE)
        found = []
        for match in self._pattern.finditer(text):
            begin, end = match.span()
            found.append((begin, end, self._shown[self._texts[(match.lastindex or 1) - 1]]))
        return found


class Told:
    """Values and names that are hidden, with what stands in their place."""

    __slots__ = ("_begins", "_is_ascii", "_long", "_long_finder", "_name_finder", "values")

    def __init__(self, values: dict[str, str], names: dict[str, str]) -> None:
        self.values = values
        self._long = {value: shown for value, shown in values.items() if len(value) >= LONG and value.isdecimal()}
        self._long_finder = _Finder(self._long, _spaced)
        self._name_finder = _Finder(names, _worded)
        self._begins = list({name.partition(" ")[0] for name in names})
        self._is_ascii = all(begin.isascii() for begin in self._begins)

    def __bool__(self) -> bool:
        return bool(self.values or self._begins)

    def alone(self, text: str) -> str | None:
        """Return what stands in place of a text that is a hidden value and nothing else, None for any other."""
        return self.values.get(bare_of(text)) if _FIGURE.search(text) else None

    def inside(self, text: str) -> list[tuple[int, int, str]]:
        """Return the edits of a text in which long values stand."""
        if not self._long or _FIGURES.search(text) is None:
            return []
        bare = _MARKS.sub("", text)
        if not any(value in bare for value in self._long):
            return []
        return self._long_finder.edits(text)

    def named(self, text: str) -> list[tuple[int, int, str]]:
        """Return the edits of a text in which names stand as whole words."""
        if not self._begins:
            return []
        if self._is_ascii and text.isascii():
            lower = text.lower()
            for begin in self._begins:
                if begin in lower:
                    break
            else:
                return []
        return self._name_finder.edits(text)

    def in_name(self, text: str) -> list[tuple[int, int, str]]:
        """Return the edits of an id or a name of a file."""
        alone = self.alone(text)
        if alone is not None:
            return [(0, len(text), alone)]
        edits = self.inside(text)
        return edits or self.named(text)


def told_in(texts: Sequence[str], redacted: Sequence[Redacted], labels: Iterable[tuple[str, str]] = ()) -> Told:
    """Return what is hidden in texts; `labels` are names of speakers, with what is shown for them."""
    pieces: dict[int, list[tuple[str, str]]] = {}
    names: dict[str, str] = {}
    for name, shown in labels:
        _add_name(names, name, shown)
    for text, new in zip(texts, redacted, strict=True):
        for edit in new.edits:
            if edit.entity is None:
                continue
            said = text[edit.start : edit.end]
            if edit.entity.label == "PERSON":
                _add_name(names, said, edit.text)
            else:
                pieces.setdefault(edit.entity.id, []).append((_digits_of(said), edit.text))
    values: dict[str, str] = {}
    for parts in pieces.values():
        _add_values(values, parts)
    return Told(values, names)


def bare_of(text: str) -> str:
    """Return the letters and digits of a text, in one case."""
    return text.casefold() if text.isalnum() else "".join(filter(str.isalnum, text)).casefold()


def _digits_of(said: str) -> str:
    """Return the digits of what was said, or its letters and digits where it has both in figures."""
    if _FIGURE.search(said):
        return bare_of(said)
    words = [(key, CLASSES.get(key, 0)) for key in keys_of(said, NOISE)]
    return "".join(readings[0] for readings in read_words(words, VALUES))


def _add_values(values: dict[str, str], parts: Sequence[tuple[str, str]]) -> None:
    """Take what the pieces of one entity are, alone and together: it may be said in pieces, and more than once."""
    for first in range(len(parts)):
        whole = ""
        for piece, _ in parts[first:]:
            whole += piece
            if len(whole) > _LONGEST:
                break
            for value in {whole, whole.lstrip("0")}:  # a number has no zeros before it
                if sum(map(str.isdecimal, value)) >= LEAST:
                    values.setdefault(value, parts[first][1])


def _add_name(names: dict[str, str], name: str, shown: str) -> None:
    words = _words_of(name)
    if " " in words or len(words) >= _LETTERS:
        names.setdefault(words, shown)


def _words_of(name: str) -> str:
    """Return the words of a name with a space between two, in one case."""
    return " ".join(_NAME.findall(name)).casefold()


def _spaced(value: str) -> str:
    """Return the pattern of digits that may have a mark between two of them."""
    return r"[\W_]?".join(value)


def _worded(name: str) -> str:
    """Return the pattern of a name that stands as whole words."""
    return r"(?<![^\W\d_])" + r"[\W\d_]{0,3}".join(name.split()) + r"(?![^\W\d_])"
