"""What an OpenTelemetry collector is told of requests, and what it never is."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span

from assistant.errors import SettingsError
from assistant.server.traces import ENDPOINTS, Traces, traces_of
from tests.assistant.server.served import CHAT, PROGRAM, Behind, served
from tests.ui import scripted

WORDS = "my calf grabs me at the Beverley ten"
PASSAGE = f"/api/v1/passages/{scripted.RELEASE.id}"


@dataclass
class Collector:
    """What a collector on this machine was sent."""

    url: str = ""
    bodies: list[bytes] = field(default_factory=list)

    @property
    def spans(self) -> list[Span]:
        told = [ExportTraceServiceRequest.FromString(body) for body in self.bodies]
        return [
            span
            for each in told
            for resource in each.resource_spans
            for scope in resource.scope_spans
            for span in scope.spans
        ]


@contextmanager
def collecting(monkeypatch: pytest.MonkeyPatch) -> Iterator[Collector]:
    collector = Collector()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            collector.bodies.append(self.rfile.read(int(self.headers["content-length"])))
            self.send_response(200)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (its own)
            pass

    listening = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=listening.serve_forever)
    thread.start()
    collector.url = f"http://127.0.0.1:{listening.server_port}"
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", collector.url)
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_COMPRESSION", "none")
    try:
        yield collector
    finally:
        listening.shutdown()
        thread.join()
        listening.server_close()


def told(span: Span) -> dict[str, object]:
    return {each.key: each.value.int_value or each.value.string_value for each in span.attributes}


def test_a_request_is_a_span_without_words_and_addresses(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with collecting(monkeypatch) as collector:
        with served(Behind(traces=traces_of(wanted=True))) as server:
            asked = server.post(
                CHAT,
                {"message": WORDS, "earlier": ["and the Humber half"]},
                traceparent=f"00-{'ab' * 16}-{'cd' * 8}-00",
                tracestate="club=my-name-is-Fell",
                baggage="name=Fell",
            )
            server.get(f"{PASSAGE}?start=12345")
            chat = server.post("/api/v1/chats/ABCD-EFGH-JKLM", {}, PROGRAM)
            assert chat.status_code == 405
        sent = b"".join(collector.bodies)
        collector_spans = collector.spans
        spans = {span.name: told(span) for span in collector_spans}
    assert spans[f"POST {CHAT}"]["soleus.request"] == asked.headers["x-request-id"]
    assert spans[f"POST {CHAT}"]["http.response.status_code"] == 200
    assert "GET /api/v1/passages/{passage}" in spans
    for secret in (
        "Beverley",
        "Humber",
        scripted.RELEASE.id,
        "12345",
        "ABCD",
        "127.0.0.1",
        "bearer",
        "Fell",
    ):
        assert secret.encode() not in sent
    assert all(span.trace_id != bytes.fromhex("ab" * 16) for span in collector_spans)
    assert b"service.name" in sent
    assert b"soleus" in sent


def test_off_it_stays_whatever_the_environment_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FASTAPI_OTEL_AUTO_CONFIGURE", "true")
    with collecting(monkeypatch) as collector:
        with served(Behind(traces=traces_of(wanted=False))) as server:
            assert server.ask(WORDS).status_code == 200
        assert collector.bodies == []


def test_a_collector_that_is_away_costs_nobody_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9")
    with served(Behind(traces=traces_of(wanted=True))) as server:
        assert server.ask(WORDS).status_code == 200


def test_one_that_nobody_named_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ENDPOINTS:
        monkeypatch.delenv(name, raising=False)
    assert traces_of(wanted=False) == Traces()
    with pytest.raises(SettingsError, match="OTEL_EXPORTER_OTLP_ENDPOINT"):
        traces_of(wanted=True)


def test_a_missing_extra_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:4318")
    monkeypatch.setitem(
        __import__("sys").modules, "opentelemetry.exporter.otlp.proto.http.trace_exporter", None
    )
    with pytest.raises(SettingsError, match=r"\.\[otel\]"):
        traces_of(wanted=True)
