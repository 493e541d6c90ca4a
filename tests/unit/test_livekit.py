"""LiveKit's own agent session around a made-up recogniser: who stands behind it sees no number, and nothing is lost."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Any

import pytest

from ccredact import Policy, Redactor

pytest.importorskip("livekit.agents", reason="needs the extra livekit")
pytestmark = [pytest.mark.extras, pytest.mark.filterwarnings("default")]

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Sequence

REDACTOR = Redactor("full", tagger=False)
RAW = ("it's 4242", "4242 4242", "two 4242", "four two", "four four", "Quillfeather")
"""What must be seen by nobody; with a blank in it, as no id or time has."""
QUICK, NEVER = 0.05, 60.0
"""Seconds for which words are held."""

Said = tuple[str, str] | float
"""What the recogniser writes: the type of an event and the text, or a silence in seconds."""
CARD: list[Said] = [
    ("start_of_speech", ""),
    ("interim_transcript", "yes it's 4242"),
    ("final_transcript", "yes it's 4242 4242"),
    ("preflight_transcript", "four two four two four"),
    ("final_transcript", "four two four two 4242"),
    ("end_of_speech", ""),
]


def event(kind: str, text: str, **more: Any) -> Any:
    from livekit.agents.language import LanguageCode  # noqa: PLC0415  (an extra)
    from livekit.agents.stt import SpeechData, SpeechEvent, SpeechEventType  # noqa: PLC0415
    from livekit.agents.types import TimedString  # noqa: PLC0415

    words = [TimedString(word, start_time=at / 2, end_time=at / 2 + 0.4) for at, word in enumerate(text.split())]
    said = SpeechData(
        language=LanguageCode("en"),
        text=text,
        words=words,
        source_texts=[text],
        target_texts=[text],
        metadata={"raw": text},
        **more,
    )
    others = [SpeechData(language=LanguageCode("en"), text=f"{text} or so")]
    return SpeechEvent(type=SpeechEventType(kind), request_id="r", alternatives=[said, *others] if text else [])


async def script(events: Iterable[Said]) -> AsyncIterator[Any]:
    for said in events:
        if isinstance(said, float):
            await asyncio.sleep(said)
        else:
            yield event(*said)


def redacted(events: Sequence[Said], *, redactor: Redactor = REDACTOR, **more: Any) -> list[Any]:
    from ccredact.integrations.livekit import SpeechRedactor  # noqa: PLC0415  (an extra)

    async def run() -> list[Any]:
        speech = SpeechRedactor(redactor, **({"after": NEVER} | more))
        return [out async for out in speech.events(script(events))]

    return asyncio.run(run())


def timed(said: Any) -> list[tuple[str, float, float]]:
    return [(str(word), word.start_time, word.end_time) for word in said.words]


def shown(events: Iterable[Any]) -> list[tuple[str, str]]:
    return [(out.type.value, out.alternatives[0].text if out.alternatives else "") for out in events]


# --- events


def test_every_event_comes_back_redacted_and_in_order() -> None:
    out = redacted(CARD)
    assert not any(raw in str(out) for raw in RAW)
    assert [kind for kind, _ in shown(out)] == [
        "start_of_speech",
        "interim_transcript",
        "final_transcript",
        "preflight_transcript",
        "final_transcript",
        "final_transcript",
        "end_of_speech",
    ]
    assert [text for kind, text in shown(out) if kind in {"interim_transcript", "preflight_transcript"}] == [
        "yes it's …",
        "…",
    ]
    finals = [text for kind, text in shown(out) if kind == "final_transcript"]
    assert finals == ["yes it's", "[CREDIT_CARD]", "[CREDIT_CARD]"]


def test_what_else_an_event_says_stays() -> None:
    (out,) = redacted([("final_transcript", "hello there")])
    said = out.alternatives[0]
    assert (out.request_id, said.language, len(out.alternatives)) == ("r", "en", 1)
    assert [(str(word), word.start_time, word.end_time) for word in said.words] == [
        ("hello", 0, 0.4),
        ("there", 0.5, 0.9),
    ]
    assert (said.source_texts, said.target_texts, said.metadata) == (None, None, None)


def test_the_words_of_an_event_are_those_of_its_text() -> None:
    out = redacted([("final_transcript", "my PIN is four four one seven okay")])
    assert [text for _, text in shown(out)] == ["my PIN is", "[PIN] okay"]
    assert [timed(each.alternatives[0]) for each in out] == [
        [("my", 0, 0.4), ("PIN", 0.5, 0.9), ("is", 1, 1.4)],
        [("[PIN]", 1.5, 3.4), ("okay", 3.5, 3.9)],
    ]


def test_what_is_held_comes_after_a_silence() -> None:
    held = ("final_transcript", "so it says 4242 4242")
    out = redacted([held, QUICK * 4, ("interim_transcript", "okay thanks")], after=QUICK)
    assert shown(out) == [
        ("final_transcript", "so it says"),
        ("final_transcript", "[NUMBER]"),
        ("interim_transcript", "okay thanks"),
    ]


@pytest.mark.parametrize("last", [[], [("end_of_speech", "")]])
def test_it_comes_before_the_end_of_speech_and_of_the_stream(last: list[Said]) -> None:
    out = redacted([("final_transcript", "so it says 4242 4242"), *last])
    assert shown(out) == [("final_transcript", "so it says"), ("final_transcript", "[NUMBER]"), *last]


def test_interims_are_withheld_where_the_policy_says_so() -> None:
    careful = Redactor(Policy.from_dict({"interim": "withhold"}), tagger=False)
    assert [kind for kind, _ in shown(redacted(CARD, redactor=careful))].count("interim_transcript") == 0


def test_an_empty_final_is_passed_on() -> None:
    assert shown(redacted([("final_transcript", "")])) == [("final_transcript", "")]


def test_an_error_of_the_recogniser_reaches_the_agent_and_the_call_goes_on() -> None:
    from ccredact.integrations.livekit import SpeechRedactor  # noqa: PLC0415  (an extra)

    async def broken() -> AsyncIterator[Any]:
        yield event("final_transcript", "so it says 4242 4242")
        raise ConnectionError("lost")

    async def run() -> list[Any]:
        speech = SpeechRedactor(REDACTOR, after=NEVER)
        out: list[Any] = []

        async def hear() -> None:
            async for each in speech.events(broken()):
                out.append(each)  # noqa: PERF401  (what came before the error counts)

        with pytest.raises(ConnectionError):
            await hear()
        return out + [each async for each in speech.events(script([("final_transcript", "4242 4242")]))]

    out = asyncio.run(run())
    assert not any(raw in str(out) for raw in RAW)
    assert "[" in shown(out)[-1][1]


# --- a session


def stt_class() -> Any:
    from livekit.agents.stt import STT, RecognizeStream, STTCapabilities  # noqa: PLC0415  (an extra)

    class MadeStream(RecognizeStream):
        async def _run(self) -> None:
            hearing = asyncio.create_task(self._hear())
            async for said in script(self._stt.script):
                self._event_ch.send_nowait(said)
            await hearing

        async def _hear(self) -> None:
            async for _ in self._input_ch:
                self._stt.heard += 1

    class Made(STT[Any]):
        def __init__(self, said: Iterable[Said]) -> None:
            super().__init__(capabilities=STTCapabilities(streaming=True, interim_results=True))
            self.script = list(said)
            self.heard = 0

        async def _recognize_impl(self, buffer: Any, *, language: Any, conn_options: Any) -> Any:
            del buffer, language, conn_options
            kind, text = next(said for said in self.script if not isinstance(said, float))
            return event(kind, text)

        def stream(self, *, language: Any = None, conn_options: Any = None) -> Any:
            del language
            return MadeStream(stt=self, conn_options=conn_options)

    return Made


def llm_class() -> Any:
    from livekit.agents import llm  # noqa: PLC0415  (an extra)

    class MadeStream(llm.LLMStream):
        async def _run(self) -> None:
            delta = llm.ChoiceDelta(role="assistant", content=QUESTION)
            self._event_ch.send_nowait(llm.ChatChunk(id="1", delta=delta))

    class Made(llm.LLM):
        def __init__(self) -> None:
            super().__init__()
            self.given: list[str] = []

        def chat(self, *, chat_ctx: Any, tools: Any = None, conn_options: Any = None, **_: Any) -> Any:
            self.given.append(str(chat_ctx.to_dict()))
            return MadeStream(self, chat_ctx=chat_ctx, tools=tools or [], conn_options=conn_options)

    return Made


def session_told(said: Sequence[Said], *, node: bool, raw: bool = False) -> dict[str, Any]:
    """Run a session over a script; return what its events, history, logs and spans tell, and what its LLM is given."""
    from livekit import rtc  # noqa: PLC0415  (an extra)
    from livekit.agents import Agent, AgentSession, telemetry  # noqa: PLC0415
    from livekit.agents.voice import io  # noqa: PLC0415
    from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415
    from opentelemetry.sdk.trace.export import SimpleSpanProcessor  # noqa: PLC0415
    from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter  # noqa: PLC0415

    from ccredact.integrations.livekit import RedactingSTT, SpeechRedactor  # noqa: PLC0415  (an extra)

    made, model = stt_class()(said), llm_class()()
    speech = SpeechRedactor(REDACTOR, after=NEVER)

    class Careful(Agent):
        async def stt_node(self, audio: Any, model_settings: Any) -> Any:
            async for out in speech.events(Agent.default.stt_node(self, audio, model_settings)):
                yield out

    class Microphone(io.AudioInput):
        def __init__(self) -> None:
            super().__init__(label="made")

        async def __anext__(self) -> Any:
            await asyncio.sleep(0.02)
            return rtc.AudioFrame(b"\0" * 640, 16000, 1, 320)

    memory = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(memory))
    telemetry.set_tracer_provider(provider)
    logs: list[str] = []
    handler: Any = logging.Handler()
    handler.emit = lambda record: logs.append(str(vars(record)))
    logger = logging.getLogger("livekit.agents")
    before = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
    told: list[str] = []

    async def run() -> Any:
        stt = made if raw or node else RedactingSTT(made, REDACTOR, after=NEVER)
        session = AgentSession(stt=stt, llm=model, turn_detection="stt", vad=None, min_endpointing_delay=0.1)
        (speech if node else stt).attach(session) if not raw else None
        session.on("user_input_transcribed", lambda out: told.append(f"{out.is_final} {out.transcript}"))
        session.on("conversation_item_added", lambda out: told.append(f"item {out.item}"))
        session.input.audio = Microphone()
        agent = Careful(instructions="listen") if node and not raw else Agent(instructions="listen")
        await session.start(agent)
        await asyncio.sleep(2)
        history = str(session.history.to_dict())
        await session.aclose()
        return history

    try:
        history = asyncio.run(run())
    finally:
        logger.removeHandler(handler)
        logger.setLevel(before)
    spans = [span.to_json() for span in memory.get_finished_spans()]
    return {"events": told, "logs": logs, "spans": spans, "history": [history], "llm": model.given}


PLACES = ("events", "logs", "spans", "history", "llm")
QUESTION = "what's your PIN please"
ANSWER: list[Said] = [0.8, ("final_transcript", "four four one seven"), ("end_of_speech", "")]


def test_without_redaction_everybody_sees_it() -> None:
    told = session_told(CARD, node=False, raw=True)
    for place in PLACES:
        assert any("4242 4242" in line for line in told[place]), place


@pytest.mark.parametrize("node", [True, False])
def test_nobody_behind_the_recogniser_sees_a_number(node: bool) -> None:  # noqa: FBT001
    told = session_told([*CARD, *ANSWER], node=node)
    for place in PLACES:
        assert told[place], place
        for line in told[place]:
            assert not any(raw in line for raw in RAW), place
    (history,) = told["history"]
    assert "yes it's [CREDIT_CARD] [CREDIT_CARD]" in history
    assert QUESTION in history
    assert "[PIN]" in history


# --- an STT around another


def test_a_recording_is_redacted_as_a_call_of_its_own() -> None:
    from livekit import rtc  # noqa: PLC0415  (an extra)

    from ccredact.integrations.livekit import RedactingSTT  # noqa: PLC0415

    async def run(text: str) -> Any:
        stt = RedactingSTT(stt_class()([("final_transcript", text)]), REDACTOR)
        measures: list[Any] = []
        stt.on("metrics_collected", measures.append)
        out = await stt.recognize(rtc.AudioFrame(b"\0" * 640, 16000, 1, 320))
        await stt.aclose()
        return out, len(measures)

    out, measures = asyncio.run(run("hello there so it says 4242 4242"))
    assert shown([out]) == [("final_transcript", "hello there so it says [NUMBER]")]
    assert measures == 1
    assert not any(raw in str(out) for raw in RAW)


def test_the_agents_question_tells_what_the_answer_is() -> None:
    from ccredact.integrations.livekit import SpeechRedactor  # noqa: PLC0415  (an extra)

    class Item:
        role, text_content = "assistant", "what's your PIN please"

    class Added:
        item = Item()

    speech = SpeechRedactor(REDACTOR)
    speech._heard(Added())
    out = [*speech.take(event("final_transcript", "four four one seven")), *speech.flushed()]
    assert shown(out) == [("final_transcript", "[PIN]")]
