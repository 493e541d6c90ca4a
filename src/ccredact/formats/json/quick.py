"""Words and utterances made quickly: a plain module, as a compiled object can become none of a class that is not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ccredact.transcript import Utterance, Word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccredact.transcript import Name


@dataclass(slots=True)
class _OpenWord:
    """A word while it is made: a frozen dataclass sets each field through a slow call. It has the fields of `Word`."""

    text: str
    start_s: float | str | None
    end_s: float | str | None


def make_words(texts: Sequence[str], times: Sequence[tuple[float | None, float | None]]) -> tuple[Word, ...]:
    """Return a `Word` for each text with its times, in a third of the time."""
    made: list[Any] = []
    for text, (start, end) in zip(texts, times, strict=True):
        word = _OpenWord(text, start, end)
        word.__class__ = Word  # type: ignore[assignment]
        made.append(word)
    return tuple(made)


@dataclass(slots=True)
class _OpenUtterance:
    """An utterance while it is made, as `_OpenWord`."""

    text: str
    speaker: Name | None
    id: Name | None
    is_final: bool
    words: Sequence[Word]


def make_utterance(
    text: str,
    speaker: Name | None,
    id: Name | None,  # noqa: A002 - as in `Utterance`
    is_final: bool,  # noqa: FBT001
    words: Sequence[Word],
) -> Utterance:
    """Return an `Utterance` with these values, in half of the time."""
    made: Any = _OpenUtterance(text, speaker, id, is_final, words)
    made.__class__ = Utterance
    utterance: Utterance = made
    return utterance
