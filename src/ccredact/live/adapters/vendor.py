"""Any recogniser's events: an event is a document of its format, read and written by the formats' one machine."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Final, Generic

from ccredact.core.checks import is_name
from ccredact.formats.base import Fault, Redacted
from ccredact.formats.json.call import Root, Said
from ccredact.formats.json.format import fits
from ccredact.formats.json.quick import make_utterance
from ccredact.formats.json.read import Call, ready, words_of
from ccredact.formats.json.render import render
from ccredact.formats.json.scan import opening, parse_all
from ccredact.formats.json.table import Live, Table, first, getter
from ccredact.live.adapter import Event, Heard, Kind
from ccredact.live.adapters.forms import has_text, opened
from ccredact.live.adapters.heards import Heards, make_heard
from ccredact.live.adapters.memory import Growing, Memory, Remembered
from ccredact.live.adapters.shown import increment, parts, shown
from ccredact.policy import Policy
from ccredact.transcript import Name, Segment, Utterance, Word, joined

_BESIDE: Final = "\0beside "
_MOST_TEXTS: Final = 64
"""Texts of a call that come in pieces at once."""


class _Spoken:
    """One utterance of an event: the turns that it is made of, and where each begins in it."""

    __slots__ = ("heard", "numbers", "starts")

    def __init__(self, heard: Heard, numbers: tuple[int, ...], starts: tuple[int, ...]) -> None:
        self.heard = heard
        self.numbers = numbers
        self.starts = starts


class _Read:
    """An event as it was read: a plain class, since a dataclass is made by a slow call, and one is made an event.

    `call` is None once it is put away: then `text` is that of an event which cannot tell it again.
    """

    __slots__ = ("again", "beside", "call", "growing", "known", "spoken", "text")

    def __init__(self, call: Call, again: Callable[[str], Any], growing: Growing | None, known: Remembered) -> None:
        self.call: Call | None = call
        self.again = again
        self.growing = growing
        self.known = known
        self.text: str | None = None
        self.spoken: list[_Spoken] = []
        self.beside: list[Utterance] = []

    def put_away(self, event: object, heard: Heards) -> None:
        """Keep what writing the event needs: of thousands of calls some words are held at any time.

        That is its text, where the event cannot tell it again, and what it says without the times of the words.
        """
        if self.call is None:
            return
        if self.growing is not None or not isinstance(event, str | bytes):
            self.text = self.call.text
        self.call = None
        for spoken in self.spoken:
            one = spoken.heard.utterance
            if one is not None and one.words:
                spoken.heard = replace(spoken.heard, utterance=replace(one, words=()))
        heard[: len(self.spoken)] = [spoken.heard for spoken in self.spoken]


class VendorEvents(Generic[Event]):
    """The adapter of a recogniser, made of the table of its format.

    An event comes back as it came, when its words are decided, with every text, word, item and alternative redacted. A
    text that could not be examined is empty then, and so is one that is withheld or was refused.
    """

    whole = True

    def __init__(self, table: Table, *, call: Name, policy: Policy, provisional: bool = True) -> None:
        """Begin with a table of events, and the name of the call of those that do not name theirs.

        Without `provisional` a final that the recogniser may replace is taken for what was said.
        """
        self._ready = ready(table)
        self._live = table.live or Live()
        self._call = call
        self._provisional = provisional
        self._policy = policy
        self._memory = Memory(policy)
        self._last: tuple[Event, Heards] | None = None  # the event that was read last: it may be written at once

    def read(self, event: Event) -> Sequence[Heard]:
        """Return what an event says; raises `Fault` for what is none."""
        if self._last is not None:
            before, said = self._last
            self._last = None
            said.read.put_away(before, said)
        text, again = opened(event)
        if text[:1] != "{" and not text.strip():
            return ()
        at = opening(text)
        parsed = parse_all(text, at)
        value: Any = parsed.value
        if not isinstance(value, dict | list):
            raise Fault("an event must be an object")
        name = self._name(value)
        known = self._memory.of(name)
        growing = self._grown(value, known)
        if growing is not None:
            text, at = json.dumps(value), 0
        root = Root(at, value, parsed.objects if growing is None else -1)
        heard = self._read(text, root, again, growing, name, known)
        if growing is not None and self._live.final is None and isinstance(value, dict):
            growing.last = ({key: value[key] for key in self._rest_keys() if key in value}, again)
        self._last = event, heard
        return heard

    def rest(self) -> Sequence[tuple[Event, Sequence[Heard]]]:
        """Return the last words of texts that come in pieces, each as a piece of its own, and forget them."""
        found: list[tuple[Event, Sequence[Heard]]] = []
        for name, known in self._memory.calls():
            for growing in known.texts.values():
                if growing.last is None or not growing.text:
                    continue
                last, again = growing.last
                value = last | {self._live.delta: growing.text}
                text = json.dumps(value)
                growing.text = ""
                found.append((again(text), self._read(text, Root(0, value), again, growing, name, known)))
        return found

    def _rest_keys(self) -> tuple[str, ...]:
        """Return the members that say whose a piece of text is."""
        spec = self._ready.table.turns[0]
        return (*self._live.call, self._live.delta, spec.channel, spec.speaker)

    def _read(
        self, text: str, root: Root, again: Callable[[str], Any], growing: Growing | None, name: Name, known: Remembered
    ) -> Heards:
        """Read an event of a call, which stands in a text."""
        call = self._call_of(text, root, known)
        return self._heard(call, _Read(call, again, growing, known), name, known)

    def _call_of(self, text: str, root: Root, known: Remembered) -> Call:
        call = Call(text, [root], self._ready, self._policy, speakers=known.speakers, told=known.told, is_event=True)
        call.read()
        return call

    def _again(self, event: Event, read: _Read) -> Call:
        """Return an event as it was read, read again: what was known of its call is."""
        text = opened(event)[0] if read.text is None else read.text
        at = opening(text)
        parsed = parse_all(text, at)
        return self._call_of(text, Root(at, parsed.value, parsed.objects), read.known)

    def write(self, event: Event, heard: Sequence[Heard], segments: Sequence[Segment]) -> Event | None:
        """Return the event with what was released of its utterances, None where all of them are withheld."""
        if not isinstance(heard, Heards):
            return None
        if self._last is not None and self._last[1] is heard:
            self._last = None  # most events are written at once, and waited for no more
        read: _Read = heard.read
        pieces: dict[Name, list[Segment]] = {}
        for piece in segments:
            pieces.setdefault(piece.utterance, []).append(piece)
        if read.spoken and not any(_name_of(one.heard) in pieces for one in read.spoken):
            return None
        call = self._again(event, read) if read.call is None else read.call
        redacted = [Redacted("")] * len(call.said)
        for spoken in read.spoken:
            utterance, mine = spoken.heard.utterance, pieces.pop(_name_of(spoken.heard), None)
            if utterance is not None:
                segment = joined(mine) if mine else None
                if read.growing is None or utterance.is_final:
                    new = shown(utterance, segment)
                else:
                    new = increment(read.growing, utterance, segment)
                for number, part in zip(spoken.numbers, parts(new, spoken.starts, len(utterance.text)), strict=True):
                    redacted[number] = part
        for aside in read.beside:
            mine = pieces.get(aside.id or "")
            redacted.append(shown(aside, joined(mine) if mine else None))
        return read.again(render(call, redacted).decode())  # type: ignore[no-any-return]

    def _name(self, value: Any) -> Name:
        """Return the name of the call of an event."""
        for place in self._live.call:
            found = first(value, place)
            if is_name(found):
                return found  # type: ignore[no-any-return]
        return self._call

    def _grown(self, value: Any, known: Remembered) -> Growing | None:
        """Put a text that comes in pieces where its piece stands, as far as its words are whole."""
        place = self._live.delta
        piece = first(value, place) if place else None
        is_final = self._is_final(value)
        is_last = is_final and bool(known.texts) and _is(self._live.closes, value)
        if not place or not isinstance(value, dict) or not (is_last or isinstance(piece, str)):
            return None
        if not is_last and not fits(self._ready.table, value):
            return None  # an event of another kind: its piece may be sound
        growing = known.texts[self._named(value)]
        if len(known.texts) > _MOST_TEXTS:
            del known.texts[next(iter(known.texts))]
        growing.text += piece if isinstance(piece, str) else ""
        if is_last:
            growing.text = " ".join(one.text for one in known.texts.values())
        end = len(growing.text) if is_last else _last_word(growing.text)
        value[place] = growing.text[:end]
        if is_final:
            growing.text = growing.text[end:]
        for blank in self._live.blank:
            if blank in value:
                value[blank] = []
        return growing

    def _named(self, holder: Any) -> str:
        """Return what names an utterance where its pieces are told apart."""
        spec = self._ready.table.turns[0]
        return json.dumps([first(holder, place) for place in self._live.id or (spec.channel, spec.speaker)])

    def _is_final(self, holder: Any) -> bool:
        return self._live.final is None or (isinstance(holder, dict) and self._live.final(holder))

    def _heard(self, call: Call, read: _Read, name: Name, known: Remembered) -> Heards:
        """Return what an event says, in the order in which it is to be taken."""
        for number, said in enumerate(call.said):
            if said.text.strip():
                self._say(read, number, said, name, known, words_of(said))
        if call.own_texts or call.fields:
            read.beside = [
                Utterance(one.text, one.speaker, f"{_BESIDE}{number}") for number, one in enumerate(call.beside())
            ]
        heard = [one.heard for one in read.spoken]
        heard += [Heard(name, one, Kind.ASIDE) for one in read.beside]
        value = call.roots[0].value
        closes = isinstance(value, dict) and _is(self._live.closes, value)
        if call.said and not read.spoken:
            heard.append(Heard(name, kind=Kind.EMPTY))
        elif not call.said and not closes and has_text(value):
            heard.append(Heard(name, kind=Kind.UNREAD))
        if closes:
            heard.append(Heard(name, kind=Kind.CLOSED))
            self._memory.forget(name)
        return Heards(heard, read)

    def _say(self, read: _Read, number: int, said: Said, name: Name, known: Remembered, words: Sequence[Word]) -> None:
        """Take a turn; interims that follow each other and have one name are one utterance."""
        is_final, kind = self._kind(said)
        own = first(said.holder, said.spec.id) if said.spec.id and not self._live.by_place else None
        if self._live.id and any(first(said.holder, place) is not None for place in self._live.id):
            own = self._named(said.holder)
        if own is None or isinstance(own, dict | list):
            utterance_id = self._memory.name_of(known, said.channel, is_final=is_final)
        else:
            utterance_id = f"{said.channel} {own}"
        if self._live.delta and is_final and read.growing is None:  # the whole of what came in pieces
            known.texts.pop(self._named(said.holder), None)
        before = read.spoken[-1] if read.spoken else None
        if before is not None and not is_final and before.heard.utterance and before.heard.utterance.id == utterance_id:
            text = before.heard.utterance.text
            text += "" if text[-1:].isspace() or said.text[:1].isspace() else " "
            before.numbers = (*before.numbers, number)
            before.starts = (*before.starts, len(text))
            longer = replace(
                before.heard.utterance, text=text + said.text, words=(*before.heard.utterance.words, *words)
            )
            before.heard = Heard(name, longer, kind)
            return
        for other in read.spoken:  # an interim that the same event takes back
            if other.heard.utterance and not other.heard.utterance.is_final and _name_of(other.heard) == utterance_id:
                aside = self._memory.name_of(Remembered(known.speakers), "", is_final=True)
                other.heard = replace(other.heard, utterance=replace(other.heard.utterance, id=aside))
        speaker = said.speaker if said.speaker != said.channel else None
        label = " ".join(str(part) for part in (said.channel, speaker) if part not in {None, ""}) or None
        utterance = make_utterance(said.text, label, utterance_id, is_final, words)
        order = "" if read.growing is not None else said.channel  # what ends a call ends the pieces of all its channels
        read.spoken.append(_Spoken(make_heard(name, utterance, kind, order), (number,), (0,)))

    def _kind(self, said: Said) -> tuple[bool, Kind]:
        """Return whether a turn is a final, and whether the recogniser may yet replace it."""
        live, holder = self._live, said.holder
        if isinstance(holder, dict) and _is(live.provisional, holder):
            return (True, Kind.PROVISIONAL) if self._provisional else (said.is_final, Kind.UTTERANCE)
        is_final = said.is_final if live.final is None else self._is_final(holder)
        if live.word_final and said.words is not None:
            get = getter(live.word_final)
            is_final = all(get(element) is True for element in said.words.elements)
        return is_final, Kind.UTTERANCE


def _is(rule: Callable[[Any], bool] | None, value: Any) -> bool:
    return rule is not None and rule(value)


def _name_of(heard: Heard) -> Name:
    return heard.utterance.id or "" if heard.utterance is not None else ""


def _last_word(text: str) -> int:
    """Return where the last word of a text begins, which may go on."""
    return len(text) - len(text.rsplit(maxsplit=1)[-1]) if text.strip() and not text[-1].isspace() else len(text)
