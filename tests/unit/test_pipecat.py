"""Pipecat's own pipeline around a made-up recogniser: who stands behind it, observes, traces or logs sees no number."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from ccredact import Redactor

pytest.importorskip("pipecat", reason="needs the extra pipecat")
pytestmark = [pytest.mark.extras, pytest.mark.filterwarnings("default")]

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

REDACTOR = Redactor("full", tagger=False)
RAW = ("it's 4242", "4242 4242", "two 4242", "four two", "four four", "Quillfeather")
"""What must be seen by nobody; with a blank in it, as no id or time has."""
QUICK, NEVER = 0.05, 60.0
"""Seconds for which words are held."""

Said = tuple[str, str]
"""What the recogniser writes: "interim", "final" or "eager", and the text."""
CARD: list[Said] = [
    ("interim", "yes"),
    ("interim", "yes it's 4242"),
    ("final", "yes it's 4242 4242"),
    ("eager", "four two"),
    ("interim", "four two four two four"),
    ("whole", "four two four two 4242"),
]


def stt_class() -> Any:
    """A recogniser as Pipecat's services are made: it writes a frame of a script for each frame of audio."""
    from pipecat.frames import frames  # noqa: PLC0415  (an extra)
    from pipecat.services.settings import STTSettings  # noqa: PLC0415
    from pipecat.services.stt_service import STTService  # noqa: PLC0415
    from pipecat.utils.tracing.service_decorators import traced_stt  # noqa: PLC0415

    kinds: dict[str, Any] = {
        "interim": frames.InterimTranscriptionFrame,
        "final": frames.TranscriptionFrame,
        "whole": frames.TranscriptionFrame,
        "eager": frames.EagerTranscriptionFrame,
        "translation": frames.TranslationFrame,
        "error": frames.ErrorFrame,
    }

    class Made(STTService):
        def __init__(self, script: Iterable[Said], **more: Any) -> None:
            settings = STTSettings(model="made", language=None)
            super().__init__(settings=settings, sample_rate=16000, ttfs_p99_latency=0.1, **more)
            self._script = iter(script)

        @traced_stt
        async def _handle_transcription(self, transcript: str, is_final: bool, language: Any = None) -> None:  # noqa: FBT001
            """Do nothing: tracing hangs on this name."""

        async def run_stt(self, audio: bytes) -> Any:
            del audio
            kind, text = next(self._script)
            if kind == "error":
                yield frames.ErrorFrame(error=f"cannot read {text}")
                return
            frame = kinds[kind](text=text, user_id="", timestamp="0")
            frame.metadata["raw"] = {"text": text}
            if kind != "translation":
                frame.result = {"transcript": text}
            frame.finalized = kind == "whole"
            await self._handle_transcription(text, is_final=kind == "final")
            yield frame

    return Made


def seen_class() -> Any:
    """An observer that writes down all that it is shown."""
    from pipecat.observers.base_observer import BaseObserver, FramePushed  # noqa: PLC0415  (an extra)

    class Seen(BaseObserver):
        def __init__(self) -> None:
            super().__init__()
            self.told: list[str] = []

        async def on_push_frame(self, data: FramePushed) -> None:
            values = {name: value for name, value in vars(data.frame).items() if name not in {"audio", "id"}}
            self.told.append(f"{data.frame} {values}")

    return Seen


