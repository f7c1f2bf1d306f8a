"""Prompts in files of their own: which files are prompts, what each tells, and that none is told twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.inputs.llm_code.python_project import sites_in
from tollbar.inputs.llm_code.call_site import CallSite
from tollbar.inputs.llm_code.resources import resources_of
from tollbar.inputs.llm_code.settings import CodeConfig
from tollbar.location import Location
from tollbar.resource import Inventory
from tollbar.resources.registry import bill
from tollbar.usage import Usage

CORPUS = Path(__file__).parent / "corpus" / "prompts"


def _texts() -> dict[str, str]:
    files = sorted(path for path in CORPUS.rglob("*") if path.is_file())
    return {path.relative_to(CORPUS).as_posix(): path.read_text(encoding="utf-8") for path in files}


def test_every_prompt_is_found_once_and_nothing_else() -> None:
    """What the code reads is told with its call; a README, a form's texts and a server's template are no prompts."""
    found = [
        (str(site.location), site.operation, site.provider, site.model, site.max_output_tokens, site.prompt_tokens)
        for site in sites_in(_texts())
    ]
    assert found == [
        ("app/answer.prompty:7", "prompt", None, "gpt-4o-mini", 128, 14),
        ("app/azure.prompty:5", "prompt", "azure.ai.openai", None, None, 6),
        ("app/classify.prompt.yml:2", "prompt", "openai", "gpt-4.1", 5, 16),
        ("app/extract.json:2", "prompt", None, "claude-haiku-4-5", 300, 10),
        ("app/hub.yaml:1", "prompt", None, None, None, 7),
        ("app/writer.md:2", "prompt", None, "claude-sonnet-4-5", 2000, 12),
        ("prompts/summarize.prompt:2", "prompt", "gcp.gemini", "gemini-2.5-flash", 400, 14),
        ("prompts/support/system.md:1", "prompt", None, None, None, 10),
        ("src/call.ts:6", "chat", "openai", "gpt-4o", None, 14),
        ("templates/greeting.txt:1", "prompt", None, None, None, 3),
        ("templates/rewrite.j2:1", "prompt", None, None, None, 10),
    ]


def test_a_prompt_in_full() -> None:
    """What is put in when it runs is not counted, and the prompt is said not to be whole."""
    sites = {site.symbol: site for site in sites_in(_texts())}
    assert sites["prompts.summarize"] == CallSite(
        Location("prompts/summarize.prompt", 2),
        "prompt",
        "prompt",
        symbol="prompts.summarize",
        provider="gcp.gemini",
        model="gemini-2.5-flash",
        model_origin="prompt_file",
        task_type="summarization",
        max_output_tokens=400,
        prompt_tokens=14,
    )


def test_a_prompt_without_a_model_says_why() -> None:
    """It has tokens, but no price."""
    sites = {site.symbol: site for site in sites_in(_texts())}
    assert [
        (sites[name].unknown_model, sites[name].is_prompt_whole) for name in ("templates.greeting", "app.azure")
    ] == [
        ("the prompt names no model", True),
        ("support-prod is the name of a deployment, which tells no model; code.deployments in tollbar.yml can", True),
    ]


def test_a_deployment_that_the_settings_tell() -> None:
    """As for calls in code."""
    sites = sites_in({"a.prompty": _texts()["app/azure.prompty"]}, deployments={"support-prod": "gpt-4o"})
    assert [(site.provider, site.model) for site in sites] == [("azure.ai.openai", "gpt-4o")]


@pytest.mark.parametrize(
    ("directory", "expected"),
    [("/texts", ["texts.a"]), ("texts/", ["texts.a"]), ("/elsewhere", []), ("/", []), ("", [])],
)
def test_the_directories_of_updates_count(directory: str, expected: list[str]) -> None:
    """As Dependabot's file tells them, from the root of the repository."""
    policy = f'version: 1\nupdates:\n  - package-ecosystem: "llm-prompts"\n    directory: "{directory}"\n'
    sites = sites_in({".github/crashlens.yml": policy, "texts/a.txt": "Be kind.", "other/b.txt": "No prompt."})
    assert [site.symbol for site in sites] == expected


def test_other_ecosystems_are_others() -> None:
    """Only llm-prompts are prompts."""
    policy = "version: 1\nupdates:\n  - package-ecosystem: pip\n    directory: /texts\n"
    assert sites_in({".github/crashlens.yml": policy, "texts/a.txt": "Be kind."}) == []


@pytest.mark.parametrize(
    "text",
    ["", "---\nmodel: gpt-4o\n---\n", "---\n: : not yaml [\n---\nmodel: gpt-4o\n", "---\n- a list\n---\ntext"],
)
def test_odd_markdown_is_no_prompt(text: str) -> None:
    """An empty prompt, front matter that is no YAML or no mapping."""
    assert sites_in({"notes.md": text}) == []


def test_a_growing_prompt_is_a_change_of_tokens() -> None:
    """The same symbol with more tokens: what a comparison of two revisions sees."""
    small, large = (
        sites_in({"prompts/a.md": "---\nmodel: gpt-4o\n---\n" + "Be kind. " * times})[0] for times in (10, 1000)
    )
    assert (small.symbol, small.prompt_tokens) == ("prompts.a", 31)
    assert (large.symbol, large.prompt_tokens) == ("prompts.a", 3001)


@pytest.mark.parametrize(
    "read",
    [
        'open("prompts/a.md").read()',
        'Path("prompts/a.md").read_text()',
    ],
)
def test_a_prompt_that_python_reads_is_told_with_its_call(read: str) -> None:
    """As one that JavaScript reads."""
    code = (
        "from pathlib import Path\nfrom openai import OpenAI\n"
        f'def f():\n    return OpenAI().responses.create(model="gpt-4o", input={read})\n'
    )
    found = [(site.operation, site.prompt_tokens) for site in sites_in({"a.py": code, "prompts/a.md": "Hello there"})]
    assert found == [("chat", 2)]


def test_a_prompt_without_a_model_is_free_by_itself() -> None:
    """What it costs is what the call costs that sends it; one of a deployment has a model that is not known."""
    resources = {resource.name: resource for resource in resources_of(sites_in(_texts()), CodeConfig())}
    names = ("templates.greeting", "app.azure", "app.writer")
    told = [(resources[name].type, resources[name].missing) for name in names]
    unknown = (
        "the model is not known: support-prod is the name of a deployment, which tells no model; "
        "code.deployments in tollbar.yml can"
    )
    assert told == [("llm_prompt", None), ("llm_api_call", unknown), ("llm_api_call", None)]
    greeting = resources["templates.greeting"]
    assert bill(greeting, Usage(), Inventory((greeting,))).is_free
