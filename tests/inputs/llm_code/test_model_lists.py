"""Models in files of settings: each is found once, with the call that reads it or as a site of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.inputs.llm_code.python_project import sites_in
from tollbar.inputs.llm_code.call_site import CallSite
from tollbar.inputs.llm_code.model_shape import is_model_name
from tollbar.location import Location

CORPUS = Path(__file__).parent / "corpus" / "configs"


def _texts() -> dict[str, str]:
    files = sorted(path for path in CORPUS.rglob("*") if path.is_file())
    return {path.relative_to(CORPUS).as_posix(): path.read_text(encoding="utf-8") for path in files}


def test_every_model_in_settings_is_found_once_and_nothing_else() -> None:
    """Cars, phones, records of calls and price lists are none; a fallback is told with the call it stands in for."""
    found = [
        (str(site.location), site.client, site.provider, site.model, site.max_output_tokens, site.max_retries)
        for site in sites_in(_texts())
    ]
    assert found == [
        (".env.example:3", "configuration", None, "o3-mini", None, None),
        (".github/workflows/review.yml:7", "configuration", None, "gpt-5", None, None),
        ("app.toml:2", "configuration", None, "gemini-2.5-pro", None, None),
        ("chart/deployment.yaml:5", "configuration", None, "gpt-4.1-nano", None, None),
        ("chart/values.yaml:6", "configuration", None, "claude-3-5-haiku-latest", None, None),
        ("config.json:2", "configuration", None, "text-embedding-3-large", None, None),
        ("docker-compose.yml:5", "configuration", None, "mistral-large-latest", None, None),
        ("infra/prod.tfvars:1", "configuration", None, "us.amazon.nova-pro-v1:0", None, None),
        ("infra/variables.tf:3", "configuration", None, "gpt-4o-mini-2024-07-18", None, None),
        ("litellm.yaml:15", "litellm", None, "text-embedding-3-small", None, 3),
        ("litellm.yaml:20", "litellm", "azure.ai.openai", None, None, 3),
        ("litellm.yaml:24", "litellm", "azure.ai.openai", "gpt-4.1", None, 3),
        ("settings.yaml:5", "configuration", "anthropic", "claude-opus-4-1", 1024, 4),
        ("settings.yaml:9", "configuration", None, "gpt-4o-mini", None, None),
        ("settings.yaml:10", "configuration", None, "gpt-4.1", None, None),
        ("src/proxy.ts:5", "openai", "openai", "gpt-4o-mini", 500, 11),
        ("src/proxy.ts:8", "openai", "openai", "gpt-4o-mini", None, 2),
    ]


def test_a_model_behind_a_proxy_in_full() -> None:
    """The call tells what the proxy calls for it: its retries are repeated by the proxy, 3 times 4 attempts in all."""
    sites = {site.symbol: site for site in sites_in(_texts())}
    assert sites["src.proxy.quick"] == CallSite(
        Location("src/proxy.ts", 5),
        "openai",
        "chat",
        symbol="src.proxy.quick",
        provider="openai",
        model="gpt-4o-mini",
        model_origin="configuration",
        max_output_tokens=500,
        max_retries=11,
        fallbacks=("claude-sonnet-4-5",),
    )


def test_a_proxy_that_nobody_calls_tells_its_models_itself() -> None:
    """Each of the deployments under one name is one of two."""
    sites = sites_in({"litellm.yaml": _texts()["litellm.yaml"]})
    told = [(site.symbol, site.operation, site.alternatives, site.fallbacks, site.unknown_model) for site in sites]
    unknown = "prod-4o is the name of a deployment, which tells no model; code.deployments in tollbar.yml can"
    assert told == [
        ("litellm.model_list.fast", "chat", 1, ("claude-sonnet-4-5",), ""),
        ("litellm.model_list.smart", "chat", 2, (), ""),
        ("litellm.model_list.smart", "chat", 2, (), ""),
        ("litellm.model_list.vectors", "embeddings", 1, (), ""),
        ("litellm.model_list.hidden", "chat", 1, (), unknown),
        ("litellm.model_list.named", "chat", 1, (), ""),
    ]


def test_a_proxys_name_called_at_a_provider_is_the_providers() -> None:
    """``gpt-4o`` in a proxy's list may be anything; at OpenAI it is itself."""
    proxy = "model_list:\n  - model_name: gpt-4o\n    litellm_params: {model: groq/llama-3.3-70b-versatile}\n"
    code = 'import OpenAI from "openai";\nnew OpenAI().chat.completions.create({ model: "gpt-4o" });\n'
    assert [(site.client, site.model) for site in sites_in({"a.ts": code, "proxy.yaml": proxy})] == [
        ("openai", "gpt-4o")
    ]


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({".env": "CHAT_MODEL=gpt-4.1\n"}, ("gpt-4.1", "configuration")),
        ({".env.example": "CHAT_MODEL=gpt-4.1\n"}, ("gpt-4o", "environment_default")),
        ({"compose.yml": "environment:\n  CHAT_MODEL: gpt-4.1\n"}, ("gpt-4.1", "configuration")),
        (
            {"a/dev.yaml": "env: {CHAT_MODEL: gpt-4.1-mini}", "b/prod.yaml": "env: {CHAT_MODEL: gpt-4.1}"},
            ("gpt-4.1", "configuration"),
        ),
        ({"infra/main.tf": 'variable "chat_model" {\n  default = "gpt-4.1"\n}\n'}, ("gpt-4.1", "configuration")),
        ({"compose.yml": "environment:\n  CHAT_MODEL: ${MODEL}\n"}, ("gpt-4o", "environment_default")),
    ],
)
def test_a_variable_that_the_deployment_sets_counts_before_the_codes_default(
    files: dict[str, str], expected: tuple[str, str]
) -> None:
    """What ships is what is deployed; an example is not. The variable is told once, with the call."""
    code = (
        'import OpenAI from "openai";\n'
        'new OpenAI().responses.create({ model: process.env.CHAT_MODEL ?? "gpt-4o", input: "Hi" });\n'
    )
    found = [(site.model, site.model_origin) for site in sites_in({"a.ts": code, **files})]
    assert found == [expected]


