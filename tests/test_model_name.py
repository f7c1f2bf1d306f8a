"""Model names as SDKs, gateways and clouds write them."""

from __future__ import annotations

import pytest

from tollbar.model_name import ModelName, is_bedrock_id, library_provider, maker_of, model_names, provider_name

SONNET = "anthropic.claude-sonnet-4-5-20250929-v1:0"


@pytest.mark.parametrize(
    ("model", "provider", "expected"),
    [
        ("gpt-4o", None, [("gpt-4o", "openai")]),
        ("gpt-4o", "azure.ai.openai", [("gpt-4o", "azure.ai.openai")]),
        ("openai/gpt-4o", None, [("gpt-4o", "openai")]),
        ("openai/gpt-4o", "openai", [("openai/gpt-4o", "openai"), ("gpt-4o", "openai")]),
        ("azure/gpt-4o", None, [("gpt-4o", "azure.ai.openai")]),
        ("azure/eu/gpt-4o", None, [("eu/gpt-4o", "azure.ai.openai")]),  # dearer than the global one
        ("azure/global-standard/gpt-4o", None, [("gpt-4o", "azure.ai.openai")]),
        ("openrouter/openai/gpt-4o", None, [("openai/gpt-4o", "openrouter")]),
        ("openai/gpt-4o", "openrouter", [("openai/gpt-4o", "openrouter")]),
        ("openai/gpt-oss-120b", "groq", [("openai/gpt-oss-120b", "groq")]),
        ("anthropic/claude-x", "openai", [("anthropic/claude-x", "openai"), ("claude-x", "anthropic")]),
        ("anthropic/claude-x", "aws.bedrock", [("anthropic/claude-x", "aws.bedrock"), ("claude-x", "aws.bedrock")]),
        ("claude-x", "litellm", [("claude-x", "anthropic")]),
        (SONNET, None, [(SONNET, "aws.bedrock"), ("anthropic.claude-sonnet-4-5-20250929", "aws.bedrock")]),
        (f"us.{SONNET}", "bedrock", [(f"us.{SONNET}", "aws.bedrock"), (f"us.{SONNET[:-5]}", "aws.bedrock")]),
        (
            f"arn:aws:bedrock:us-east-1:1:inference-profile/eu.{SONNET}",
            None,
            [(f"eu.{SONNET}", "aws.bedrock"), (f"eu.{SONNET[:-5]}", "aws.bedrock")],
        ),
        (f"bedrock/us-east-1/{SONNET}", None, [(SONNET, "aws.bedrock"), (SONNET[:-5], "aws.bedrock")]),
        ("arn:aws:bedrock:us-east-1:1:application-inference-profile/abc", "aws.bedrock", []),
        ("arn:aws:bedrock:us-east-1:1:provisioned-model/abc", None, []),
        ("arn:aws:sagemaker:us-east-1:1:endpoint/abc", None, []),
        ("publishers/google/models/gemini-2.5-pro", None, [("gemini-2.5-pro", "gcp.vertex_ai")]),
        (
            "projects/p/locations/us-central1/publishers/google/models/gemini-2.5-pro",
            "gcp.vertex_ai",
            [("gemini-2.5-pro", "gcp.vertex_ai")],
        ),
        ("projects/p/locations/us-central1/endpoints/123", "gcp.vertex_ai", []),
        ("models/gemini-2.5-pro", None, [("gemini-2.5-pro", "gcp.gemini")]),
        ("gemini/gemini-2.5-pro", None, [("gemini-2.5-pro", "gcp.gemini")]),
        ("claude-sonnet-4-5@20250929", None, [("claude-sonnet-4-5@20250929", "gcp.vertex_ai")]),
        ("ft:gpt-4o:org::1", None, [("ft:gpt-4o:org::1", "openai"), ("ft:gpt-4o", "openai")]),
        ("meta-llama/llama-3", None, [("meta-llama/llama-3", None)]),
        ("something", None, [("something", None)]),
        (" GPT-4o ", " OpenAI ", [("gpt-4o", "openai")]),
    ],
)
def test_a_name_is_taken_apart(model: str, provider: str | None, expected: list[tuple[str, str | None]]) -> None:
    assert list(model_names(model, provider)) == [ModelName(*name) for name in expected]


@pytest.mark.parametrize(
    ("told", "name", "library"),
    [
        ("bedrock", "aws.bedrock", "aws"),
        ("AWS", "aws.bedrock", "aws"),
        ("azure", "azure.ai.openai", "azure"),
        ("azure_ai", "azure.ai.inference", "azure"),
        ("google", "gcp.gemini", "google"),
        ("vertex_ai", "gcp.vertex_ai", "google"),
        ("xai", "x_ai", "x-ai"),
        ("x-ai", "x_ai", "x-ai"),
        ("mistral", "mistral_ai", "mistral"),
        ("ollama", "ollama", "ollama"),
    ],
)
def test_a_provider_has_one_name(told: str, name: str, library: str) -> None:
    assert provider_name(told) == name
    assert library_provider(told) == library
    assert provider_name(name) == name


def test_a_maker_and_a_bedrock_identifier_are_told_by_the_name() -> None:
    assert [maker_of(name) for name in ("o3-mini", "claude-x", "llama")] == ["openai", "anthropic", None]
    assert [is_bedrock_id(name) for name in (SONNET, f"us-gov.{SONNET}", "arn:aws:bedrock:x", "gpt-4.1-mini")] == [
        True,
        True,
        True,
        False,
    ]
