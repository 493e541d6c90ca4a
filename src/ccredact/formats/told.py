"""What is hidden in the turns of a call, looked for beside them: in names of files, ids, numbers, pieces of a list.

A detector reads talk; there is none in `"exp": 928` or in "wilhelmina-obi.wav". What was told is known there by its
digits alone, and a name by its words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from ccredact.lang.en.cardinals import VALUES
from ccredact.lang.en.noise import NOISE
from ccredact.lang.en.words import CLASSES
from ccredact.numbers.composer import read_words
from ccredact.text.words import keys_of

if TYPE_CHECKING:
    from ccredact.formats.base import Redacted

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


@dataclass(frozen=True, slots=True)
class _Finder:
    """What is looked for in a text, a group of `pattern` each, and what is shown for each."""

    pattern: re.Pattern[str] = field(repr=False)
    shown: Sequence[str] = field(repr=False)

    def edits(self, text: str) -> list[tuple[int, int, str]]:
        """Return the edits of a text in which it stands."""
        return [(*match.span(), self.shown[(match.lastindex or 1) - 1]) for match in self.pattern.finditer(text)]


@dataclass(frozen=True, slots=True)
class Told:
    """Values and names that are hidden, with what stands in their place."""

    values: Mapping[str, str] = field(repr=False)
    _long: _Finder | None = field(repr=False)
    _names: _Finder | None = field(repr=False)

    def __bool__(self) -> bool:
        return bool(self.values or self._names)

    def alone(self, text: str) -> str | None:
        """Return what stands in place of a text that is a hidden value and nothing else, None for any other."""
        return self.values.get(bare_of(text))

    def inside(self, text: str) -> list[tuple[int, int, str]]:
        """Return the edits of a text in which long values stand."""
        return [] if self._long is None else self._long.edits(text)

    def named(self, text: str) -> list[tuple[int, int, str]]:
        """Return the edits of a text in which names stand as whole words."""
        return [] if self._names is None else self._names.edits(text)

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
    long = {value: shown for value, shown in values.items() if len(value) >= LONG and value.isdecimal()}
    return Told(values, _finder(long, _spaced), _finder(names, _worded))


def bare_of(text: str) -> str:
    """Return the letters and digits of a text, in one case."""
    return "".join(filter(str.isalnum, text)).casefold()


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


def _finder(shown: Mapping[str, str], pattern_of: Callable[[str], str]) -> _Finder | None:
    """Return what finds texts, the longest first."""
    texts = sorted(shown, key=len, reverse=True)
    if not texts:
        return None
    pattern = "|".join(f"({pattern_of(text)})" for text in texts)
    return _Finder(re.compile(pattern, re.IGNORECASE), [shown[text] for text in texts])
