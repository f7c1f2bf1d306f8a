"""What a real OPA server logs of a decision: not what is confidential, and all else."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.bundle.control_plane import configured_opa, control_plane
from tests.conftest import ROOT
from tests.golden.cases import golden_cases
from tollbar.errors import EngineError
from tollbar.policy.opa_binary import OpaBinary
from tollbar.policy.opa_server import OpaServer

if TYPE_CHECKING:
    from pathlib import Path

    from tests.bundle.artifacts import KeyPair

CONFIDENTIAL = {
    "123456789012",
    "210987654321",
    "acme-prod-4711",
    "3f2504e0-4f89-11d3-9a0c-0305e82c3301",
    "bob.miller@example.com",
    "hunter2",
    "correct horse battery staple",
    "AKIAIOSFODNN7EXAMPLE",
    "ghp_0123456789abcdefghijklmnopqrstuvwxyz",
    "bob-home",
    "pr0ject-x",
}


def _confidential_estimate() -> dict[str, Any]:
    """Return an estimate that holds every confidential text, wherever one may stand."""
    document: dict[str, Any] = json.loads(golden_cases()[0].estimate_file.read_text(encoding="utf-8"))
    document["deployment"] |= {
        "project_id": "pr0ject-x",
        "tags": {"owner": "bob.miller@example.com", "account": "arn:aws:iam::210987654321:role/deploy"},
        "pull_request": "https://bob:hunter2@git.example.com/pull/1",
    }
    document["meta"]["source"]["path"] = "/home/bob-home/infra/plan.json"
    document["totals"]["by_team"] = {"bob.miller@example.com": 12.5, "checkout": 7.5}
    resource = copy.deepcopy(document["resources"][0])
    document["resources"].append(
        resource
        | {
            "address": 'module.app["123456789012"].aws_instance.web',
            "location": {"file": "/home/bob-home/infra/main.tf", "line": 3},
            "monthly_cost": 123456789012.0,
            "tags": {
                "DB_PASSWORD": "correct horse battery staple",
                "api-key": "hunter2",
                "note": "key AKIAIOSFODNN7EXAMPLE, token ghp_0123456789abcdefghijklmnopqrstuvwxyz",
                "azure": "/subscriptions/3f2504e0-4f89-11d3-9a0c-0305e82c3301/resourceGroups/web",
                "gcp": "projects/acme-prod-4711/zones/europe-west1-b",
                "cost_center": "cc-1",
            },
        }
    )
    return document


def test_nothing_confidential_is_logged_and_all_else_is(
    opa: Path, key: KeyPair, artifacts: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    document = _confidential_estimate()
    text = json.dumps(document)
    assert {secret for secret in CONFIDENTIAL if secret not in text} == set()
    local = OpaBinary(opa, [ROOT / "rego"]).decide(text)
    with control_plane() as plane:
        plane.publish(artifacts[0])
        with configured_opa(opa, plane, key, monkeypatch) as url:
            served = OpaServer(url).decide(text)
            logged = plane.decision_log()

    # The answer is what it would be without a log.
    assert served.model_copy(update={"revision": local.revision}) == local
    assert "123456789012" in served.model_dump_json()

    whole = json.dumps(logged)
    assert {secret for secret in CONFIDENTIAL if secret in whole.replace("123456789012.0", "")} == set()
    assert sorted(logged["masked"]) == ["/input", "/result"]
    assert logged["path"] == "tollbar/decision"
    assert logged["bundles"]["tollbar"]["revision"] == served.revision
    assert logged["result"]["revision"] == served.revision
    assert logged["result"]["outcome"] == served.outcome
    assert [finding["code"] for finding in logged["result"]["findings"]] == [f.code for f in served.findings]
    _check_what_is_left(document, logged["input"])


def _check_what_is_left(sent: dict[str, Any], logged: dict[str, Any]) -> None:
    """Check that all but what is confidential is logged as it was sent, amounts above all."""
    assert logged["resources"][:-1] == sent["resources"][:-1]
    assert logged["coverage"] == sent["coverage"]
    assert logged["totals"] == sent["totals"] | {"by_team": {"checkout": 7.5}}
    assert logged["deployment"] == sent["deployment"] | {
        "project_id": "[account]",
        "tags": {"owner": "[e-mail]", "account": "arn:aws:iam::[account]:role/deploy"},
        "pull_request": "https://bob:[secret]@git.example.com/pull/1",
    }
    assert logged["resources"][-1] == sent["resources"][-1] | {
        "address": 'module.app["[account]"].aws_instance.web',
        "location": {"file": "/home/[user]/infra/main.tf", "line": 3},
        "tags": {
            "DB_PASSWORD": "[secret]",
            "api-key": "[secret]",
            "note": "key [secret], token [secret]",
            "azure": "/subscriptions/[id]/resourceGroups/web",
            "gcp": "projects/[project]/zones/europe-west1-b",
            "cost_center": "cc-1",
        },
    }


def test_prompts_are_not_logged(
    opa: Path, key: KeyPair, artifacts: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not even of a request that is no estimate: a gateway's, or one that went astray."""
    request = {
        "model": "gpt-4o",
        "input_tokens": 900,
        "messages": [{"role": "user", "content": "tell me hunter2"}],
        "parameters": {"system_prompt": "correct horse battery staple", "api_key": "hunter2"},
    }
    with control_plane() as plane:
        plane.publish(artifacts[0])
        with configured_opa(opa, plane, key, monkeypatch) as url:
            with pytest.raises(EngineError, match="TB001"):
                OpaServer(url).decide(json.dumps(request))
            logged = plane.decision_log()
    assert logged["input"] == {
        "model": "gpt-4o",
        "input_tokens": 900,
        "messages": "[prompt]",
        "parameters": {"system_prompt": "[prompt]", "api_key": "[secret]"},
    }
    assert {secret for secret in CONFIDENTIAL if secret in json.dumps(logged)} == set()
