"""What is wrong with a configuration, and what contradicts itself in it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tollbar.errors import ConfigError
from tollbar.policy.library import policy_library
from tollbar.policy.opa_binary import OpaBinary
from tollbar.policy.rules import read_rules
from tollbar.policy.validation import Problem, problems_in
from tollbar.yaml_file import read_yaml

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TODAY = date(2026, 11, 21)
_MODES = '"advisory", "warn", "approve", "enforce", false'


@pytest.fixture
def check(opa: Path, tmp_path: Path) -> Callable[[str], list[str]]:
    """What is said of a configuration, without the folder and the hints."""

    def said(text: str) -> list[str]:
        file = tmp_path / "tollbar.yml"
        file.write_text(f"version: 1\n{text}", encoding="utf-8")
        library = policy_library()
        found = problems_in(
            read_yaml(file, ConfigError),
            tmp_path,
            lambda settings: OpaBinary(opa, [library], settings),
            read_rules(opa, library),
            TODAY,
        )
        return [
            f"{problem.location.line} {problem.severity}: {problem.message}"
            + (f" ({problem.hint})" * bool(problem.hint))
            for problem in found
        ]

    return said


def _exemption(rest: str) -> str:
    return f"exemptions:\n  - {{id: EX-1, reason: x, address: a.b, {rest}}}\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("", [], id="nothing set"),
        pytest.param(
            "polices: {}\nteam: [a]\n",
            [
                "2 error: unknown key 'polices' (Did you mean 'policies'?)",
                "3 error: team: expected a text",
            ],
            id="all mistakes are told, not the first alone",
        ),
        pytest.param(
            "policies:\n  rules:\n    enviroment_limit: {}\n    required_tags: {tags: x}\n",
            [
                "4 error: policies.rules.enviroment_limit is not known (did you mean environment_limit?)",
                "5 error: policies.rules.required_tags.tags must be array, not string",
            ],
            id="what the rules do not know",
        ),
        pytest.param(
            "policies:\n  rules:\n    environment_limit: {limits: {dev: $500, prod: much}, enforce_from: 1/12/2026}\n"
            "    required_tags: {mode: Enforced}\n",
            [
                "4 error: policies.rules.environment_limit.enforce_from must be a day, such as 2026-12-31",
                (
                    "4 error: policies.rules.environment_limit.limits.dev must be number or null, not string "
                    "(Write 500: a number, without quotes, currency or unit.)"
                ),
                "4 error: policies.rules.environment_limit.limits.prod must be number or null, not string",
                '5 error: policies.rules.required_tags.mode must be one of the following: "off", '
                + _MODES
                + " (did you mean enforce?)",
            ],
            id="values that are nearly right",
        ),
        pytest.param(
            "policies:\n  rules:\n    environment_limit: {limits: {qa: 10, QA: 1000, prod: 5}}\n",
            ["4 warning: environment_limit.limits has qa and QA, which are one environment (Keep one of them.)"],
            id="an environment told twice",
        ),
        pytest.param(
            "policies: {mode: loud}\n",
            ['2 error: policies.mode must be one of the following: "off", ' + _MODES],
            id="a mode",
        ),
        pytest.param(
            "policies:\n  rules:\n    output_limit:\n      cases:\n"
            "        - {task_type: sumarization, max_output_tokens: 9}\n"
            "        - {task_type: triage, max_output_tokens: 9}\n",
            ["6 warning: no known task is called 'sumarization' (Did you mean 'summarization'?)"],
            id="a task",
        ),
        pytest.param(
            _exemption("rules: [required_tag]"),
            ["3 error: exemption EX-1: no rule 'required_tag' (Did you mean 'required_tags'?)"],
            id="a code",
        ),
        pytest.param(_exemption("rules: [environment_limit, TB102]"), [], id="codes and names"),
        pytest.param(_exemption("rules: [TB101], expires: 2026-11-21"), [], id="its last day"),
        pytest.param(
            _exemption("rules: [TB101], expires: 2026-11-20"),
            ["3 warning: exemption EX-1 expired on 2026-11-20 (Renew it with its approver, or remove it.)"],
            id="an expired exemption",
        ),
        pytest.param(
            _exemption("rules: [TB101], starts: 2027-01-02, expires: 2027-01-01"),
            ["3 error: exemption EX-1 starts on 2027-01-02, after it expires on 2027-01-01"],
            id="an exemption that never holds",
        ),
        pytest.param(
            _exemption("rules: [TB101]") + "  - {id: EX-1, reason: y, rules: [TB101]}\n",
            ["4 error: two exemptions have the id 'EX-1'"],
            id="an id used twice",
        ),
        pytest.param(
            "policies: {rules: {environment_limit: {limits: {dev: 0, qa: 1}}}}\n",
            [
                (
                    "2 warning: environment_limit.limits.dev is 0: nothing that costs anything can pass "
                    "(To deny all, say so; else raise it, or use null.)"
                )
            ],
            id="a limit that nothing passes",
        ),
        pytest.param(
            "policies: {rules: {environment_limit: {mode: warn, limits: {dev: 0}}}}\n", [], id="only a warning"
        ),
        pytest.param(
            "policies: {rules: {deployment_limit: {limit: 0}}}\n",
            [
                (
                    "2 warning: deployment_limit.limit is 0: nothing that costs anything can pass "
                    "(To deny all, say so; else raise it, or use null.)"
                )
            ],
            id="a single limit that nothing passes",
        ),
        pytest.param(
            "policies: {rules: {environment_limit: {limits: {prod: 10001}}}}\n",
            [
                (
                    "2 warning: environment_limit.limits.prod (10001) can never be reached: "
                    "a deployment may cost 10000 "
                    "(Raise deployment_limit.limit, or lower this.)"
                )
            ],
            id="a limit that is never reached",
        ),
        pytest.param(
            "policies: {rules: {environment_limit: {limits: {prod: 10000, qa: null}}}}\n", [], id="just reached"
        ),
        pytest.param(
            "policies: {rules: {environment_limit: {limits: {prod: 90000}}, deployment_limit: {mode: warn}}}\n",
            [],
            id="the deployment's limit denies nothing",
        ),
        pytest.param(
            "policies: {rules: {region: {denied: {prod: ['*'], dev: ['us-*']}, allowed: {dev: [us-east-1, eu-*]}}}}\n",
            [
                "2 warning: region.allowed.dev: us-east-1 is denied as well (us-*), and stays so",
                (
                    "2 warning: region.denied.prod has *, so nothing can pass "
                    "(To let some pass, list them in allowed instead.)"
                ),
            ],
            id="lists that contradict each other",
        ),
        pytest.param(
            "policies: {rules: {region: {mode: warn, denied: {prod: ['*']}}, resource_type: {denied: {dev: [x1]}}}}\n",
            [],
            id="lists that leave something",
        ),
        pytest.param(
            "policies: {rules: {environment_limit: {limits: {pord: 3000, prod-eu: 5, qa: 5, dev: 5, Dev: 5}}}}\n",
            [
                "2 warning: environment_limit.limits has dev and Dev, which are one environment (Keep one of them.)",
                (
                    "2 warning: environment_limit.limits.pord is not of prod, which keeps its default "
                    "(Did you mean 'prod'?)"
                ),
            ],
            id="an environment misspelt",
        ),
        pytest.param(
            "environment: production\npolicies: {rules: {environment_limit: {limits: {production: 3000}}}}\n",
            [],
            id="an environment of one's own",
        ),
        pytest.param(
            "policies: {rules: {TB101: {mode: warn}}}\n",
            ["2 error: policies.rules.TB101 is not known (Rules are set by name: environment_limit.)"],
            id="a rule by its code",
        ),
        pytest.param(
            "policies: {rules: {stale_prices: {mode: off, enforce_from: 2027-01-01}}}\n",
            ["2 warning: stale_prices is off, so it will not be enforced from 2027-01-01 on"],
            id="enforced one day, but off",
        ),
        pytest.param(
            "policies: {rules: {required_tags: {mode: approve}}}\n",
            [
                (
                    "2 warning: required_tags needs an approval, and nobody is named who may give it "
                    "(Add approvers: [{up_to: 5000, role: team-lead}].)"
                )
            ],
            id="nobody may approve",
        ),
        pytest.param(
            "policies: {rules: {required_tags: {mode: approve}}}\napprovers: [{up_to: 1, role: a}"
            ", {up_to: 2, role: a}]\n",
            ["3 warning: the role 'a' is listed twice", "3 warning: the role 'a' is listed twice"],
            id="a role twice",
        ),
        pytest.param(
            "budgets:\n  - {team: a, monthly: 1}\n  - {project: a, monthly: 1}\n  - {team: a, monthly: 2}\n",
            ["5 warning: 'a' has two budgets; both hold, so the lower one counts"],
            id="two budgets",
        ),
        pytest.param(
            "usage: {file: usage.yml}\nprices: {books: [tollbar.yaml]}\n",
            [
                "2 error: usage.file: there is no file usage.yml",
                "3 error: prices.books.0: there is no file tollbar.yaml (Did you mean 'tollbar.yml'?)",
            ],
            id="files that are not there",
        ),
    ],
)
def test_a_configuration(check: Callable[[str], list[str]], text: str, said: list[str]) -> None:
    assert check(text) == said


def test_a_problem_reads_like_an_error(tmp_path: Path) -> None:
    file = tmp_path / "tollbar.yml"
    file.write_text("version: 1\n", encoding="utf-8")
    location = read_yaml(file, ConfigError).location(["version"])
    assert str(Problem("warning", "is odd", location, "Mend it.")) == f"{file}:1: warning: is odd\n  Mend it."
