"""Application workloads."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tollbar.errors import TollbarError
from tollbar.inputs import detect
from tollbar.inputs.interface import Declaration, ReadOptions
from tollbar.inputs.workload_kinds import KINDS
from tollbar.inputs.workloads import READER, check_keys
from tollbar.resources.registry import resource_types

if TYPE_CHECKING:
    from pathlib import Path


_CALLS = "workloads:\n  - {name: x, kind: llm, model: m, calls_per_month: 1"


def _read(tmp_path: Path, text: str, name: str = "workloads.yml") -> Declaration:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    return READER.read(file, ReadOptions())


@pytest.mark.parametrize(
    ("workload", "type_name", "attributes", "usage"),
    [
        (
            "kind: lambda, memory_mb: 512, estimated_duration_ms: 800, estimated_invocations: 2000000",
            "aws_lambda_function",
            {"memory_size": 512, "architectures": ["x86_64"]},
            {"monthly_requests": 2_000_000, "request_duration_ms": 800},
        ),
        (
            "memory_mb: 512, duration_ms: 800, invocations: 5",
            "aws_lambda_function",
            {"memory_size": 512, "architectures": ["x86_64"]},
            {"monthly_requests": 5, "request_duration_ms": 800},
        ),
        (
            "model: gpt-4, estimated_tokens: 1000000",
            "llm_api_call",
            {"model": "gpt-4", "batch": False},
            {"monthly_tokens": 1_000_000},
        ),
        (
            ("kind: llm, model: gpt-4o, calls_per_month: {low: 1, expected: 2, high: 3}, input_tokens: 9, "
            "output_tokens: 8"),
            "llm_api_call",
            {"model": "gpt-4o", "batch": False},
            {"monthly_calls": {"low": 1, "expected": 2, "high": 3}, "input_tokens": 9, "output_tokens": 8},
        ),
        ("kind: api_gateway, requests: 7", "aws_apigatewayv2_api", {"protocol_type": "HTTP"}, {"monthly_requests": 7}),
        ("kind: api_gateway, api: rest, requests: 7", "aws_api_gateway_rest_api", {}, {"monthly_requests": 7}),
        (
            "kind: api_gateway, api: websocket, requests: 7",
            "aws_apigatewayv2_api",
            {"protocol_type": "WEBSOCKET"},
            {"monthly_messages": 7},
        ),
        ("kind: queue, requests: 7", "aws_sqs_queue", {"fifo_queue": False}, {"monthly_requests": 7}),
        ("kind: storage, storage_gb: 7", "aws_s3_bucket", {}, {"standard.storage_gb": 7}),
        (
            "kind: storage, cloud: gcp, storage_gb: {expected: 7}, reads: 1",
            "google_storage_bucket",
            {},
            {"storage_gb": {"low": 7, "expected": 7, "high": 7}, "monthly_class_b_operations": 1},
        ),
        (
            "kind: self_hosted_llm, model: m, gpu: t4, tokens_per_second: 5",
            "llm_self_hosted",
            {"model": "m", "cloud": "aws", "gpu": "t4", "gpus": 1, "spot": False},
            {"replicas": 1, "tokens_per_second": 5},
        ),
        (
            (
                "kind: llm, model: gpt-4o, calls_per_month: 9, task_type: qa, tier: 2, max_output_tokens: 90, "
                "max_retries: 3, retry_share: 0.1, fallbacks: [a, b], repeated_share: 0.5, context_tokens: 7, "
                "context_used_share: 0, can_wait: false"
            ),
            "llm_api_call",
            {
                "model": "gpt-4o",
                "batch": False,
                "task_type": "qa",
                "tier": 2,
                "max_output_tokens": 90,
                "max_retries": 3,
                "fallbacks": ("a", "b"),
                "repeated_share": Decimal("0.5"),
                "context_tokens": 7,
                "context_used_share": 0,
                "can_wait": False,
            },
            {"monthly_calls": 9, "retry_share": Decimal("0.1")},
        ),
        (
            (
                "kind: llm, model: gpt-5, provider: azure, service_tier: flex, calls_per_month: 9, input_tokens: 8, "
                "reasoning_share: 0.5, input_audio_tokens: 3, output_image_tokens: 2, cache_write_share: 0.2, "
                "cache_write_1h_share: 0.1, batch_share: 0.4, fallbacks: [a], fallback_share: 0.1, "
                "provisioned: {units: 50, deployment: global, tokens_per_minute: 2500}"
            ),
            "llm_api_call",
            {
                "model": "gpt-5",
                "provider": "azure",
                "batch": False,
                "service_tier": "flex",
                "fallbacks": ("a",),
                "cloud": "azure",
                "provisioned_deployment": "global",
                "provisioned_commitment": "no_commitment",
                "provisioned_tokens_per_minute": 2500,
            },
            {
                "monthly_calls": 9,
                "input_tokens": 8,
                "reasoning_share": Decimal("0.5"),
                "input_audio_tokens": 3,
                "output_image_tokens": 2,
                "cache_write_share": Decimal("0.2"),
                "cache_write_1h_share": Decimal("0.1"),
                "batch_share": Decimal("0.4"),
                "fallback_share": Decimal("0.1"),
                "provisioned_units": 50,
            },
        ),
        (
            "kind: self_hosted_llm, model: m, gpu: t4, precision: int8, accuracy: 0.9, previous_accuracy: 0.8",
            "llm_self_hosted",
            {
                "model": "m",
                "cloud": "aws",
                "gpu": "t4",
                "gpus": 1,
                "spot": False,
                "precision": "int8",
                "accuracy": Decimal("0.9"),
                "previous_accuracy": Decimal("0.8"),
            },
            {"replicas": 1},
        ),
        (
            "kind: training, instance_type: p3.2xlarge, hours_per_run: 6, runs_per_month: 4, drift: 0.02, instances: 2",
            "ml_training",
            {
                "cloud": "aws",
                "instance_type": "p3.2xlarge",
                "gpus": 1,
                "spot": False,
                "instances": 2,
                "drift": Decimal("0.02"),
            },
            {"hours_per_run": 6, "runs_per_month": 4},
        ),
        (
            "kind: resource, type: aws_s3_bucket, attributes: {a: 1}, usage: {standard: {storage_gb: 2}}",
            "aws_s3_bucket",
            {"a": 1},
            {"standard.storage_gb": 2},
        ),
    ],
)  # fmt: skip
def test_a_workload_is_a_resource_with_its_use(
    tmp_path: Path, workload: str, type_name: str, attributes: dict[str, Any], usage: dict[str, Any]
) -> None:
    declaration = _read(tmp_path, f"workloads:\n  - {{name: x, {workload}}}\n")
    (resource,) = declaration.after
    assert (resource.address, resource.type, dict(resource.attributes.values)) == ("workload.x", type_name, attributes)
    assert dict(resource.usage) == usage
    assert resource.location is not None
    assert resource.location.line == 2


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "resource"])
def test_the_type_of_every_kind_has_an_estimator_with_its_keys(tmp_path: Path, kind: str) -> None:
    more = {
        "lambda": "memory_mb: 128, duration_ms: 1, invocations: 1",
        "api_gateway": "requests: 1, request_size_kb: 1",
        "queue": "requests: 1, request_size_kb: 1",
        "storage": "storage_gb: 1, writes: 1, reads: 1",
        "llm": (
            "model: m, calls_per_month: 1, input_tokens: 1, output_tokens: 1, cached_share: 1, input_share: 1, "
            "reasoning_tokens: 1, input_audio_tokens: 1, output_audio_tokens: 1, input_image_tokens: 1, "
            "output_image_tokens: 1, cache_write_share: 0, cache_write_1h_share: 0, batch_share: 1, "
            "fallbacks: [a], fallback_share: 1, provider: azure, provisioned: {units: 1}"
        ),
        "self_hosted_llm": "model: m, gpu: t4, tokens_per_second: 1, utilisation: 1, input_share: 1",
        "training": "gpu: t4, hours_per_run: 1, runs_per_month: 1",
    }
    (resource,) = _read(tmp_path, f"workloads:\n  - {{name: x, kind: {kind}, {more[kind]}}}\n").after
    estimator = resource_types(resource.cloud)[resource.type]
    assert set(resource.usage) <= set(estimator.usage_key_by_name)


def test_tags_and_region_are_kept_and_a_missing_region_is_told(tmp_path: Path) -> None:
    text = "workloads:\n  - {name: a, kind: queue, requests: 1, region: eu-west-1, tags: {team: x}}\n"
    declaration = _read(tmp_path, f"{text}  - {{name: b, kind: queue, requests: 1}}\n")
    first, second = declaration.after
    assert (first.region, first.tags, second.region) == ("eu-west-1", {"team": "x"}, "us-east-1")
    assert declaration.warnings == ("no region is told for workload.b; priced as in us-east-1",)


def test_units_of_throughput_are_bought_in_a_region(tmp_path: Path) -> None:
    units = f"{_CALLS}, provider: bedrock, provisioned: {{units: 1}}"
    declaration = _read(tmp_path, f"{units}}}\n")
    assert [resource.region for resource in declaration.after] == ["us-east-1"]
    assert declaration.warnings == ("no region is told for workload.x; priced as in us-east-1",)
    (told,) = _read(tmp_path, f"{units}, region: eu-west-1}}\n").after
    assert told.region == "eu-west-1"


def test_json_is_read_as_well(tmp_path: Path) -> None:
    file = tmp_path / "costs.json"
    file.write_text('{"workloads": [{"name": "x", "model": "gpt-4", "estimated_tokens": 5}]}', encoding="utf-8")
    (resource,) = detect.read(file, ReadOptions()).after
    assert resource.usage == {"monthly_tokens": Decimal(5)}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("workloads: {}\n", ":1: workloads must be a list"),
        ("workloads: {a: {kind: queue}}\n", "Begin each workload with a dash: - {name: NAME, kind: KIND, ...}"),
        ("workloads:\n  - x\n", ":2: a workload is a mapping with name and kind"),
        ("workloads:\n  - {name: x}\n", ":2: a workload needs a kind"),
        ("workloads:\n  - {name: x, kind: lamda}\n", "no kind of workload 'lamda'\n  Did you mean 'lambda'?"),
        ("workloads:\n  - {name: x, kind: queue}\n", "workloads.0.requests is missing"),
        ("workloads:\n  - name: x\n    kind: queue\n    request: 5\n", ":4: unknown key 'workloads.0.request'"),
        ("workloads:\n  - name: x\n    kind: queue\n    requests: -5\n", ":4: workloads.0.requests"),
        ("workloads:\n  - name: x\n    kind: queue\n    requests: {low: 5, expected: 4}\n", "a range must go up"),
        ("workloads:\n  - {name: x, kind: llm, model: m}\n", "tell calls_per_month"),
        ("workloads:\n  - {name: x, kind: self_hosted_llm, model: m}\n", "tell instance_type, gpu (with cloud)"),
        ("workloads:\n  - {name: x, kind: training, hours_per_run: 1, runs_per_month: 1}\n", "tell instance_type, gpu"),
        ("workloads:\n  - {name: x, kind: training, gpu: t4, hours_per_run: 1}\n", "workloads.0.runs_per_month is"),
        (f"{_CALLS}, retry_share: 0.1}}\n", ":2: workloads.0: retry_share needs max_retries"),
        (f"{_CALLS}, max_retries: 2, retry_share: 1.1}}\n", "retry_share is a share of the attempts, 0 to 1"),
        (f"{_CALLS}, max_retries: 2, retry_share: {{expected: 0.1, high: 2}}}}\n", "retry_share is a share of the"),
        (f"{_CALLS}, max_retries: -1}}\n", "workloads.0.max_retries: Input should be greater than or equal to 0"),
        (f"{_CALLS}, tier: 4}}\n", "workloads.0.tier: Input should be less than or equal to 3"),
        (f"{_CALLS}, cached_share: 0.6, cache_write_share: 0.5}}\n", "are parts of the input: 1 at most"),
        (f"{_CALLS}, reasoning_share: 0.6, reasoning_tokens: 5}}\n", "tell reasoning_share (part of output_tokens) or"),
        (f"{_CALLS}, batch: true, batch_share: 0.5}}\n", "tell batch or batch_share, not both"),
        (f"{_CALLS}, fallback_share: 0.5}}\n", "fallback_share needs fallbacks"),
        (f"{_CALLS}, service_tier: fast}}\n", "Input should be 'standard', 'flex' or 'priority'"),
        (f"{_CALLS}, provisioned: {{units: 5}}}}\n", "provisioned needs its provider: azure.ai.openai, aws.bedrock or"),
        (f"{_CALLS}, provisioned: {{unit: 5}}}}\n", "Did you mean 'units'?"),
        (f"{_CALLS}, max_output_token: 4}}\n", "Did you mean 'max_output_tokens'?"),
        ("workloads:\n  - {name: x, kind: queue, requests: 1}\n  - {name: x, kind: queue, requests: 1}\n",
         ":3: two workloads are called 'x'"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(TollbarError) as error:
        _read(tmp_path, text)
    assert message in str(error.value)


def test_other_files_are_left_to_others(tmp_path: Path) -> None:
    for name, text in (("a.yml", "kind: Deployment\n"), ("b.json", "{}"), ("c.txt", "workloads:\n"), ("d.json", "[]")):
        file = tmp_path / name
        file.write_text(text, encoding="utf-8")
        assert not READER.can_read(file)


def test_use_of_which_the_type_knows_nothing_is_an_error(tmp_path: Path) -> None:
    text = "workloads:\n- {name: x, kind: resource, type: aws_sqs_queue, usage: {monthly_request: 5}}\n"
    (queue,) = _read(tmp_path, text).after
    keys = resource_types("aws")["aws_sqs_queue"].usage_key_by_name
    with pytest.raises(TollbarError) as error:
        check_keys(queue, keys)
    assert f"{tmp_path / 'workloads.yml'}:2: aws_sqs_queue has no usage key 'monthly_request'" in str(error.value)
