"""A real OPA server as the engine, through the public client library."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from tests.conftest import running_opa_server
from tests.policy import small_policies
from tollbar.errors import ConfigError, EngineError
from tollbar.policy.opa_server import OpaServer

if TYPE_CHECKING:
    from pathlib import Path


def _policy_file(folder: Path, policy: str) -> str:
    file = folder / "policy.rego"
    file.write_text(policy, encoding="utf-8")
    return str(file)


def test_a_decision_comes_back(opa: Path, tmp_path: Path) -> None:
    with running_opa_server(opa, [_policy_file(tmp_path, small_policies.ALLOW)]) as url:
        assert OpaServer(url).decide("{}").outcome == "allow"


@pytest.mark.parametrize(
    ("policy", "message"),
    [
        (small_policies.UNDEFINED, "the policy gave no decision"),
        (small_policies.NOT_A_DECISION, "the policy's answer is not a decision: outcome"),
        (small_policies.BUILTIN_ERROR, r"failed \(HTTP 500\)"),
    ],
)
def test_no_decision_is_an_error(opa: Path, tmp_path: Path, policy: str, message: str) -> None:
    with running_opa_server(opa, [_policy_file(tmp_path, policy)]) as url, pytest.raises(EngineError, match=message):
        OpaServer(url).decide('{"zero": 0}')


def test_a_token_is_sent_and_its_absence_is_an_error(opa: Path, tmp_path: Path) -> None:
    authz = tmp_path / "authz.rego"
    authz.write_text(
        'package system.authz\n\ndefault allow := false\n\nallow if input.identity == "s3cret"\n', encoding="utf-8"
    )
    arguments = ["--authentication=token", "--authorization=basic", str(authz)]
    with running_opa_server(opa, [*arguments, _policy_file(tmp_path, small_policies.ALLOW)]) as url:
        assert OpaServer(url, token="s3cret").decide("{}").outcome == "allow"  # noqa: S106 -- made up
        with pytest.raises(EngineError, match=r"refused the request \(HTTP 401\)") as refused:
            OpaServer(url, token="wr0ng").decide("{}")  # noqa: S106 -- made up
        assert "wr0ng" not in str(refused.value)


def test_an_unreachable_server_is_an_error() -> None:
    with pytest.raises(EngineError, match=r"OPA at http://127\.0\.0\.1:9 cannot be reached"):
        OpaServer("http://127.0.0.1:9").decide("{}")


def test_without_its_packages_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "stamina", None)
    with pytest.raises(EngineError, match=r"needs the package stamina\n  Install it: pip install 'tollbar\[server\]'"):
        OpaServer("http://127.0.0.1:9").decide("{}")


@pytest.mark.parametrize("url", ["localhost:8181", "ftp://opa", "http://", "http://opa/v1/data"])
def test_a_url_that_is_none_is_an_error(url: str) -> None:
    with pytest.raises(ConfigError, match="is not the URL of an OPA server"):
        OpaServer(url)