def played(stt: Any, script: Sequence[Said], *, then: Sequence[Any] = (), behind: Sequence[Any] = ()) -> dict[str, Any]:
    """Run a pipeline over a script; return what came out, and what an observer, the logs and the spans have told."""
    import opentelemetry.trace  # noqa: PLC0415
    from loguru import logger  # noqa: PLC0415  (extras)
    from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415
    from opentelemetry.sdk.trace.export import SimpleSpanProcessor  # noqa: PLC0415
    from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter  # noqa: PLC0415
    from opentelemetry.util._once import Once  # noqa: PLC0415
    from pipecat.frames import frames  # noqa: PLC0415
    from pipecat.observers.loggers.transcription_log_observer import TranscriptionLogObserver  # noqa: PLC0415
    from pipecat.pipeline.pipeline import Pipeline  # noqa: PLC0415
    from pipecat.pipeline.worker import PipelineParams, PipelineWorker  # noqa: PLC0415
    from pipecat.processors.frame_processor import FrameProcessor  # noqa: PLC0415
    from pipecat.workers.runner import WorkerRunner  # noqa: PLC0415

    class Sink(FrameProcessor):
        out: list[Any] = []  # noqa: RUF012  (one a pipeline)

        async def process_frame(self, frame: Any, direction: Any) -> None:
            await super().process_frame(frame, direction)
            if isinstance(frame, frames.TextFrame):
                Sink.out.append(frame)
            await self.push_frame(frame, direction)

    logs: list[str] = []
    sink = logger.add(lambda message: logs.append(str(message)), level="TRACE")
    memory = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(memory))
    opentelemetry.trace._TRACER_PROVIDER = None
    opentelemetry.trace._TRACER_PROVIDER_SET_ONCE = Once()
    opentelemetry.trace.set_tracer_provider(provider)
    seen = seen_class()()

    async def run() -> None:
        worker = PipelineWorker(
            Pipeline([stt, *behind, Sink()]),
            cancel_on_idle_timeout=False,
            enable_rtvi=True,
            enable_tracing=True,
            params=PipelineParams(enable_metrics=True),
            observers=[seen, TranscriptionLogObserver()],
        )
        started = asyncio.Event()

        @worker.event_handler("on_pipeline_started")
        async def on_pipeline_started(*_: object) -> None:
            started.set()

        async def speak() -> None:
            await started.wait()
            for _ in script:
                await worker.queue_frame(
                    frames.InputAudioRawFrame(audio=b"\0" * 640, sample_rate=16000, num_channels=1)
                )
                await asyncio.sleep(0.01)
            for frame in then:
                await (asyncio.sleep(frame) if isinstance(frame, float) else worker.queue_frame(frame))
            await worker.queue_frame(frames.EndFrame())

        runner = WorkerRunner()
        await runner.add_workers(worker)
        await asyncio.wait_for(asyncio.gather(runner.run(), speak()), 30)

    try:
        asyncio.run(run())
    finally:
        logger.remove(sink)
    spans = [span.to_json() for span in memory.get_finished_spans()]
    return {"out": Sink.out, "observer": seen.told, "logs": logs, "spans": spans}


def texts(out: Iterable[Any], kind: str = "TranscriptionFrame") -> list[str]:
    return [frame.text for frame in out if type(frame).__name__ == kind]


def assert_unseen(told: dict[str, Any]) -> None:
    for place in ("observer", "logs", "spans"):
        assert told[place]
        for line in told[place]:
            assert not any(raw in line for raw in RAW), place


def safe(script: Iterable[Said], **more: Any) -> Any:
    from ccredact.integrations.pipecat import RedactingSTTMixin  # noqa: PLC0415  (an extra)

    class Safe(RedactingSTTMixin, stt_class()):  # type: ignore[misc]
        pass

    settings: dict[str, Any] = {"redactor": REDACTOR, "redaction_after": NEVER} | more
    return Safe(script, **settings)


def test_without_redaction_everybody_sees_it() -> None:
    told = played(stt_class()(CARD), CARD)
    for place in ("observer", "logs", "spans"):
        assert any("4242 4242" in line for line in told[place]), place


def test_nobody_behind_the_service_sees_a_number() -> None:
    told = played(safe(CARD), CARD)
    assert_unseen(told)
    assert texts(told["out"]) == ["yes it's", "[CREDIT_CARD]", "[CREDIT_CARD]"]
    assert any("yes it's" in line for line in told["spans"])
    assert texts(told["out"], "InterimTranscriptionFrame") == ["yes", "yes it's …", "…"]
    assert texts(told["out"], "EagerTranscriptionFrame") == ["…"]
    assert all(getattr(frame, "result", None) is None for frame in told["out"])


def test_what_is_held_comes_when_nobody_speaks_on() -> None:
    from pipecat.frames.frames import TextFrame  # noqa: PLC0415  (an extra)

    script = [("final", "so it says 4242 4242")]
    told = played(safe(script, redaction_after=QUICK), script, then=[QUICK * 8, TextFrame("later"), QUICK])
    assert [frame.text for frame in told["out"]] == ["so it says", "[NUMBER]", "later"]


