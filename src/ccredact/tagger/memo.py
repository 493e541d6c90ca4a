"""What the network has told of a hypothesis: the next one that begins with the same words asks for new ones only."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Final

from ccredact.tagger import architecture as arch

if TYPE_CHECKING:
    from ccredact.tagger.architecture import Tagged

_NO_FORMS: Final[list[str]] = []
_NO_PLACES: Final[list[int]] = []
_NO_TAGS: Final[list[Tagged]] = []


class TagMemo:
    """The tags of the last hypothesis; it is for hypotheses that stand behind the same words of the call."""

    __slots__ = ("_forms", "_starts", "_tags", "_wanted")

    def __init__(self) -> None:
        self._forms = _NO_FORMS
        self._wanted = self._starts = _NO_PLACES
        self._tags = _NO_TAGS

    def known(self, forms: list[str], wanted: list[int], starts: list[int]) -> list[Tagged]:
        """Return the tags of the first of the wanted words: of those whose tags are what they were the last time.

        `forms` are those of the hypothesis, `wanted` the places of the words to tag and `starts` those of them with
        which something may begin (`Network.tags`), ascending. What is left to be tagged begins with one of these.
        """
        same = _same_forms(forms, self._forms)
        count, most = 0, min(len(wanted), len(self._wanted))
        while count < most and wanted[count] == self._wanted[count] and wanted[count] + arch.RIGHT < same:
            count += 1
        if not count:
            return _NO_TAGS
        last = wanted[count - 1]
        if starts[: bisect_right(starts, last)] != self._starts[: bisect_right(self._starts, last)]:
            return _NO_TAGS
        if count < len(wanted):
            while count and wanted[count] not in starts:
                count -= 1
        return self._tags[:count]

    def take(self, forms: list[str], wanted: list[int], starts: list[int], tags: list[Tagged]) -> None:
        """Take note of what the network has told of these words."""
        self._forms, self._wanted, self._starts, self._tags = forms, wanted, starts, tags


def _same_forms(forms: list[str], others: list[str]) -> int:
    """Return with how many of the same forms two hypotheses begin."""
    most = min(len(forms), len(others))
    for at in range(most):
        if forms[at] != others[at]:
            return at
    return most
