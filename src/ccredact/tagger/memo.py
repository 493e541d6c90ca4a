"""What the network has told of a hypothesis: the next one that begins with the same words need not ask again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ccredact.tagger import architecture as arch

if TYPE_CHECKING:
    from ccredact.tagger.architecture import Tagged

Asked = tuple[list[int], list[str]]
"""Places of words that are tagged, ascending, and the forms among which they stand."""
_NOTHING: Final[list[Asked]] = []


class TagMemo:
    """The tags of the last hypothesis; it is for hypotheses that stand behind the same words of the call."""

    __slots__ = ("_asked", "_tags")

    def __init__(self) -> None:
        self._asked = _NOTHING
        self._tags: list[Tagged] = []

    def tags(self, asked: list[Asked]) -> list[Tagged] | None:
        """Return the tags of these words if they, and all that the network sees of them, are those of the last time."""
        return self._tags if self._asked and self._asked == _seen(asked) else None

    def take(self, asked: list[Asked], tags: list[Tagged]) -> None:
        """Take note of what the network has told of these words."""
        self._asked, self._tags = _seen(asked), tags


def _seen(asked: list[Asked]) -> list[Asked]:
    """Return the words that are asked for with the forms up to the last one that the network sees."""
    return [(places, forms[: places[-1] + arch.RIGHT + 1]) for places, forms in asked]
