"""LiveKit Agents without what callers must not have shown (extra `livekit`).

In the STT node of an agent of yours:

    class Careful(Agent):
        def __init__(self, redaction: SpeechRedactor) -> None:
            super().__init__(instructions="...")
            self._redaction = redaction

        async def stt_node(self, audio, model_settings):
            async for event in self._redaction.events(Agent.default.stt_node(self, audio, model_settings)):
                yield event

or around the STT, where agents are not yours: `AgentSession(stt=RedactingSTT(deepgram.STT(), redactor=Redactor()))`.
Both stand before chat context, room text, `user_input_transcribed`, logs and spans.

Interims and preflights show decided words and a stand-in. A final comes at once as far as it is decided, and the rest
as another final: with the next words, at the end of speech, or after `after` seconds of silence from the recogniser.
Numbers that are open then are hidden. `attach(session)` lets it hear the agent too, whose questions tell what an answer
is. Word lists are those of the redacted text; other alternatives, translations and metadata are taken off.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, AsyncIterable, AsyncIterator, Awaitable, Iterator, Sequence
from dataclasses import replace
from typing import Any, Final
from weakref import WeakSet

from ccredact.errors import MissingExtraError
from ccredact.integrations.spoken import AFTER, CALLER, Piece, SpokenCall
from ccredact.redactor import Redactor
from ccredact.text.placing import place
from ccredact.transcript import Word

try:
    from livekit import rtc
    from livekit.agents.stt import STT, RecognizeStream, SpeechData, SpeechEvent, SpeechEventType
    from livekit.agents.types import DEFAULT_API_CONNECT_OPTIONS, NOT_GIVEN, TimedString
except ImportError:
    raise MissingExtraError("livekit") from None

_INTERIMS: Final = frozenset({SpeechEventType.INTERIM_TRANSCRIPT, SpeechEventType.PREFLIGHT_TRANSCRIPT})


class SpeechRedactor:
    """Redacts the speech events of one call: of one session, whichever agents take part in it."""

    def __init__(
        self, redactor: Redactor | None = None, *, after: float = AFTER, known_names: Sequence[str] = ()
    ) -> None:
        redactor = redactor if redactor is not None else Redactor()
        self._spoken: SpokenCall[SpeechEvent] = SpokenCall(redactor, names=known_names)
        self._after = after

    def attach(self, session: Any) -> None:
        """Hear what the agents of a session say."""
        session.on("conversation_item_added", self._heard)

    def _heard(self, event: Any) -> None:
        item = event.item
        if getattr(item, "role", None) == "assistant" and (text := item.text_content):
            self.said(text)

    def said(self, text: str) -> None:
        """Take what the agent has said."""
        self._spoken.said(text)

    async def events(
        self, events: AsyncIterable[SpeechEvent] | Awaitable[AsyncIterable[SpeechEvent]]
    ) -> AsyncGenerator[SpeechEvent, None]:
        """Yield what stands for the events of a recogniser; the end of them is no end of the call."""
        if not isinstance(events, AsyncIterable):
            events = await events
        async with contextlib.aclosing(_with_silences(events, self._seconds)) as coming:
            async for event in coming:
                for redacted in self.flushed() if event is None else self.take(event):
                    yield redacted
        for redacted in self.flushed():
            yield redacted

    def _seconds(self) -> float | None:
        """Return how long to wait for the next event; None for as long as it takes."""
        return self._after if self._spoken.is_holding else None

    def take(self, event: SpeechEvent) -> list[SpeechEvent]:
        """Return what stands for an event."""
        said = event.alternatives[0] if event.alternatives else None
        if event.type in _INTERIMS and said is not None:
            text = self._spoken.interim(said.text, said.speaker_id or CALLER)
            return [] if text is None else [_event(event, _data(said, text))]
        if event.type == SpeechEventType.FINAL_TRANSCRIPT and said is not None and said.text:
            words = [Word(str(word), _time(word.start_time), _time(word.end_time)) for word in said.words or ()]
            return _events(self._spoken.final(event, said.text, said.speaker_id or CALLER, words))
        if event.type == SpeechEventType.FINAL_TRANSCRIPT:
            return [_event(event) if said is None else _event(event, _data(said, ""))]
        before = self.flushed() if event.type == SpeechEventType.END_OF_SPEECH else []
        return [*before, _event(event)]

    def flushed(self) -> list[SpeechEvent]:
        """Return all that is held; what is open is hidden."""
        return _events(self._spoken.flush())


class RedactingSTT(STT[Any]):
    """An STT around another whose events are redacted; `redactor` is one of yours (the policy full).

    Each stream is one call. What `recognize` is given is a call of its own: for an STT that does not stream, whose
    turns LiveKit recognises one by one, use `SpeechRedactor` in the STT node.
    """

    def __init__(self, stt: STT[Any], redactor: Redactor | None = None, *, after: float = AFTER) -> None:
        super().__init__(capabilities=stt.capabilities)
        self._stt = stt
        self._redactor = redactor if redactor is not None else Redactor()
        self._after = after
        self._speakers: WeakSet[SpeechRedactor] = WeakSet()
        self._recognize_metrics_needed = False  # the other's are handed on
        stt.on("metrics_collected", self._on_metrics)

    @property
    def model(self) -> str:
        """The other's model."""
        return str(self._stt.model)

    @property
    def provider(self) -> str:
        """The other's provider."""
        return str(self._stt.provider)

    def attach(self, session: Any) -> None:
        """Hear what the agents of a session say, in all streams of this STT."""
        session.on("conversation_item_added", self._heard)

    def _heard(self, event: Any) -> None:
        for speaker in self._speakers:
            speaker._heard(event)

    def prewarm(self) -> None:
        """Prepare the other."""
        self._stt.prewarm()

    def _update_session_keyterms(self, keyterms: list[str]) -> None:
        self._stt._update_session_keyterms(keyterms)

    def _push_conversation_item(self, ev: Any) -> None:
        self._stt._push_conversation_item(ev)

    def stream(self, *, language: Any = NOT_GIVEN, conn_options: Any = DEFAULT_API_CONNECT_OPTIONS) -> RecognizeStream:
        """Return a stream whose events are redacted."""
        speech = SpeechRedactor(self._redactor, after=self._after)
        self._speakers.add(speech)
        return _RedactedStream(self, self._stt, speech, language=language, conn_options=conn_options)

    async def aclose(self) -> None:
        """Close the other."""
        self._stt.off("metrics_collected", self._on_metrics)
        await self._stt.aclose()

    async def _recognize_impl(
        self, buffer: Any, *, language: Any = NOT_GIVEN, conn_options: Any = DEFAULT_API_CONNECT_OPTIONS
    ) -> SpeechEvent:
        event = await self._stt.recognize(buffer, language=language, conn_options=conn_options)
        said = event.alternatives[0] if event.alternatives else None
        if said is None:
            return _event(event)
        spoken: SpokenCall[SpeechEvent] = SpokenCall(self._redactor)
        words = [Word(str(word), _time(word.start_time), _time(word.end_time)) for word in said.words or ()]
        pieces = spoken.joined([*spoken.final(event, said.text, CALLER, words), *spoken.end(cut=True)])
        return _events(pieces)[0] if pieces else _event(event, _data(said, ""))

    def _on_metrics(self, *given: Any, **named: Any) -> None:
        self.emit("metrics_collected", *given, **named)


