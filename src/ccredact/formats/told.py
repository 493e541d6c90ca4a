"""What is hidden in the turns of a call, looked for beside them: in names of files, ids, numbers, pieces of a list.

A detector reads talk; there is none in `"exp": 928` or in "wilhelmina-obi.wav". What was told is known there by its
digits alone, and a name by its words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final

from ccredact.formats.base import Redacted
from ccredact.lang.en.cardinals import VALUES
from ccredact.lang.en.noise import NOISE
from ccredact.lang.en.words import CLASSES, common_words
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
_KEY_WORD: Final = re.compile(r"[A-Z]+(?![a-z])\d*|[A-Z]?[^\WA-Z_]+")
"""A word of a key: "AdaObi" has two, as "ada_obi" has."""
_TOKEN: Final = re.compile(r"[^\W_]+")
_USUAL: Final = 64
"""Keys of an object at most that is remembered: those of one with more are none that come again."""

_Words = tuple[str, ...]


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

    __slots__ = (
        "_begins", "_first_words", "_is_ascii", "_long", "_long_finder", "_most", "_name_finder", "_starts", "_words",
        "values",
    )  # fmt: skip

    def __init__(self, values: dict[str, str], names: dict[str, str], words: dict[_Words, str]) -> None:
        self.values = values
        self._words = words
        self._first_words: list[str] = list({run[0] for run in words})
        self._most = max([len(run) for run in words]) if words else 0
        self._starts = {value[:1] for value in values}
        self._long = {value: shown for value, shown in values.items() if len(value) >= LONG and value.isdecimal()}
        self._long_finder = _Finder(self._long, _spaced)
        self._name_finder = _Finder(names, _worded)
        self._begins = list({name.partition(" ")[0] for name in names})
        self._is_ascii = all(begin.isascii() for begin in self._begins)

    def __bool__(self) -> bool:
        return bool(self.values or self._begins or self._words)

    def alone(self, text: str) -> str | None:
        """Return what stands in place of a text that is a hidden value and nothing else, None for any other."""
        if not self.values or (text.isascii() and text[:1].isalnum() and text[0].lower() not in self._starts):
            return None  # most texts begin otherwise
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

    def in_key(self, key: str) -> list[tuple[int, int, str]]:
        """Return the edits of the key of an object: a value alone, a long one inside, and words that were told."""
        alone = self.alone(key)
        if alone is not None:
            return [(0, len(key), alone)]
        return self.inside(key) or list(self._words_in(key))

    def may_be_in(self, keys: tuple[str, ...]) -> bool:
        """Return whether one of these keys may have an edit: most objects have names of fields and nothing else."""
        if not self.values and not self._first_words:
            return False
        look = _look_at(keys) if len(keys) <= _USUAL else _Look(keys)
        if look.has_figure:
            return True
        for word in self._first_words:  # noqa: SIM110 - a loop is compiled, a generator called
            if word in look.folded:
                return True
        return False

    def _words_in(self, key: str) -> Iterator[tuple[int, int, str]]:
        """Yield where a key says words that were told, the longest run of them first."""
        whole = key.casefold()
        for word in self._first_words:
            if word in whole:
                break
        else:
            return
        spans = [match.span() for match in _KEY_WORD.finditer(key)]
        words = [key[start:end].casefold() for start, end in spans]
        at = 0
        while at < len(words):
            runs = (tuple(words[at:end]) for end in range(min(at + self._most, len(words)), at, -1))
            run = next((run for run in runs if run in self._words), None)
            if run is not None:
                yield spans[at][0], spans[at + len(run) - 1][1], self._words[run]
            at += len(run or " ")


class _Look:
    """The keys of an object, seen once: whether one has a digit, and all of them in one case."""

    __slots__ = ("folded", "has_figure")

    def __init__(self, keys: tuple[str, ...]) -> None:
        whole = "\0".join(keys)
        self.folded = whole.casefold()
        self.has_figure = _FIGURE.search(whole) is not None


@lru_cache(maxsize=1024)
def _look_at(keys: tuple[str, ...]) -> _Look:
    return _Look(keys)


def told_in(texts: Sequence[str], redacted: Sequence[Redacted], labels: Iterable[tuple[str, str]] = ()) -> Told:
    """Return what is hidden in texts; `labels` are names of speakers, with what is shown for them."""
    pieces: dict[int, list[tuple[str, str]]] = {}
    names: dict[str, str] = {}
    words: dict[_Words, str] = {}
    for name, shown in labels:
        _add_name(names, name, shown)
        _add_words(words, name, shown, is_name=True)
    for text, new in zip(texts, redacted, strict=True):
        for edit in new.edits:
            if edit.entity is None:
                continue
            said = text[edit.start : edit.end]
            _add_words(words, said, edit.text, is_name=edit.entity.label == "PERSON")
            if edit.entity.label == "PERSON":
                _add_name(names, said, edit.text)
            else:
                pieces.setdefault(edit.entity.id, []).append((_digits_of(said), edit.text))
    values: dict[str, str] = {}
    for parts in pieces.values():
        _add_values(values, parts)
    return Told(values, names, words)


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


def _add_words(words: dict[_Words, str], said: str, shown: str, *, is_name: bool) -> None:
    """Take the words of what is hidden, by which a key is known: all of them, and each one of a name.

    A single everyday word is what many fields are called: a person called Will renames no "will".
    """
    tokens = tuple(token.casefold() for token in _TOKEN.findall(said))
    if len(tokens) > 1:
        words.setdefault(tokens, shown)
    if is_name and len(tokens) > 1:
        words.setdefault(("".join(tokens),), shown)  # "adaobi"
    for token in tokens if is_name or len(tokens) == 1 else ():
        if len(token) >= LEAST and is_telling(token):
            words.setdefault((token,), shown)


def is_telling(word: str) -> bool:
    """Return whether a word alone, in lower case, is no everyday one: then it may say in a key what was told."""
    return word not in common_words()


def _words_of(name: str) -> str:
    """Return the words of a name with a space between two, in one case."""
    return " ".join(_NAME.findall(name)).casefold()


def _spaced(value: str) -> str:
    """Return the pattern of digits that may have a mark between two of them."""
    return r"[\W_]?".join(value)


def _worded(name: str) -> str:
    """Return the pattern of a name that stands as whole words."""
    return r"(?<![^\W\d_])" + r"[\W\d_]{0,3}".join(name.split()) + r"(?![^\W\d_])"
