"""OpenTelemetry traces: sent where the usual environment variables name an endpoint, and not at all otherwise."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fastapi import FastAPI
    from opentelemetry.sdk.trace import TracerProvider

_ENDPOINTS = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
_NOT_TRACED = "healthz,readyz,metrics"


def trace(app: FastAPI, provider: TracerProvider | None = None) -> None:
    """Trace an app's requests with a provider, or as the environment says."""
    if provider is None and not any(os.environ.get(name) for name in _ENDPOINTS):
        return
    from opentelemetry.instrumentation.fastapi import FastAPIInstrumentor  # noqa: PLC0415 -- only who traces pays

    FastAPIInstrumentor.instrument_app(
        app, tracer_provider=provider or _provider(), excluded_urls=_NOT_TRACED, exclude_spans=["receive", "send"]
    )


def _provider() -> TracerProvider:
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter  # noqa: PLC0415 -- as above
    from opentelemetry.sdk.resources import Resource  # noqa: PLC0415 -- as above
    from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415 -- as above
    from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: PLC0415 -- as above

    from tollbar import __version__  # noqa: PLC0415 -- as above

    provider = TracerProvider(resource=Resource.create({"service.name": "tollbar", "service.version": __version__}))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    return provider