def test_a_list_of_what_there_is_is_not_what_is_called() -> None:
    """More than 40 models are a catalogue."""
    few = "models:\n" + "".join(f"  a{n}: gpt-4.{n}\n" for n in range(40))
    many = f"{few}  last: gpt-5\n"
    assert (len(sites_in({"few.yaml": few})), len(sites_in({"many.yaml": many}))) == (40, 0)


@pytest.mark.parametrize(
    "name",
    [
        "gpt-4o", "gpt-4o-mini-2024-07-18", "openai/gpt-5", "o1", "o3-mini", "ft:gpt-4o-mini:acme::x",
        "chatgpt-4o-latest", "claude-3-opus-20240229", "anthropic/claude-sonnet-4-5",
        "us.anthropic.claude-sonnet-4-20250514-v1:0", "anthropic.claude-v2", "gemini-2.5-flash", "gemini/gemini-pro",
        "vertex_ai/gemini-1.5-pro", "amazon.nova-lite-v1:0", "llama-3.3-70b-versatile",
        "meta-llama/Llama-3.3-70B-Instruct-Turbo", "mistral-large-latest", "command-r-plus", "deepseek-chat",
        "grok-4", "qwen-max", "qwen2.5-72b", "text-embedding-3-small", "rerank-v3.5", "dall-e-3",
        "openrouter/anthropic/claude-3.5-sonnet", "groq/llama-3.1-8b-instant", "kimi-k2", "glm-4.6", "sonar-pro",
        "phi-4",
    ],
)  # fmt: skip
def test_names_of_models(name: str) -> None:
    """With and without a provider, a date, a fine-tuned suffix."""
    assert is_model_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "Toyota", "EOS-R5", "claude", "gpt", "m5.large", "o", "o11", "o1x", "V8", "Pixel 9", "gpt-vehicle",
        "commander", "command-center", "titan-x", "User", "models.User", "nova-scotia", "gemini-twins", "a gpt-4o",
        "gpt-4o is good", "https://api.openai.com/gpt-4o", "", "x" * 200,
    ],
)  # fmt: skip
def test_names_of_other_things(name: str) -> None:
    """Cars, cameras, machines, people."""
    assert not is_model_name(name)
