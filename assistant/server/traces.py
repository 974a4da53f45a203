"""Spans of requests for OpenTelemetry, where the operator wants any: route, status and time.

FastAPI makes them itself (fastapi/telemetry). It also offers logs with the words of exceptions, its
own metrics, spans of every function, and an exporter that the environment turns on; all of that
stays off, so that what leaves the machine is decided in one place, here. An address may hold a
chat's code and a header anything: neither is told.
"""

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fastapi.telemetry import TelemetryConfig
from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.propagators.textmap import TextMapPropagator

from assistant.errors import SettingsError

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider

ENDPOINTS = ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT")
NUMBER = "soleus.request"
"""The number that stands in the log, and in whatever a reader was told."""
_UNTOLD = ("url.path", "url.query", "http.request.method_original", "server.address")
_WITHHELD = "-"
_PATIENCE = 2.0
"""Seconds in which spans must be taken off us: a server that ends waits for no collector."""


@dataclass(frozen=True, slots=True)
class Traces:
    """Where spans go; nowhere without a provider."""

    provider: "TracerProvider | None" = None

    @property
    def telemetry(self) -> TelemetryConfig:
        """What FastAPI is told."""
        return {
            "tracing": self.provider is not None,
            "tracer_provider": self.provider,
            "metrics": False,
            "logs": False,
            "operation_spans": False,
            "auto_configure": False,
        }

    def close(self) -> None:
        """Sends what is left, if that can be done at once."""
        if self.provider is not None:
            self.provider.shutdown()


class _Deaf(TextMapPropagator):
    """Reads no trace out of a request and writes none into one."""

    def extract(
        self, carrier: object, context: Context | None = None, getter: object = None
    ) -> Context:
        """The context as it was."""
        return context if context is not None else Context()

    def inject(
        self, carrier: object, context: Context | None = None, setter: object = None
    ) -> None:
        """Nothing."""

    @property
    def fields(self) -> set[str]:
        """None."""
        return set()


def number_span(number: str) -> None:
    """Writes a request's number into its span, if it has one."""
    trace.get_current_span().set_attribute(NUMBER, number)


def traces_of(*, wanted: bool) -> Traces:
    """As they are set up. Raises SettingsError."""
    if not wanted:
        return Traces()
    if not any(os.environ.get(name, "").strip() for name in ENDPOINTS):
        raise SettingsError(
            "[server] traces: OTEL_EXPORTER_OTLP_ENDPOINT must name the collector, e.g."
            " http://127.0.0.1:4318"
        )
    try:
        return Traces(_provider())
    except ImportError:
        raise SettingsError("[server] traces: an extra is missing: pip install '.[otel]'") from None


def _provider() -> "TracerProvider":
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.propagate import set_global_textmap
    from opentelemetry.sdk.resources import SERVICE_NAME, Resource
    from opentelemetry.sdk.trace import Span, SpanProcessor, TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor
    from opentelemetry.sdk.trace.sampling import ALWAYS_ON

    class Withholding(SpanProcessor):
        """First of all: takes out what is nobody's business."""

        def on_start(self, span: Span, parent_context: object = None) -> None:
            told = span.attributes or {}
            span.set_attributes({name: _WITHHELD for name in _UNTOLD if name in told})

    name = os.environ.get("OTEL_SERVICE_NAME", "").strip() or "soleus"
    # What a client says of its own trace is neither told on nor obeyed (traceparent, tracestate).
    set_global_textmap(_Deaf())
    provider = TracerProvider(
        sampler=ALWAYS_ON, resource=Resource.create({SERVICE_NAME: name}), shutdown_on_exit=False
    )
    provider.add_span_processor(Withholding())
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(timeout=_PATIENCE)))
    return provider
