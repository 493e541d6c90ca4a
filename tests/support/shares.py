"""What is left to see of marked calls, counted over many of them, and the smallest call in which something is."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from hypothesis import find, settings

from strategies import made

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Iterable, Sequence

    from case_files import Line
    from ccredact import Segment

T = TypeVar("T")


def labels_of(line: Line, segments: Iterable[Segment]) -> list[str | None]:
    """Give for every character of a turn the label that hides it, None where nothing does."""
    labels: list[str | None] = [None] * len(line.text)
    for segment in segments:
        for entity in segment.entities:
            labels[entity.start : entity.end] = [entity.label] * (entity.end - entity.start)
    return labels


class Shares:
    """Shares, in percent, of what is marked and of what is not, over the calls that it was given."""

    def __init__(self) -> None:
        self.calls = self.touched = self.whole = 0
        self.letters = self.left = self.other = 0
        self.words = self.hidden = 0

    def take(self, lines: Sequence[Line], answers: Iterable[Sequence[Segment]]) -> bool:
        """Count a call, or a part of it, and return whether something of what is marked is left."""
        letters = left = 0
        for line, segments in zip(lines, answers, strict=True):
            labels = labels_of(line, segments)
            marked = [False] * len(line.text)
            for label, start, end in line.marks:
                marked[start:end] = [True] * (end - start)
                found = [labels[at] for at in range(start, end) if line.text[at].isalnum()]
                letters += len(found)
                left += found.count(None)
                self.other += sum(got not in {None, label} for got in found)
            self._count(line.text, marked, labels)
        self.letters += letters
        self.left += left
        self.calls += 1
        self.touched += left > 0
        self.whole += left == letters > 0
        return left > 0

    def take_words(self, lines: Sequence[Line], answers: Iterable[Sequence[Segment]]) -> None:
        """Count the words of turns in which nothing is marked, and no call; turns with marks are passed over."""
        for line, segments in zip(lines, answers, strict=True):
            if not line.marks:
                self._count(line.text, [False] * len(line.text), labels_of(line, segments))

    def _count(self, text: str, marked: Sequence[bool], labels: Sequence[str | None]) -> None:
        at = 0
        for word in text.split():
            start = text.index(word, at)
            at = start + len(word)
            if not any(marked[start:at]):
                self.words += 1
                self.hidden += any(label is not None for label in labels[start:at])

    @property
    def of_letters(self) -> float:
        """What is left of the letters and digits of what is marked."""
        return 100 * self.left / max(1, self.letters)

    @property
    def of_calls(self) -> float:
        """Calls in which any of them is left."""
        return 100 * self.touched / max(1, self.calls)

    @property
    def of_whole(self) -> float:
        """Calls in which all of them are left."""
        return 100 * self.whole / max(1, self.calls)

    @property
    def of_labels(self) -> float:
        """What of the letters and digits that are hidden has another label than its own."""
        return 100 * self.other / max(1, self.letters - self.left)

    @property
    def of_words(self) -> float:
        """Words beside what is marked of which something is hidden."""
        return 100 * self.hidden / max(1, self.words)


def smallest(make: Callable[[random.Random], list[Line]], is_wrong: Callable[[list[Line]], bool]) -> str:
    """Find a call that is wrong, make it as small as can be, and show it."""
    return "\n".join(f"{line.speaker}: {line.text}" for line in smallest_of(make, is_wrong))


def smallest_of(make: Callable[[random.Random], T], is_wrong: Callable[[T], bool]) -> T:
    """Find something that is wrong, and make it as small as can be."""
    return find(made(make), is_wrong, settings=settings(max_examples=2_000, database=None, derandomize=True))