class _RedactedStream(RecognizeStream):
    """The audio goes to the other's stream, and its events come back redacted."""

    def __init__(
        self, stt: RedactingSTT, other: STT[Any], speech: SpeechRedactor, *, language: Any, conn_options: Any
    ) -> None:
        super().__init__(stt=stt, conn_options=conn_options)
        self._other = other
        self._speech = speech
        self._language = language

    async def _metrics_monitor_task(self, event_aiter: AsyncIterable[SpeechEvent]) -> None:
        """Measure nothing: the other's measures are handed on."""
        async for event in event_aiter:
            if event.type == SpeechEventType.FINAL_TRANSCRIPT:
                self._num_retries = 0

    async def _run(self) -> None:
        async with self._other.stream(language=self._language, conn_options=self._conn_options) as stream:
            stream.start_time_offset = self.start_time_offset
            hearing = asyncio.create_task(self._hear(stream))
            try:
                async with contextlib.aclosing(self._speech.events(stream)) as events:
                    async for event in events:
                        self._event_ch.send_nowait(event)
            finally:
                hearing.cancel()
                await asyncio.gather(hearing, return_exceptions=True)

    async def _hear(self, stream: RecognizeStream) -> None:
        async for frame in self._input_ch:
            if isinstance(frame, rtc.AudioFrame):
                stream.push_frame(frame)
            else:
                stream.flush()
        with contextlib.suppress(RuntimeError):  # it has ended by itself
            stream.end_input()


async def _with_silences(events: AsyncIterable[SpeechEvent], seconds: Any) -> AsyncGenerator[SpeechEvent | None, None]:
    """Yield the events, and None where none came for as many seconds as `seconds` returns."""
    coming = aiter(events)
    waiting: asyncio.Future[SpeechEvent] | None = None
    try:
        while True:
            waiting = waiting or asyncio.ensure_future(_next(coming))
            done, _ = await asyncio.wait({waiting}, timeout=seconds())
            if not done:
                yield None
                continue
            finished, waiting = waiting, None
            try:
                event = finished.result()
            except StopAsyncIteration:
                return
            yield event
    finally:
        if waiting is not None:
            waiting.cancel()
            await asyncio.gather(waiting, return_exceptions=True)
        if isinstance(coming, AsyncGenerator):
            await coming.aclose()


async def _next(events: AsyncIterator[SpeechEvent]) -> SpeechEvent:
    return await anext(events)


def _events(pieces: Sequence[Piece[SpeechEvent]]) -> list[SpeechEvent]:
    """Return a final for each text of which there is something to show."""
    out: list[SpeechEvent] = []
    for piece in SpokenCall.joined(pieces):
        if text := piece.text.strip():
            said = piece.source.alternatives[0]
            out.append(_event(piece.source, _data(said, text, list(_words(said, piece)) if said.words else None)))
    return out


def _event(event: SpeechEvent, *alternatives: SpeechData) -> SpeechEvent:
    return replace(event, alternatives=list(alternatives))


def _data(said: SpeechData, text: str, words: list[TimedString] | None = None) -> SpeechData:
    return replace(said, text=text, words=words, source_texts=None, target_texts=None, metadata=None)


def _words(said: SpeechData, piece: Piece[SpeechEvent]) -> Iterator[TimedString]:
    """Yield the words of a piece: those that are shown as they were, and one for each hidden run."""
    hidden = list(piece.entities)
    for word, where in zip(said.words or (), place(said.text, [str(word) for word in said.words or ()]), strict=True):
        while hidden and hidden[0].end <= where.start:
            yield _label(hidden.pop(0))
        if not (piece.start <= where.start and where.end <= piece.end and where.sure):
            continue
        if not any(entity.start < where.end and where.start < entity.end for entity in piece.entities):
            yield word
    for entity in hidden:
        yield _label(entity)


def _label(entity: Any) -> TimedString:
    start, end = (NOT_GIVEN if value is None else value for value in (entity.start_s, entity.end_s))
    return TimedString(f"[{entity.label}]", start_time=start, end_time=end)


def _time(value: Any) -> float | None:
    return float(value) if isinstance(value, int | float) else None
