"""Traces of requests, as OpenTelemetry's own exporter in memory gets them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from tests.service.running import running_service
from tollbar.service.tracing import trace

if TYPE_CHECKING:
    from pathlib import Path


def test_a_request_is_a_span_without_its_secrets(tmp_path: Path) -> None:
    exporter, provider = InMemorySpanExporter(), TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    with running_service(tmp_path, prepare=lambda app: trace(app, provider)) as service:
        token = service.token("prices")
        with service.client(token) as client:
            assert client.get("/healthz").status_code == 200
            assert client.get("/v1/prices/aws/ebs/storage/gp3?region=us-east-1").status_code == 200
    (span,) = exporter.get_finished_spans()
    assert span.name == "GET /v1/prices/{key:path}"
    assert token not in str(span.to_json())
