"""Whatever the OpenAPI document allows, and much that it does not: never a 500, and every answer as it is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tollbar.service.app import create_app
from tollbar.service.configuration import ServiceSettings

if TYPE_CHECKING:
    from tests.service.running import Running

API = schemathesis.openapi.from_dict(create_app(ServiceSettings()).openapi())
OPERATIONS = {each.ok().label: each.ok() for each in API.get_all_operations() if isinstance(each, Ok)}
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
"""Not whether what fits the schema is accepted: a body is a file of any kind."""
NOTHING_TO_GET_WRONG = {"GET /healthz", "GET /readyz", "GET /metrics", "GET /v1/policies"}
CASES = [
    (operation, mode)
    for operation in OPERATIONS
    for mode in GenerationMode
    if mode == GenerationMode.POSITIVE or operation not in NOTHING_TO_GET_WRONG
]


@pytest.fixture(scope="session")
def headers(service: Running) -> dict[str, str]:
    return {"Authorization": f"Bearer {service.token()}"}


@pytest.mark.parametrize(("operation", "mode"), CASES)
def test_every_answer_is_as_documented(
    operation: str, mode: GenerationMode, service: Running, headers: dict[str, str]
) -> None:
    @settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(case=OPERATIONS[operation].as_strategy(generation_mode=mode))
    def holds(case: Any) -> None:
        case.call_and_validate(base_url=service.url, headers=headers, checks=CHECKS)

    holds()
