"""What files and members are called in a copy, its manifest, its report and its errors: as they are, or redacted.

A part of a path that says something to hide gets the redacted words and a token, an HMAC of the path up to there under
the key: `[PERSON]-0f3a...` . So two files never share a name, a folder stays one folder, and the same file has the same
name in every run, by any worker, whatever files come or go beside it. A number in the place of the token would depend
on the others; an open digest could be tried out, as there are few names and numbers. Hence a key is needed.
"""

from __future__ import annotations

import hmac
import itertools
import posixpath
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from ccredact.archive.names import LONGEST_PART, endings_of, name_problem
from ccredact.errors import PolicyError
from ccredact.formats.base import collect
from ccredact.formats.json.fields import LEAST
from ccredact.formats.words import merged
from ccredact.operators import KEY_BYTES
from ccredact.transcript import Utterance

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccredact.formats.base import Edit
    from ccredact.redactor import Redactor

_TOKEN: Final = 16
"""Letters of a token, four bits each: of a million files that look the same, two share one in 40 million runs."""
_BETWEEN: Final = re.compile(r"[_\W]|(?<=[a-z])(?=[A-Z])|(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")
"""What stands between the words of a name, or nothing where a hump or a figure begins one: "JohnSmith_pin4821"."""
_WORD: Final = re.compile(r"[^\W\d_]+")
"""What is read by twos: figures are not, as a number is one as a whole."""
_UNSAFE: Final = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]+')
"""What no file's name may hold on one system or another; an operator may write it."""
_ENDING: Final = re.compile(r"\.\w{1,8}", re.ASCII)
"""An ending that nobody knows, and that said nothing to hide."""
_NO_NAME: Final = "[NAME]"


_REMEMBERED: Final = 10_000
"""Folders."""


class FileNames(Protocol):
    """What files and members are called."""

    def shown(self, name: str, *, inside: str = "") -> str:
        """Return what a file is called, or a member of the container that is called `inside`."""


@dataclass(frozen=True, slots=True)
class KeptNames:
    """Names as they are."""

    def shown(self, name: str, *, inside: str = "") -> str:
        """Return the name (`FileNames.shown`)."""
        del inside
        return name


class RedactedNames:
    """Names redacted by the patterns of a redactor; raises `PolicyError` without a key."""

    def __init__(self, redactor: Redactor, key: bytes | None) -> None:
        if key is None or len(key) < KEY_BYTES:
            raise PolicyError(
                f"redacting file names needs a key of at least {KEY_BYTES} bytes, to tell files apart without a name: "
                "give key= (in the shell --key-file; head -c 32 /dev/urandom makes one)"
            )
        self._redactor = redactor
        self._key = hmac.digest(key, b"ccredact file names", "sha256")
        self._folders: dict[tuple[str, str], str] = {}

    def shown(self, name: str, *, inside: str = "") -> str:
        """Return the name redacted (`FileNames.shown`); of one that cannot be a name nothing is told."""
        if name_problem(name):
            return f"{_NO_NAME}-{self._token(name, inside)}{endings_of(name)}"
        name = posixpath.normpath(name)
        folder, slash, last = name.rpartition("/")
        return f"{self._folder(folder, inside)}{slash}{self._part(last, name, inside)}"

    def _folder(self, path: str, inside: str) -> str:
        """Return a folder redacted; the last ones are remembered, as many files lie in each."""
        if not path:
            return path
        known = self._folders.get((path, inside))
        if known is None:
            above, slash, last = path.rpartition("/")
            known = f"{self._folder(above, inside)}{slash}{self._part(last, path, inside)}"
            if len(self._folders) >= _REMEMBERED:
                self._folders.clear()
            self._folders[path, inside] = known
        return known

    def _part(self, part: str, path: str, inside: str) -> str:
        """Return one part of a path, which `path` ends with."""
        endings = endings_of(part)
        stem = part[: len(part) - len(endings)]
        new = self._redacted(stem) if sum(map(str.isalnum, stem)) >= LEAST else stem
        if new == stem:
            return part
        token = self._token(path, inside)
        new, ending = posixpath.splitext(new)
        if _ENDING.fullmatch(ending):
            endings = ending + endings
        else:
            new += ending
        room = LONGEST_PART - len(f"-{token}{endings}".encode())
        return f"{new.encode()[:room].decode(errors='ignore')}-{token}{endings}"

    def _redacted(self, stem: str) -> str:
        """Return a name without what any reading of it has to hide: as it is, with blanks between its words, by twos.

        A name of a file is no sentence: in "mary jones final" nothing says that two of the words go together.
        """
        places: list[int] = []
        spread = ""
        at = 0
        for match in _BETWEEN.finditer(stem):
            spread += stem[at : match.start()] + " "
            places += range(at, match.start() + 1)
            at = match.end()
        spread += stem[at:]
        places += range(at, len(stem) + 1)
        found = [(places[edit.start], places[edit.end - 1] + 1, edit.text) for edit in self._edits(spread)]
        found += [(edit.start, edit.end, edit.text) for edit in self._edits(stem)]
        words = list(_WORD.finditer(spread))
        for first, second in itertools.pairwise(words):
            for edit in self._edits(f"{first.group()} {second.group()}"):
                start, end = _place_of(edit, first, second)
                found.append((places[start], places[end - 1] + 1, edit.text))
        parts: list[str] = []
        at = 0
        for start, end in merged((start, end) for start, end, _ in found):
            parts += (stem[at:start], _UNSAFE.sub("_", _text_of(found, start, end)))
            at = end
        return "".join([*parts, stem[at:]])

    def _edits(self, text: str) -> Sequence[Edit]:
        utterance = Utterance(text, id="")
        return [edit for edit in collect([utterance], self._redactor.redact_call([utterance]))[0].edits if edit.entity]

    def _token(self, path: str, inside: str) -> str:
        data = f"{inside}!{path}".encode("utf-8", "surrogatepass")
        return hmac.digest(self._key, data, "sha256").hex()[:_TOKEN]


def _place_of(edit: Edit, first: re.Match[str], second: re.Match[str]) -> tuple[int, int]:
    """Return where in a name stands what is hidden in two words of it, read with one blank between them."""
    length = len(first.group())
    start = first.start() + edit.start if edit.start < length else second.start() + edit.start - length - 1
    end = first.start() + edit.end if edit.end <= length else second.start() + edit.end - length - 1
    return start, end


def _text_of(found: Sequence[tuple[int, int, str]], start: int, end: int) -> str:
    """Return what stands in a place of a name: what the first reading that hides anything there has written."""
    texts: list[str] = []
    reached = start
    for first, last, text in found:
        if start <= first < end and first >= reached:
            texts.append(text)
            reached = last
    return "-".join(texts)
