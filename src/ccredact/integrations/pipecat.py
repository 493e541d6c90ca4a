"""Pipecat without what callers must not have shown (extra `pipecat`).

    class SafeDeepgram(RedactingSTTMixin, DeepgramSTTService):
        pass

    stt = SafeDeepgram(api_key=..., redactor=Redactor())

The mixin redacts inside the STT service: processors, observers, traces and logs behind it see redacted text alone.
Where the service cannot be changed, a `RedactionProcessor` right behind it does the same for all that follows, but
*observers, RTVI and tracing still see what the service pushes*: leave them off, or let them ignore it
(`RTVIObserverParams(ignored_sources=[stt])`).

Interims show decided words and a stand-in. A final comes at once as far as it is decided, and the rest as one more
frame: with the next words, with a frame that is `finalized`, when the user has stopped speaking, or `after` seconds
later. Numbers that are open then are hidden. What the agent says is followed too (`LLMContextAssistantTurnFrame`),
since its questions tell what an answer is. Raw results of the recogniser, and metadata that is text,
are taken off every frame.
"""

from __future__ import annotations

import asyncio
import copy
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Final, Protocol

from ccredact.errors import MissingExtraError
from ccredact.integrations.spoken import AFTER, CALLER, Piece, SpokenCall
from ccredact.integrations.values import TextRedactor
from ccredact.redactor import Redactor

try:
    from pipecat.frames.frames import (
        CancelFrame,
        EagerTranscriptionFrame,
        EndFrame,
        ErrorFrame,
        Frame,
        InterimTranscriptionFrame,
        LLMContextAssistantTurnFrame,
        StopFrame,
        TranscriptionFrame,
        TranslationFrame,
        UserStoppedSpeakingFrame,
    )
    from pipecat.processors.frame_processor import FrameDirection, FrameProcessor
    from pipecat.services.stt_service import SegmentedSTTService
except ImportError:
    raise MissingExtraError("pipecat") from None

_ENDS: Final = (EndFrame, StopFrame)
_SILENT: Final = (bool, int, float, type(None))
"""What metadata may be: a service may have put anything there."""


class _Owner(Protocol):
    """What is used of a `FrameProcessor`."""

    def create_task(self, coroutine: Any, name: str | None = None) -> Any: ...

    async def cancel_task(self, task: Any) -> None: ...


