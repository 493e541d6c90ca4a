"""Spans through OpenTelemetry's own SDK: what the wrapped exporter is given holds no number, and all else."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest

from ccredact import Redactor

pytest.importorskip("opentelemetry.sdk", reason="needs the extra otel")
pytestmark = pytest.mark.extras

REDACTOR = Redactor("pci", tagger=False)
CARD = "4242 4242 4242 4242"


@pytest.fixture
def traced() -> Any:
    """A tracer, and the spans that it has exported."""
    from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415  (an extra)
    from opentelemetry.sdk.trace.export import SimpleSpanProcessor  # noqa: PLC0415
    from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter  # noqa: PLC0415

    from ccredact.integrations.otel import RedactingSpanExporter  # noqa: PLC0415

    memory = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(RedactingSpanExporter(memory, REDACTOR, keep={"call.id"})))
    yield provider.get_tracer("test"), memory
    provider.shutdown()


def failing_span(tracer: Any, link: object) -> None:
    attributes = {"transcript": f"my card is {CARD}", "chat": json.dumps([{"content": CARD}])}
    with tracer.start_as_current_span(f"call {CARD}", links=[link], attributes=attributes) as span:
        span.set_attributes({"words": CARD.split(), "all": [CARD, "ok"], "long": 4242424242424242, "count": 3})
        span.set_attribute("call.id", "4242424242424242")
        span.add_event(f"heard {CARD}", {"text": CARD})
        raise ValueError(CARD)


def parts(told: dict[str, Any]) -> list[dict[str, Any]]:
    """The events and the links of a span."""
    return [*told["events"], *told["links"]]


def test_all_that_a_span_says_is_redacted(traced: Any) -> None:
    from opentelemetry.trace import Link  # noqa: PLC0415  (an extra)

    tracer, memory = traced
    with tracer.start_as_current_span("first") as first:
        pass
    link = Link(first.get_span_context(), {"said": CARD})
    with pytest.raises(ValueError, match=CARD):
        failing_span(tracer, link)
    _, done = memory.get_finished_spans()
    told = json.loads(done.to_json())
    assert told["attributes"].pop("call.id") == "4242424242424242"
    assert told["attributes"]["transcript"] == "my card is [CREDIT_CARD]"
    assert json.loads(told["attributes"]["chat"]) == [{"content": "[CREDIT_CARD]"}]
    assert told["attributes"]["count"] == 3
    assert told["status"]["description"] == "ValueError: [CREDIT_CARD]"
    assert [event["name"] for event in told["events"]] == ["heard [CREDIT_CARD]", "exception"]
    said = [told["name"], told["attributes"], *([part["attributes"], part.get("name")] for part in parts(told))]
    assert "4242" not in json.dumps(said)


def test_the_rest_of_a_span_is_as_it_was(traced: Any, caplog: pytest.LogCaptureFixture) -> None:
    from opentelemetry.trace import SpanKind, StatusCode  # noqa: PLC0415  (an extra)

    tracer, memory = traced
    attributes = {"a": "ready", "b": 2, "c": 0.5, "d": True, "e": ("x", "y"), "f": (1, 2)}
    with caplog.at_level(logging.WARNING), tracer.start_as_current_span("outer") as outer:
        inner = tracer.start_span("inner", kind=SpanKind.CLIENT, attributes=attributes)
        inner.set_status(StatusCode.OK)
        inner.end()
    done, parent = memory.get_finished_spans()
    assert done.attributes == attributes
    assert (done.kind, done.status.status_code) == (SpanKind.CLIENT, StatusCode.OK)
    assert done.parent.span_id == outer.get_span_context().span_id == parent.context.span_id
    assert (done.start_time, done.end_time) == (inner.start_time, inner.end_time)
    assert done.instrumentation_scope.name == "test"
    assert caplog.text == ""


def test_it_is_shut_down_and_flushed_with_the_other(traced: Any) -> None:
    from opentelemetry.sdk.trace.export import SpanExportResult  # noqa: PLC0415  (an extra)

    from ccredact.integrations.otel import RedactingSpanExporter  # noqa: PLC0415

    asked: list[object] = []

    class Other:
        def export(self, spans: Any) -> SpanExportResult:
            asked.append(len(spans))
            return SpanExportResult.FAILURE

        def shutdown(self) -> None:
            asked.append("shutdown")

        def force_flush(self, timeout_millis: int = 0) -> bool:
            asked.append(timeout_millis)
            return False

    other: Any = Other()
    exporter = RedactingSpanExporter(other, REDACTOR)
    assert exporter.export([]) is SpanExportResult.FAILURE
    assert exporter.force_flush(7) is False
    exporter.shutdown()
    assert asked == [0, 7, "shutdown"]
    del traced
