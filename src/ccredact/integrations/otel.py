"""Spans without what was said: an OpenTelemetry exporter around another (extra `otel`).

    from ccredact.integrations.otel import RedactingSpanExporter
    provider.add_span_processor(BatchSpanProcessor(RedactingSpanExporter(OTLPSpanExporter())))

Frameworks for voice agents write transcripts, prompts and whole chats into the attributes of spans. Redaction where
the text arises (`ccredact.integrations.pipecat`, `livekit`) is better: it knows the call. This is the net below it,
and what there is for spans of other code.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from ccredact.errors import MissingExtraError
from ccredact.integrations.values import MASK, TextRedactor
from ccredact.redactor import Redactor

try:
    from opentelemetry.sdk.trace import Event, ReadableSpan
    from opentelemetry.sdk.trace.export import SpanExporter, SpanExportResult
    from opentelemetry.trace import Link, Status
except ImportError:
    raise MissingExtraError("otel") from None


class RedactingSpanExporter(SpanExporter):
    """Hands spans on to another exporter with all text in them redacted.

    Names, attributes (those of events and links too), and the description of the status; not the resource and the
    scope, which name programs. Each value is looked at by itself, text that is JSON inside. `keep` are keys of
    attributes that stay as they are: ids of yours would be taken for numbers.

    What cannot be redacted is handed on as `[REDACTED]`. Nothing raw is kept.
    """

    def __init__(self, exporter: SpanExporter, redactor: Redactor | None = None, *, keep: Collection[str] = ()) -> None:
        self._exporter = exporter
        self._texts = TextRedactor(redactor)
        self._keep = frozenset(keep)

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        """Redact the spans and hand them on."""
        return self._exporter.export([self._redacted(span) for span in spans])

    def shutdown(self) -> None:
        """Shut the other exporter down."""
        self._exporter.shutdown()

    def force_flush(self, timeout_millis: int = 30_000) -> bool:
        """Let the other exporter write all that it holds."""
        return bool(self._exporter.force_flush(timeout_millis))

    def _redacted(self, span: ReadableSpan) -> ReadableSpan:
        status = span.status
        description = status.description and self._texts.text(status.description)
        return ReadableSpan(
            name=self._texts.text(span.name),
            context=span.context,
            parent=span.parent,
            resource=span.resource,
            attributes=self._attributes(span.attributes),
            events=[
                Event(self._texts.text(event.name), self._attributes(event.attributes), event.timestamp)
                for event in span.events
            ],
            links=[Link(link.context, self._attributes(link.attributes)) for link in span.links],
            kind=span.kind,
            status=Status(status.status_code, description),
            start_time=span.start_time,
            end_time=span.end_time,
            instrumentation_scope=span.instrumentation_scope,
        )

    def _attributes(self, attributes: Mapping[str, Any] | None) -> dict[str, Any]:
        return {
            self._texts.text(key): value if key in self._keep else self._value(value)
            for key, value in (attributes or {}).items()
        }

    def _value(self, value: Any) -> Any:
        """Return a value of an attribute; one list holds values of one type alone."""
        redacted = self._texts.value(value)
        if isinstance(redacted, list | tuple) and len({type(item) for item in redacted}) > 1:
            return MASK
        return redacted
