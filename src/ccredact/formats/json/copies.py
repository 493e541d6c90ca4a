"""Texts of a call that say what its turns say, in the same words or in others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, Final

from ccredact.formats.json.align import Stream, tokens_of
from ccredact.formats.json.call import Mirror, Reading, Said, position_of
from ccredact.formats.json.table import Turns, find, first
from ccredact.formats.json.words import Listed, listed, texts_of
from ccredact.formats.json.write import Path

Home = tuple["Stream", int, int]
"""Tokens that a text says: their stream, the first, and how many."""
Owner = tuple["Turns", "Path", Any]
_Form = tuple["Path | Listed", str, bool]
"""A text that says the same: where it stands, what it is, and whether it is another writing of what was heard."""
_AROUND: Final = 60
"""Characters around what only a copy says, with which it is examined."""


class CopyReader:
    """Takes the texts that repeat turns."""

    def __init__(self, call: Reading) -> None:
        self._call = call
        self._numbers: dict[str, int] = {}
        self._times: list[tuple[float | None, float | None]] | None = None

    def beside(self, said: Said, number: int) -> None:
        """Take the texts in a turn that say the same as its text."""
        forms = self._forms_in(said.spec, said.owner, said.holder)
        if said.words is not None and not said.says and not said.places:
            forms.insert(0, (said.words, said.words.text, True))
        if forms:
            self._say_forms(forms, self._home(number))

    def _home(self, number: int) -> Home:
        """Return the tokens of a turn."""
        whole = self._call.streams[""]
        told = whole.told(number)
        return whole, told.first, told.count

    def interim(self, said: Said) -> None:
        """Take a turn that came again: it is another hearing of the one that stayed."""
        whole = self._call.streams[""]
        name = first(said.holder, said.spec.id)
        home = whole, 0, 0
        for number, other in enumerate(self._call.said):
            if name is not None and other.channel == said.channel:
                again = first(other.holder, said.spec.id)
                if again == name:
                    home = self._home(number)
        owner = (said.spec, said.owner, said.holder)
        if said.path is not None:
            self._say(said.path, said.text, home, owner)
        if said.words is not None:
            self._say(said.words, said.words.text, home)
        self._say_forms(self._forms_in(said.spec, said.owner, said.holder), home)

    def repeated(self, spec: Turns) -> None:
        """Take the texts at a place that repeat turns in their order."""
        expected: defaultdict[int, int] = defaultdict(int)
        alone: bool | None = None
        for path, holder in self._call.at_all(spec.at):
            if self._call.is_left(path):
                continue
            channel = self._call.channel(spec, path, holder)
            if spec.speaker and not spec.by_times:
                self._call.who(spec, path, holder)
            owner = (spec, path, holder)
            texts = (
                [(at, text) for at, text in find(holder, spec.text, path) if isinstance(text, str)] if spec.text else []
            )
            for place_of, text in texts[1:] and texts:
                home = self._where(text, channel, expected)
                self._say(place_of, text, home or (self._call.streams[""], 0, 0), owner)
            targets: list[tuple[Path | Listed, str]] = [] if texts[1:] else list(texts)
            if spec.words is not None and not spec.by_times:
                words = self._call.list_at(spec.words, path, holder, position_of(path))
                if words is not None:
                    targets.append((words, words.text))
            found = (self._where(said, channel, expected) for _, said in targets)
            home = next((one for one in found if one is not None), None)
            if home is None:
                if alone is None:
                    alone = len(self._call.at_all(spec.at)) == 1
                home = self._near([target for target, _ in targets], alone=alone)
            for target, said in targets:
                self._say(target, said, home, owner)
            self._say_forms(self._forms_in(spec, path, holder), home)

    def _forms_in(self, spec: Turns, owner: Path, holder: Any) -> list[_Form]:
        """Return the other writings and hearings of a talk in an object."""
        found: list[_Form] = []
        for form in spec.forms:
            for path, text in find(holder, form, owner):
                if isinstance(text, str) and not self._call.is_left(path):
                    found.append((path, text, "[1:]" not in form))
        for shape in spec.more_words:
            for path, elements in find(holder, shape.at, owner):
                if isinstance(elements, list) and not self._call.is_left(path):
                    words = listed(shape, path, elements, texts_of(shape, elements, position_of(path)))
                    found.append((words, words.text, False))
        return found

    def _say_forms(self, forms: Iterable[_Form], home: Home) -> None:
        for target, text, is_writing in forms:
            self._say(target, text, home, is_writing=is_writing)

    def _say(
        self, target: Path | Listed, text: str, home: Home, owner: Owner | None = None, *, is_writing: bool = False
    ) -> None:
        """Take a text that says so many tokens of a stream, or says them otherwise."""
        stream, begin, count = home
        tokens = tokens_of(text)
        if not tokens:
            return
        own: list[tuple[int, int]] = []
        exact = stream.tokens[begin : begin + count] == tokens
        if not exact:
            for start, end in stream.strange(text, tokens, begin, count, _AROUND):
                own.append((self._number(text[start:end]), start))
        self._call.mirrors.append(
            Mirror(target, text, stream, begin, count, own, owner, exact=exact, is_writing=is_writing)
        )

    def _number(self, text: str) -> int:
        """Return the number of a text that is examined by itself: the same text is examined once."""
        if text not in self._numbers:
            self._numbers[text] = len(self._call.own_texts)
            self._call.own_texts.append(text)
        return self._numbers[text]

    def _where(self, text: str, channel: str, expected: dict[int, int]) -> Home | None:
        tokens = tokens_of(text)
        for key in (channel, "") if channel else ("",):
            stream = self._call.streams.get(key)
            if stream is not None and tokens:
                at = stream.where(tokens, expected[id(stream)])
                if at is not None:
                    expected[id(stream)] = at + len(tokens)
                    return stream, at, len(tokens)
        return None

    def _near(self, targets: Iterable[Path | Listed], *, alone: bool) -> Home:
        """Return what a text that is nowhere may say otherwise: what is said at its time, or all if it is alone."""
        whole = self._call.streams[""]
        target = next((one for one in targets if isinstance(one, Listed)), None)
        if target is not None:
            start, end = target.span()
            if start is not None and end is not None:
                return self._within(start, end)
        return (whole, 0, len(whole.tokens)) if alone else (whole, 0, 0)

    def _spans(self) -> list[tuple[float | None, float | None]]:
        """Return when each turn begins and ends, as far as that is known."""
        if self._times is None:
            self._times = [(None, None) if said.words is None else said.words.span() for said in self._call.said]
        return self._times

    def _within(self, start: float, end: float) -> Home:
        """Return the tokens of the turns that are said between two times."""
        whole = self._call.streams[""]
        homes: Sequence[tuple[int, int]] = [
            self._home(number)[1:] for number, span in enumerate(self._spans()) if _overlap(span, start, end)
        ]
        if not homes:
            return whole, 0, 0
        first, (last, count) = min(homes)[0], max(homes)
        return whole, first, last + count - first


def _overlap(span: tuple[float | None, float | None], start: float, end: float) -> bool:
    return span[0] is not None and span[1] is not None and span[0] < end and span[1] > start