class _Redaction:
    """One call's frames: redacted and handed on through `push`, in order, whoever brings them."""

    def __init__(
        self,
        owner: _Owner,
        push: Callable[[Frame, FrameDirection], Awaitable[None]],
        redactor: Redactor | None,
        *,
        after: float,
        names: Sequence[str],
    ) -> None:
        redactor = redactor if redactor is not None else Redactor()
        self._owner = owner
        self._push = push
        self._after = after
        self._spoken: SpokenCall[TranscriptionFrame] = SpokenCall(redactor, names=names)
        self._texts = TextRedactor(redactor)
        self._order = asyncio.Lock()
        self._timer: Any = None

    async def push(self, frame: Frame, direction: FrameDirection) -> None:
        """Hand a frame on, or what stands for it."""
        match frame:
            case TranscriptionFrame() if direction == FrameDirection.DOWNSTREAM:
                await self._final(frame)
            case InterimTranscriptionFrame() | EagerTranscriptionFrame() if direction == FrameDirection.DOWNSTREAM:
                await self._interim(frame)
            case TranscriptionFrame() | InterimTranscriptionFrame() | EagerTranscriptionFrame() | TranslationFrame():
                # what goes upstream has gone downstream too, and a translation is no words of the call
                await self._push(self._with(frame, self._texts.text(frame.text)), direction)
            case _:
                await self._other(frame, direction)

    async def stop(self) -> None:
        """Stop the timer."""
        timer, self._timer = self._timer, None
        if timer is not None:
            await self._owner.cancel_task(timer)

    async def _final(self, frame: TranscriptionFrame) -> None:
        async with self._order:
            pieces = self._spoken.final(frame, frame.text, frame.user_id or CALLER)
            if self._is_whole(frame):
                pieces += self._spoken.flush()
            await self._show(pieces)
        await self._arm()

    def _is_whole(self, frame: TranscriptionFrame) -> bool:
        """Return whether the service has said that nothing more comes of this; it marks frames after the mixin."""
        is_next = getattr(self._owner, "_finalize_pending", False)
        return frame.finalized or is_next or isinstance(self._owner, SegmentedSTTService)

    async def _interim(self, frame: Any) -> None:
        async with self._order:
            text = self._spoken.interim(frame.text, frame.user_id or CALLER)
            if text is not None:
                await self._push(self._with(frame, text), FrameDirection.DOWNSTREAM)
        await self._arm()

    async def _other(self, frame: Frame, direction: FrameDirection) -> None:
        if isinstance(frame, LLMContextAssistantTurnFrame):
            self._spoken.said(frame.text)
        elif isinstance(frame, UserStoppedSpeakingFrame):
            await self._flush()
        elif isinstance(frame, _ENDS) and direction == FrameDirection.DOWNSTREAM:
            await self.stop()
            await self._flush()
        elif isinstance(frame, CancelFrame):
            await self.stop()
        elif isinstance(frame, ErrorFrame):
            self.clean(frame)
            frame.exception = None  # its category has been told by now
        await self._push(frame, direction)

    def clean(self, error: ErrorFrame) -> None:
        """Redact the message of an error."""
        error.error = self._texts.text(str(error.error))

    async def _flush(self) -> None:
        async with self._order:
            await self._show(self._spoken.flush())

    async def _show(self, pieces: Sequence[Piece[TranscriptionFrame]]) -> None:
        for piece in SpokenCall.joined(pieces):
            if text := piece.text.strip():
                await self._push(self._with(piece.source, text), FrameDirection.DOWNSTREAM)

    async def _arm(self) -> None:
        """Set the timer anew while something is held: the recogniser has just said something."""
        await self.stop()
        if self._spoken.is_holding:
            self._timer = self._owner.create_task(self._later(), "redaction")

    async def _later(self) -> None:
        await asyncio.sleep(self._after)
        self._timer = None  # it does not stop itself
        await self._flush()

    def _with(self, frame: Any, text: str) -> Any:
        """Return a frame like this one with another text and nothing raw."""
        new = copy.copy(frame)
        fresh = Frame()
        new.id, new.name = fresh.id, f"{type(frame).__name__}#{fresh.id}"
        new.text = text
        new.metadata = {key: value for key, value in frame.metadata.items() if isinstance(value, _SILENT)}
        if hasattr(frame, "result"):
            new.result = None
        return new


class RedactingSTTMixin:
    """Put it before an `STTService` among the bases of a class of yours: `class Safe(RedactingSTTMixin, AnySTT)`.

    The class takes besides what the service takes: `redactor` (the policy full), `redaction_after`, the seconds for
    which words are held when nothing more comes, and `known_names`, people who are known before the call. One service
    is one call.
    """

    def __init__(
        self,
        *args: Any,
        redactor: Redactor | None = None,
        redaction_after: float = AFTER,
        known_names: Sequence[str] = (),
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        owner: Any = self
        service: Any = super()
        self._redaction = _Redaction(owner, service.push_frame, redactor, after=redaction_after, names=known_names)

    async def push_frame(self, frame: Frame, direction: FrameDirection = FrameDirection.DOWNSTREAM) -> None:
        """Push a frame, or what stands for it."""
        await self._redaction.push(frame, direction)

    async def push_error_frame(self, error: ErrorFrame, **more: Any) -> None:
        """Push an error, which may quote the recogniser, with its message redacted: it is logged first."""
        self._redaction.clean(error)
        service: Any = super()
        await service.push_error_frame(error, **more)

    async def cleanup(self) -> None:
        """Clean up."""
        await self._redaction.stop()
        service: Any = super()
        await service.cleanup()


class RedactionProcessor(FrameProcessor):
    """A processor right behind an STT service; see above for who sees the text before it does."""

    def __init__(
        self,
        redactor: Redactor | None = None,
        *,
        after: float = AFTER,
        known_names: Sequence[str] = (),
        **more: Any,
    ) -> None:
        super().__init__(**more)
        self._redaction = _Redaction(self, self.push_frame, redactor, after=after, names=known_names)

    async def process_frame(self, frame: Frame, direction: FrameDirection) -> None:
        """Hand a frame on, or what stands for it."""
        await super().process_frame(frame, direction)
        await self._redaction.push(frame, direction)

    async def cleanup(self) -> None:
        """Clean up."""
        await self._redaction.stop()
        processor: Any = super()
        await processor.cleanup()
