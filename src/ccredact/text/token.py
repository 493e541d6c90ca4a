"""The words that detectors are fed."""

from __future__ import annotations

from ccredact.text.phrase_table import Prompt
from ccredact.transcript import Name


class Token:
    """One word as the detectors see it.

    `index` counts the words of the call, `turn` its turns; `gap` is the text between the word before it in the turn
    and this one; `classes` are those of `ccredact.lang.en.words`; `time` is the word's start in seconds;
    `form` says what it is part of when that is only written: (label, first word, word after); `prompt` what the phrase
    asks for that ends with it, None where none does.
    """

    __slots__ = ("classes", "form", "gap", "index", "key", "prompt", "speaker", "time", "turn")

    def __init__(
        self,
        index: int,
        turn: int,
        speaker: Name | None,
        key: str,
        classes: int,
        gap: str,
        time: float | None,
        form: tuple[str, int, int] | None = None,
        prompt: Prompt | None = None,
    ) -> None:
        self.index = index
        self.turn = turn
        self.speaker = speaker
        self.key = key
        self.classes = classes
        self.gap = gap
        self.time = time
        self.form = form
        self.prompt = prompt
