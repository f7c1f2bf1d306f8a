"""``tollbar code``: what other gates let through is caught, and what changed nothing is passed in silence."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.git_repository import GitRepository
from tollbar.cli.app import main

NOW = ("--now", "2026-11-21T10:00:00Z")
ANSWER = """
from openai import OpenAI

client = OpenAI()


def answer(question):
    return client.chat.completions.create(
        model="gpt-4o-mini", max_tokens=200, messages=[{"role": "user", "content": question}]
    )
"""
SETTINGS = """
version: 1
environment: {from: [], default: dev}
code: {calls_per_month: 10000}
policies: {mode: "off", rules: {cost_increase: {mode: enforce, limit: 50}, unpriced_model: {mode: enforce}}}
"""


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> GitRepository:
    """Give a repository with one call on its main branch, checked out as a branch of its own."""
    made = GitRepository.create(tmp_path / "project")
    made.commit({"src/answer.py": ANSWER, "tollbar.yml": SETTINGS})
    made.git("checkout", "--quiet", "-b", "change")
    monkeypatch.chdir(made.folder)
    return made


def _judged(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, dict[str, Any]]:
    code = main(["code", ".", "--base", "main", "--format", "json", *NOW, *arguments])
    return code, json.loads(capsys.readouterr().out)


def _codes(report: dict[str, Any]) -> list[str]:
    return [finding["code"] for finding in report["decision"]["findings"]]


@pytest.mark.parametrize(
    ("files", "codes"),
    [
        pytest.param(
            {"src/nightly.py": "from src.answer import answer\n\nfor number in range(1000):\n    answer(number)\n"},
            ["TB104"],
            id="a call is wrapped in a loop, in a file that names no library",
        ),
        pytest.param(
            {
                "src/review.py": "import boto3\n\nruntime = boto3.client('bedrock-runtime')\n\n\ndef review(text):\n"
                "    return runtime.converse(modelId='anthropic.claude-opus-4-1-20250805-v1:0', messages=text)\n"
            },
            ["TB104"],
            id="a new call of Opus by Bedrock",
        ),
        pytest.param(
            {"scripts/once.py": "import openai\n\nopenai.OpenAI().responses.create(model='o1-pro', input='x')\n"},
            ["TB104"],
            id="o1-pro in a script",
        ),
        pytest.param(
            {
                "src/answer.py": ANSWER.replace("gpt-4o-mini", "o1-pro"),
                "tollbar.yml": "version: 1\npolicies: {mode: 'off'}\ncode: {calls_per_month: 1}\n",
            },
            [],
            id="a dearer model, and limits of its own: the worktree's settings hold outside a pull request",
        ),
        pytest.param(
            {"src/answer.py": ANSWER.replace('"gpt-4o-mini"', '"gpt-4o"').replace("200", "16000")},
            ["TB104"],
            id="mini becomes 4o",
        ),
        pytest.param(
            {"src/answer.py": "import os\n" + ANSWER.replace('"gpt-4o-mini"', 'os.environ["ANSWER_MODEL"]')},
            ["TB304"],
            id="the model is moved to the environment",
        ),
    ],
)
def test_changes_that_other_gates_let_through(
    files: dict[str, str], codes: list[str], repository: GitRepository, capsys: pytest.CaptureFixture[str]
) -> None:
    repository.commit(files)
    code, report = _judged(capsys)
    assert (_codes(report), code) == (codes, 1 if codes else 0)


def test_a_pull_request_cannot_loosen_its_own_gate(
    repository: GitRepository, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    loose = "version: 1\npolicies: {mode: 'off'}\ncode: {calls_per_month: 1}\n"
    repository.commit({"src/answer.py": ANSWER.replace("gpt-4o-mini", "o1-pro"), "tollbar.yml": loose})
    assert _judged(capsys)[0] == 0
    code, report = _judged(capsys, "--policy-from", "main")
    assert (_codes(report), code) == (["TB104"], 1)
    repository.git("update-ref", "refs/remotes/origin/main", "main")
    monkeypatch.setenv("GITHUB_EVENT_NAME", "pull_request")
    monkeypatch.setenv("GITHUB_BASE_REF", "main")
    assert main(["code", ".", "--base", "main", *NOW]) == 1


def test_no_change_of_a_call_is_one_line_whatever_the_policy_says(
    repository: GitRepository, capsys: pytest.CaptureFixture[str]
) -> None:
    moved = "import logging\n" + ANSWER.replace("def answer", "def other():\n    pass\n\n\ndef answer")
    denying = SETTINGS.replace(
        "cost_increase: {mode: enforce, limit: 50}", "llm_retries: {mode: enforce, cases: [{max_retries: 0}]}"
    )
    repository.commit({"src/answer.py": moved, "tollbar.yml": denying})
    assert main(["code", ".", "--base", "main", *NOW]) == 0
    assert capsys.readouterr().out == "No call of a language model changed against main (1 call).\n"
    code, report = _judged(capsys)
    assert (code, report["decision"]["findings"], len(report["estimate"]["resources"])) == (0, [], 1)
    for format_name in ("sarif", "junit"):
        assert main(["code", ".", "--base", "main", "--format", format_name, *NOW]) == 0
        assert "finding" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("unchanged", "found"),
    [
        ("", [("error", "code.more")]),
        ("unchanged: advisory, ", [("error", "code.more"), ("info", "code.answer.answer")]),
        ("unchanged: enforce, ", [("error", "code.answer.answer"), ("error", "code.more")]),
    ],
)
def test_calls_that_were_there_before_are_judged_only_where_that_is_asked_for(
    repository: GitRepository, capsys: pytest.CaptureFixture[str], unchanged: str, found: list[tuple[str, str]]
) -> None:
    rules = "{llm_retries: {mode: enforce, cases: [{max_retries: 0}]}}"
    settings = f"version: 1\npolicies: {{{unchanged}mode: 'off', rules: {rules}}}\n"
    more = "from openai import OpenAI\n\nOpenAI().responses.create(model='gpt-4o-mini', input='Hi')\n"
    repository.commit({"src/more.py": more, "tollbar.yml": settings})
    _, report = _judged(capsys)
    assert [(finding["severity"], finding["resource"]) for finding in report["decision"]["findings"]] == found


def test_what_costs_the_same_but_is_changed_is_judged(
    repository: GitRepository, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = SETTINGS.replace(
        "cost_increase: {mode: enforce, limit: 50}", "llm_retries: {mode: enforce, cases: [{max_retries: 5}]}"
    )
    repository.commit({"src/answer.py": ANSWER.replace("OpenAI()", "OpenAI(max_retries=6)"), "tollbar.yml": settings})
    code, report = _judged(capsys)
    assert (_codes(report), code, report["estimate"]["totals"]["delta"]) == (["TB302"], 1, 0)


def test_the_change_is_told_call_by_call(repository: GitRepository, capsys: pytest.CaptureFixture[str]) -> None:
    repository.commit(
        {
            "src/answer.py": ANSWER.replace("gpt-4o-mini", "gpt-4o"),
            "src/more.py": "from openai import OpenAI\n\nOpenAI().responses.create(model='gpt-4o-mini', input='Hi')\n",
        }
    )
    main(["code", ".", "--base", "main", *NOW])
    told = " ".join(capsys.readouterr().out.split())
    assert re.search(
        r"This change adds \$\d+\.\d\d a month \(\$[\d,.]+ to \$[\d,.]+\); "
        r"calls of language models: 1 added, 1 changed "
        r"changed code\.answer\.answer \(src/answer\.py:8\): model gpt-4o-mini → gpt-4o: \+\$[\d.]+ "
        r"added code\.more \(src/more\.py:3\): gpt-4o-mini: \+\$[\d.]+ ",
        told,
    )


def test_findings_point_to_file_and_line(repository: GitRepository, capsys: pytest.CaptureFixture[str]) -> None:
    repository.commit({"src/answer.py": ANSWER.replace("gpt-4o-mini", "o1-pro")})
    settings = SETTINGS.replace("cost_increase: {mode: enforce, limit: 50}", "environment_limit: {mode: enforce}")
    Path("tollbar.yml").write_text(settings, encoding="utf-8")
    assert main(["code", "src", "--base", "main", "--format", "github", *NOW]) == 1
    assert "::error file=src/answer.py,line=8,title=TB101" in capsys.readouterr().out


def test_calls_a_month_are_told_by_option_by_site_or_assumed(
    repository: GitRepository, capsys: pytest.CaptureFixture[str]
) -> None:
    def costs(*arguments: str) -> list[Any]:
        main(["code", "src", "--format", "json", *NOW, *arguments])
        resources = json.loads(capsys.readouterr().out)["estimate"]["resources"]
        return [resource["llm"]["calls_per_month"] for resource in resources]

    assert costs() == [10000]
    assert costs("--calls-per-month", "1000-3000") == [2000]
    sites = SETTINGS.replace("10000}", "10000, sites: [{match: 'answer.*', calls_per_month: 7}]}")
    repository.write({"tollbar.yml": sites})
    assert costs() == [7]
    repository.write({"tollbar.yml": "version: 1\n"})
    main(["code", "src", "--format", "json", *NOW])
    basis = json.loads(capsys.readouterr().out)["estimate"]["resources"][0]["cost_estimate"]["basis"]
    assert basis == "assumed"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["code", "src", "--base", "nowhere"], "--base nowhere: there is no such revision in project"),
        (["code", "missing"], "missing: no such file or folder"),
        (["code", "src", "--calls-per-month", "many"], "--calls-per-month many: expected N or LOW-HIGH"),
        (["code", "src", "--calls-per-month", "9-1"], "--calls-per-month 9-1: the first number is the larger one"),
    ],
)
def test_mistakes_are_told(
    arguments: list[str], said: str, repository: GitRepository, capsys: pytest.CaptureFixture[str]
) -> None:
    assert repository.folder.is_dir()
    assert main(arguments) == 3
    assert f"error: {said}" in capsys.readouterr().err


def test_what_cannot_be_read_is_named(repository: GitRepository, capsys: pytest.CaptureFixture[str]) -> None:
    repository.write({"src/broken.py": "import openai\nprint 'Python 2'\n"})
    assert main(["code", "src", *NOW]) == 0
    assert "calls in them are not found: src/broken.py:2 (it is not Python 3" in " ".join(
        capsys.readouterr().out.split()
    )


def test_rules_on_calls_of_models_judge_those_in_code(
    repository: GitRepository, capsys: pytest.CaptureFixture[str]
) -> None:
    rules = (
        "{llm_retries: {mode: enforce}, output_limit: {mode: enforce}, model_overkill: {mode: enforce, cases: "
        "[{task_type: summarization, disallowed_models: [o1-pro], suggest_fallback: gpt-4o-mini}]}}"
    )
    repository.commit(
        {
            "tollbar.yml": f"version: 1\npolicies: {{mode: 'off', rules: {rules}}}\n",
            "src/sums.py": "import openai\n\n\ndef summarize(text):\n"
            "    return openai.OpenAI(max_retries=9).responses.create(model='o1-pro', input=text)\n",
        }
    )
    code, report = _judged(capsys)
    found = {(finding["code"], finding["resource"]) for finding in report["decision"]["findings"]}
    assert (code, found) == (
        1,
        {("TB301", "code.sums.summarize"), ("TB302", "code.sums.summarize"), ("TB303", "code.sums.summarize")},
    )


def test_one_file_is_judged_alone_and_followed_through_its_folder(
    repository: GitRepository, capsys: pytest.CaptureFixture[str]
) -> None:
    repository.write({"src/use.py": "from answer import answer\n\nanswer('Hi')\n"})
    main(["code", "src/use.py", "--format", "json", *NOW])
    resources = json.loads(capsys.readouterr().out)["estimate"]["resources"]
    assert [(resource["address"], resource["location"]) for resource in resources] == [
        ("code.use", {"file": "src/use.py", "line": 3})
    ]


def test_embeddings_have_no_output_and_are_priced_whole(
    repository: GitRepository, capsys: pytest.CaptureFixture[str]
) -> None:
    call = (
        "import openai\n\nopenai.OpenAI().embeddings.create(model='text-embedding-3-small', input=open('a').read())\n"
    )
    repository.write({"src/index.py": call})
    assert main(["code", "src/index.py", "--format", "json", *NOW]) == 0
    estimate = json.loads(capsys.readouterr().out)["estimate"]
    (resource,) = estimate["resources"]
    assert ([line["name"] for line in resource["breakdown"]], resource["unpriced"]) == (
        ["Input tokens (text-embedding-3-small)"],
        [],
    )
    assert resource["monthly_cost"] > 0
    assert (estimate["coverage"]["priced"], estimate["coverage"]["unpriced"]) == (1, 0)


def test_images_have_no_limit_of_output_to_set(repository: GitRepository, capsys: pytest.CaptureFixture[str]) -> None:
    text = "import openai\n\nopenai.OpenAI().images.generate(model='gpt-image-1', prompt='a cat')\n"
    repository.write({"src/picture.py": text})
    main(["code", "src/picture.py", "--format", "json", *NOW])
    report = json.loads(capsys.readouterr().out)
    assert [finding["code"] for finding in report["decision"]["findings"]] == ["TB304"]
    assert "operation" not in report["estimate"]["resources"][0]["llm"]


def test_a_deployment_taken_for_the_model_of_its_name_is_said(
    repository: GitRepository, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "import openai\n\nopenai.AzureOpenAI().responses.create(model='gpt-4o', input='Hi')\n"
    repository.write({"src/ask.py": text})
    main(["code", "src/ask.py", "--format", "json", *NOW])
    (warning,) = json.loads(capsys.readouterr().out)["warnings"]
    assert warning == (
        "a deployment of Azure is taken for the model of its name (gpt-4o): code.ask; "
        "code.deployments in tollbar.yml can tell another"
    )


def test_calls_in_tests_are_left_out_and_counted_unless_asked_for(
    repository: GitRepository, capsys: pytest.CaptureFixture[str]
) -> None:
    def priced(*arguments: str) -> tuple[list[str], str]:
        main(["code", ".", "--format", "json", *NOW, *arguments])
        resources = json.loads(capsys.readouterr().out)["estimate"]["resources"]
        main(["code", ".", *NOW, *arguments])
        return sorted(resource["address"] for resource in resources), " ".join(capsys.readouterr().out.split())

    call = "openai.OpenAI().responses.create(model='gpt-4o', input='Hi')\n"
    repository.write(
        {"tests/test_live.py": f"import openai\nfrom src.answer import answer\n\n\ndef test():\n    {call}"}
    )
    found, warned = priced()
    assert found == ["code.answer.answer"]
    assert "1 call in a test is left out; --tests counts it" in warned
    repository.write(
        {"web/a.spec.ts": 'import OpenAI from "openai";\nnew OpenAI().responses.create({ model: "gpt-4o" });\n'}
    )
    assert "2 calls in tests are left out; --tests counts them" in priced()[1]
    found, warned = priced("--tests")
    assert found == ["code.answer.answer", "code.tests.test_live.test", "code.web.a.spec"]
    assert "left out" not in warned


def test_a_test_neither_moves_a_call_nor_hides_a_prompt(
    repository: GitRepository, capsys: pytest.CaptureFixture[str]
) -> None:
    live = "openai.OpenAI().responses.create(model='gpt-4o', input=open('prompts/a.md').read())"
    test = f"import openai\nfrom src.answer import answer\n\n\ndef test():\n    answer('Hi')\n    {live}\n"
    repository.write({"tests/test_answer.py": test, "prompts/a.md": "Be short.\n"})
    for arguments, more in (((), []), (("--tests",), ["code.tests.test_answer.test"])):
        main(["code", ".", "--format", "json", *NOW, *arguments])
        resources = json.loads(capsys.readouterr().out)["estimate"]["resources"]
        assert sorted(one["address"] for one in resources) == ["code.answer.answer", "code.prompts.a", *more]


def test_tests_that_change_are_compared_where_they_count(
    repository: GitRepository, capsys: pytest.CaptureFixture[str]
) -> None:
    repository.commit(
        {"tests/test_live.py": "import openai\n\nopenai.OpenAI().responses.create(model='o1-pro', input='x')\n"}
    )
    assert _judged(capsys)[0] == 0
    code, report = _judged(capsys, "--tests")
    assert (_codes(report), code) == (["TB104"], 1)