def test_what_is_held_comes_at_the_end() -> None:
    script = [("final", "so it says 4242 4242")]
    assert texts(played(safe(script), script)["out"]) == ["so it says", "[NUMBER]"]


def test_it_comes_when_the_user_has_stopped() -> None:
    from pipecat.frames.frames import UserStoppedSpeakingFrame  # noqa: PLC0415  (an extra)

    script = [("final", "so it says 4242 4242")]
    told = played(safe(script), script, then=[UserStoppedSpeakingFrame(), 0.1])
    assert texts(told["out"]) == ["so it says", "[NUMBER]"]
    assert_unseen(told)


def test_a_final_that_is_whole_is_one_frame() -> None:
    script = [("whole", "so it says 4242 4242")]
    told = played(safe(script), script)
    assert texts(told["out"]) == ["so it says [NUMBER]"]
    assert [frame.finalized for frame in told["out"]] == [True]


def test_what_the_agent_asks_tells_what_the_answer_is() -> None:
    from pipecat.frames.frames import LLMContextAssistantTurnFrame  # noqa: PLC0415  (an extra)
    from pipecat.processors.frame_processor import FrameDirection, FrameProcessor  # noqa: PLC0415

    class Agent(FrameProcessor):
        """Asks as soon as it has been greeted."""

        async def process_frame(self, frame: Any, direction: Any) -> None:
            await super().process_frame(frame, direction)
            if getattr(frame, "text", "") == "hello there":
                question = LLMContextAssistantTurnFrame(text="what's your PIN please", timestamp="0")
                await self.push_frame(question, FrameDirection.UPSTREAM)
            await self.push_frame(frame, direction)

    script = [("final", "hello there"), ("final", "four four one seven"), ("final", "okay then")]
    told = played(safe(script), script, behind=[Agent()])
    assert texts(told["out"]) == ["hello there", "[PIN]", "okay then"]
    assert_unseen(told)


def test_names_that_are_known_are_hidden() -> None:
    script = [("final", "it is Quillfeather here"), ("final", "okay then")]
    told = played(safe(script, known_names=["Quillfeather"]), script)
    assert texts(told["out"]) == ["it is [PERSON] here", "okay then"]
    assert_unseen(told)


def test_translations_and_errors_are_redacted_by_themselves() -> None:
    script = [("translation", "it is 4242 4242 4242 4242"), ("error", "4242 4242 4242 4242"), ("final", "hello there")]
    told = played(safe(script), script)
    assert texts(told["out"], "TranslationFrame") == ["it is [CREDIT_CARD]"]
    assert texts(told["out"]) == ["hello there"]
    assert_unseen(told)


def test_a_processor_behind_the_service_redacts_all_that_follows() -> None:
    from ccredact.integrations.pipecat import RedactionProcessor  # noqa: PLC0415  (an extra)

    told = played(stt_class()(CARD), CARD, behind=[RedactionProcessor(REDACTOR, after=NEVER)])
    assert not any(raw in str(vars(frame)) for frame in told["out"] for raw in RAW)
    assert texts(told["out"]) == texts(played(safe(CARD), CARD)["out"])


def test_the_agents_context_holds_no_number() -> None:
    from pipecat.frames.frames import VADUserStartedSpeakingFrame, VADUserStoppedSpeakingFrame  # noqa: PLC0415
    from pipecat.processors.aggregators.llm_context import LLMContext  # noqa: PLC0415
    from pipecat.processors.aggregators.llm_response_universal import LLMContextAggregatorPair  # noqa: PLC0415

    context = LLMContext()
    pair = LLMContextAggregatorPair(context)
    turn = [VADUserStartedSpeakingFrame(start_secs=0.0), VADUserStoppedSpeakingFrame(stop_secs=0.0), 1.5]
    told = played(safe(CARD), CARD, behind=[pair.user()], then=turn)
    messages = str(context.get_messages())
    assert "yes it's [" in messages
    assert not any(raw in messages for raw in RAW)
    assert_unseen(told)
