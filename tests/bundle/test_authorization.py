"""Without a token, a real OPA server with the shipped configuration decides, tells its health, and no more."""

from __future__ import annotations

import http.client
import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from tests.bundle.control_plane import CONFIG, TOKEN, access_file, configured_opa, control_plane
from tests.conftest import ROOT, running_opa_server
from tests.golden.cases import golden_cases
from tollbar.policy.opa_server import OpaServer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.bundle.artifacts import KeyPair

ESTIMATE = golden_cases()[0].estimate_file.read_text(encoding="utf-8")
BODY = json.dumps({"input": json.loads(ESTIMATE)})
DECISION = "/v1/data/tollbar/decision"
FOR_ALL = [
    ("GET", "/health", 200),
    ("GET", "/health?bundles", 200),
    ("GET", "/health?plugins", 200),
    ("POST", DECISION, 200),
    ("POST", f"{DECISION}?pretty&provenance=true&strict-builtin-errors=true", 200),
]
WITH_TOKEN = [
    ("GET", "/v1/data", 200),
    ("GET", "/v1/data/tollbar_access", 200),
    ("GET", "/v1/data/system", 200),
    ("GET", DECISION, 200),
    ("GET", f"{DECISION}?input=%7B%7D", 200),
    ("GET", "/v1/policies", 200),
    ("GET", "/v1/config", 200),
    ("GET", "/v1/status", 200),
    ("GET", "/metrics", 200),
    ("GET", "/v1/query?q=data.tollbar_access", 200),
    ("GET", "/health/live", 500),  # there is no policy system.health
    ("GET", "/", 200),
    ("POST", "/v1/data", 200),
    ("POST", "/v1/data/tollbar", 200),
    ("POST", f"{DECISION}/findings", 200),
    ("POST", f"{DECISION}?metrics", 200),
    ("POST", f"{DECISION}?instrument", 200),
    ("POST", f"{DECISION}?pretty&explain=notes", 200),
    ("POST", "/v0/data/tollbar/decision", 200),
    ("PUT", "/v1/data/elsewhere", 204),
    ("DELETE", "/v1/policies/none", 404),
]
TRICKS = [
    f"{DECISION}/",
    f"/{DECISION}",
    "/v1//data/tollbar/decision",
    "/v1/data/tollbar/x/../decision",
    "/v1/data/tollbar/decision/..",
    "/v1/data/tollbar/decision/%2e%2e/params",
    "/v1/data/tollbar/decision%2f..%2fparams",
    "/v1/data/tollbar/decision%00",
    "/v1/Data/tollbar/decision",
    "/v1/data/tollbar/decision;/params",
    "/health/../v1/data",
    "/health%2f..%2fv1/data",
    "/v1/policies/../data/tollbar/decision",
]


@pytest.fixture(scope="module")
def server(
    opa: Path, key: KeyPair, artifacts: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """A server with the shipped configuration, the bundle and a token."""
    access = access_file(tmp_path_factory.mktemp("access"))
    with control_plane() as plane, pytest.MonkeyPatch.context() as patch:
        plane.publish(artifacts[0])
        with configured_opa(opa, plane, key, patch, (access,)) as url:
            plane.status(lambda state: "active_revision" in state)
            yield url


@pytest.mark.parametrize(("method", "path", "code"), FOR_ALL)
def test_anybody_may_have_a_decision_and_ask_for_health(server: str, method: str, path: str, code: int) -> None:
    assert _ask(server, method, path)[0] == code


@pytest.mark.parametrize(("method", "path", "code"), WITH_TOKEN)
def test_all_else_needs_a_token(server: str, method: str, path: str, code: int) -> None:
    refused, answer = _ask(server, method, path)
    assert (refused, answer) == (401, {"code": "unauthorized", "message": "request rejected by administrative policy"})
    assert _ask(server, method, path, "wr0ng")[0] == 401
    assert _ask(server, method, path, TOKEN)[0] == code


@pytest.mark.parametrize("path", TRICKS)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_no_trick_with_the_path_gives_more_than_a_decision(server: str, method: str, path: str) -> None:
    code, answer = _ask(server, method, path)
    assert code in {301, 307, 308, 400, 401, 404, 405} or (code == 200 and "result" not in answer), (code, answer)


def test_the_cli_needs_no_token(server: str) -> None:
    assert OpaServer(server).decide(ESTIMATE).outcome in {"allow", "warn", "deny"}


def test_nothing_shows_the_token(server: str) -> None:
    for path in ("/v1/data", "/v1/config", "/v1/policies"):
        assert TOKEN not in json.dumps(_ask(server, "GET", path, TOKEN)[1])


def test_the_policies_work_under_their_usual_names_too(
    opa: Path, key: KeyPair, artifacts: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the two files that docs/bundle.md shows, and without the configuration that names ours."""
    page = (ROOT / "docs" / "bundle.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```rego\n(.*?)^```$", page, flags=re.DOTALL | re.MULTILINE)
    files = [tmp_path / f"{number}.rego" for number in range(len(blocks))]
    for file, block in zip(files, blocks, strict=True):
        file.write_text(block, encoding="utf-8")
    usual = ["default_authorization_decision=/system/authz/allow", "decision_logs.mask_decision=/system/log/mask"]
    arguments = [argument for setting in usual for argument in ("--set", setting)]
    with control_plane() as plane:
        plane.publish(artifacts[0])
        with configured_opa(opa, plane, key, monkeypatch, (*arguments, *map(str, files))) as url:
            plane.status(lambda state: "active_revision" in state)
            assert _ask(url, "GET", "/v1/data")[0] == 401
            assert _ask(url, "POST", DECISION)[0] == 200
            body = {"input": {"password": "hunter2"}}
            assert _ask(url, "POST", DECISION, body=json.dumps(body))[0] == 200
            logged = [plane.decision_log(), plane.decision_log()]
    assert [entry["input"] for entry in logged[1:]] == [{"password": "[secret]"}]


def test_until_the_bundle_is_there_nothing_is_served(
    opa: Path, key: KeyPair, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with control_plane() as plane:
        monkeypatch.setenv("TOLLBAR_BUNDLE_URL", plane.url)
        arguments = ["--config-file", str(CONFIG), "--set-file", f"keys.tollbar.key={key.public}"]
        arguments += ["--authentication=token", "--authorization=basic", "--skip-version-check", access_file(tmp_path)]
        with running_opa_server(opa, arguments, refuses=True) as url:
            for method, path in (("GET", "/health"), ("POST", DECISION), ("GET", "/v1/data")):
                for token in (None, TOKEN):
                    code, answer = _ask(url, method, path, token)
                    assert (code, answer.get("code")) == (500, "internal_error")


def _ask(url: str, method: str, path: str, token: str | None = None, body: str = BODY) -> tuple[int, dict[str, Any]]:
    """Send a request with the path exactly as it is, and return the status and the answer."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=30)
    headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
    try:
        connection.request(method, path, body=body if method in {"POST", "PUT"} else None, headers=headers)
        response = connection.getresponse()
        text = response.read().decode()
    finally:
        connection.close()
    try:
        answer = json.loads(text)
    except ValueError:
        answer = {}
    return response.status, answer if isinstance(answer, dict) else {}
