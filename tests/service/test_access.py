"""Who may ask what: tokens, scopes, projects, an identity provider."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from jwt.algorithms import RSAAlgorithm

from tests.service.running import running_service
from tollbar.errors import ConfigError
from tollbar.ledger.access_tokens import AccessTokens
from tollbar.ledger.opening import open_ledger
from tollbar.service.authentication import Authentication
from tollbar.service.configuration import ServiceSettings
from tollbar.service.rate_limit import RateLimit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.service.running import Running

WORKLOADS = {
    "workloads": [
        {
            "name": "bot",
            "kind": "llm",
            "model": "gpt-4o",
            "calls_per_month": 1000,
            "input_tokens": 9,
            "output_tokens": 9,
        }
    ]
}
ROUTES = {
    "estimates": ("POST", "/v1/estimates"),
    "decisions": ("POST", "/v1/decisions"),
    "prices": ("GET", "/v1/prices?query=gp3"),
    "policies": ("GET", "/v1/policies"),
    "history": ("GET", "/v1/projects/shop/history"),
    "admission": ("POST", "/v1/webhooks/kubernetes-admission"),
    "metrics": ("GET", "/metrics"),
}
REVIEW = {
    "apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "request": {"uid": "u", "operation": "DELETE"},
}  # fmt: skip


def _ask(service: Running, scope: str, token: str | None) -> Any:
    method, path = ROUTES[scope]
    body = {"admission": REVIEW, "estimates": WORKLOADS, "decisions": WORKLOADS}.get(scope)
    with service.client(token) as client:
        return client.request(method, path, json=body)


@pytest.mark.parametrize("scope", ROUTES)
def test_without_a_token(service: Running, scope: str) -> None:
    answer = _ask(service, scope, None)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == 'Bearer realm="tollbar"'
    assert answer.json()["detail"] == "a token is needed: Authorization: Bearer …"


@pytest.mark.parametrize("scope", ROUTES)
def test_with_another_scope(service: Running, scope: str) -> None:
    other = "prices" if scope != "prices" else "metrics"
    answer = _ask(service, scope, service.token(other))
    assert (answer.status_code, answer.json()["scope"]) == (403, scope)


@pytest.mark.parametrize("scope", ROUTES)
def test_with_the_scope(service: Running, scope: str) -> None:
    assert _ask(service, scope, service.token(scope)).status_code == 200


@pytest.mark.parametrize("token", ["tbr_", "tbr_0011223344_x", "nonsense", "a.b.c", "tbr_%_'", "x" * 5000])
def test_with_a_token_that_is_none(service: Running, token: str) -> None:
    assert _ask(service, "prices", token).status_code == 401


def test_a_secret_of_another_token_is_none(service: Running) -> None:
    one, other = service.token("prices").split("_", 2), service.token("prices").split("_", 2)
    assert _ask(service, "prices", f"tbr_{one[1]}_{other[2]}").status_code == 401


def test_a_revoked_token_ends_at_once(service: Running) -> None:
    token = service.token("prices")
    assert _ask(service, "prices", token).status_code == 200
    ledger = open_ledger(service.ledger)
    AccessTokens(ledger).revoke(token.split("_")[1])
    ledger.close()
    assert _ask(service, "prices", token).status_code == 401


def test_no_secret_is_kept_or_logged(service: Running) -> None:
    token = service.token("prices")
    _ask(service, "prices", token)
    secret = token.split("_", 2)[2]
    ledger = open_ledger(service.ledger)
    assert secret not in repr(AccessTokens(ledger).all())
    ledger.close()
    assert secret not in service.log.getvalue()


def test_projects_do_not_see_one_another(service: Running) -> None:
    scopes = ("decisions", "estimates", "history")
    shop, bank = (service.token(*scopes, projects=(project,)) for project in ("shop", "bank"))
    with service.client(shop) as client:
        decided = client.post("/v1/decisions?project=shop", json=WORKLOADS).json()["decision_id"]
        assert client.get(f"/v1/decisions/{decided}").status_code == 200
        history = client.get("/v1/projects/shop/history").json()["decisions"]
        assert [each["decision_id"] for each in history] == [decided]
    with service.client(bank) as client:
        assert client.get(f"/v1/decisions/{decided}").status_code == 404
        assert client.get("/v1/projects/shop/history").status_code == 403
        assert client.post("/v1/decisions?project=shop", json=WORKLOADS).status_code == 403
        assert client.post("/v1/estimates?project=shop", json=WORKLOADS).status_code == 403
        assert client.post("/v1/decisions", json=WORKLOADS).status_code == 403
        assert client.get(f"/decisions/{decided}").status_code == 404
        assert "shop" not in client.get("/").text


def _projects_before(answer: Any) -> list[str]:
    return [each["project_id"] for each in answer.json()["estimate"].get("history", {}).get("deployments", [])]


def test_what_came_before_in_other_projects_of_the_team_is_not_told(tmp_path: Path) -> None:
    """The policy looks at all of the team; who may see one project hears of that alone, now and later."""
    calls = [{**WORKLOADS["workloads"][0], "calls_per_month": number} for number in (1000, 2000, 3000)]
    past = "2026-11-26T10:00:00Z"
    with running_service(tmp_path) as service, service.client(service.token()) as everybody:
        for project, call in zip(("secret", "shop"), calls, strict=False):
            asked = f"/v1/estimates?project={project}&team=platform"
            estimate = everybody.post(asked, json={"workloads": [call]}).json()["estimate"]
            estimate["meta"]["now"] = past
            assert everybody.post("/v1/decisions", json=estimate).status_code == 200
        question = {"workloads": [calls[2]]}
        with service.client(service.token("decisions", "history", projects=("shop",))) as shop:
            decided = shop.post("/v1/decisions?project=shop&team=platform", json=question)
            assert _projects_before(decided) == ["shop"]
            kept = f"/v1/decisions/{decided.json()['decision_id']}"
            assert _projects_before(shop.get(kept)) == ["shop"]
        assert sorted(_projects_before(everybody.get(kept))) == ["secret", "shop"]


def test_a_project_is_called_as_its_repository(service: Running) -> None:
    with service.client(service.token(projects=("acme/shop",))) as client:
        decided = client.post("/v1/decisions?project=acme/shop", json=WORKLOADS).json()["decision_id"]
        for path in ("acme%2Fshop", "acme/shop"):
            history = client.get(f"/v1/projects/{path}/history").json()
            assert (history["project"], [each["decision_id"] for each in history["decisions"]]) == (
                "acme/shop", [decided],
            )  # fmt: skip
            assert client.get(f"/v1/projects/{path}/history?mots=1").status_code == 422


def test_admission_with_a_token_for_certain_projects(service: Running) -> None:
    labels = {"tollbar.dev/project": "bank"}
    made = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "x", "labels": labels}}
    review = {**REVIEW, "request": {"uid": "u", "operation": "CREATE", "object": made}}
    for project, status in (("shop", 403), ("bank", 200)):
        with service.client(service.token("admission", projects=(project,))) as client:
            assert client.post(ROUTES["admission"][1], json=review).status_code == status


def test_an_estimate_of_another_project_is_not_decided_on(service: Running) -> None:
    with service.client(service.token()) as client:
        estimate = client.post("/v1/estimates?project=shop", json=WORKLOADS).json()["estimate"]
    with service.client(service.token("decisions", projects=("bank",))) as client:
        assert client.post("/v1/decisions?project=bank", json=estimate).status_code == 403


def test_too_many_requests(tmp_path: Path) -> None:
    with running_service(tmp_path, rate_per_minute=3) as service, service.client(service.token("prices")) as client:
        answers = [client.get("/v1/prices?query=gp3&most=1") for _ in range(4)]
        assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
        assert answers[0].headers["ratelimit-policy"] == '"caller";q=3;w=60'
        assert answers[2].headers["ratelimit"].startswith('"caller";r=0;t=')
        assert 1 <= int(answers[3].headers["retry-after"]) <= 60
        assert client.get("/healthz").status_code == 200
        with service.client(service.token("prices")) as other:
            assert other.get("/v1/prices?query=gp3&most=1").status_code == 200


def test_access_may_be_off_on_loopback_only() -> None:
    assert ServiceSettings(access="off").access == "off"
    with pytest.raises(ValueError, match=r"access may be off on loopback only, not on 0\.0\.0\.0"):
        ServiceSettings(access="off", host="0.0.0.0")  # noqa: S104 -- what is refused


@pytest.mark.parametrize("storage", ["bogus://:secret@h", "redis+bogus://:secret@h"])
def test_a_place_for_counts_that_is_not_known(storage: str) -> None:
    with pytest.raises(ConfigError, match=r"rate_storage\) is none that is known\n  Write it as memory://") as told:
        RateLimit(1, storage)
    assert "secret" not in str(told.value)


@pytest.mark.parametrize(
    ("content", "message"),
    [(None, "cannot be read: No such file"), ("nonsense", "holds no keys"), ("[]", "holds no keys")],
)
def test_keys_that_are_none_end_the_start(tmp_path: Path, content: str | None, message: str) -> None:
    file = tmp_path / "jwks.json"
    if content is not None:
        file.write_text(content)
    settings = ServiceSettings(jwt_issuer="https://id.example", jwt_audience="tollbar", jwt_jwks=str(file))
    ledger = open_ledger(str(tmp_path / "ledger.sqlite"), create=True)
    with pytest.raises(ConfigError, match=message):
        Authentication(settings, AccessTokens(ledger))
    ledger.close()


def test_a_scope_that_is_not_known(tmp_path: Path) -> None:
    ledger = open_ledger(str(tmp_path / "ledger.sqlite"), create=True)
    with pytest.raises(ConfigError, match=r"there is no scope 'decision'\n  Did you mean 'decisions'\?"):
        AccessTokens(ledger).create("x", ["decision"])
    ledger.close()


EC_KEY = ec.generate_private_key(ec.SECP256R1())
KEY, OTHER_KEY = (rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(2))


@pytest.fixture(scope="module")
def provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("provider")
    public = json.loads(RSAAlgorithm.to_jwk(KEY.public_key()))
    (folder / "jwks.json").write_text(json.dumps({"keys": [{**public, "kid": "k1", "use": "sig", "alg": "RS256"}]}))
    told: dict[str, Any] = {
        "jwt_issuer": "https://id.example",
        "jwt_audience": "tollbar",
        "jwt_jwks": str(folder / "jwks.json"),
    }
    with running_service(folder, **told) as service:
        yield service


def _jwt(key: Any = KEY, algorithm: str = "RS256", kid: str = "k1", **claims: Any) -> str:
    now = int(time.time())
    usual = {"iss": "https://id.example", "aud": "tollbar", "sub": "alice", "exp": now + 60, "scope": "prices history"}
    told = {name: value for name, value in {**usual, **claims}.items() if value is not None}
    return jwt.encode(told, key, algorithm=algorithm, headers={"kid": kid})


def test_a_token_of_the_identity_provider(provider: Running) -> None:
    token = _jwt(tollbar_projects=["shop"])
    assert _ask(provider, "prices", token).status_code == 200
    assert _ask(provider, "decisions", token).status_code == 403
    assert _ask(provider, "history", token).status_code == 200
    assert _ask(provider, "history", _jwt(tollbar_projects=["bank"])).status_code == 403
    assert _ask(provider, "prices", provider.token("prices")).status_code == 200


def test_projects_may_be_words(provider: Running) -> None:
    """A claim that is no list must not open every project."""
    assert _ask(provider, "history", _jwt(tollbar_projects="bank")).status_code == 403
    assert _ask(provider, "history", _jwt(tollbar_projects="")).status_code == 403
    assert _ask(provider, "history", _jwt(tollbar_projects="bank shop")).status_code == 200


def test_the_provider_s_clock_may_be_ahead(provider: Running) -> None:
    now = int(time.time())
    assert _ask(provider, "prices", _jwt(iat=now + 10, nbf=now + 10)).status_code == 200


@pytest.mark.parametrize(
    "token",
    {
        "another issuer": _jwt(iss="https://evil.example"),
        "another audience": _jwt(aud="somebody"),
        "over": _jwt(exp=int(time.time()) - 40),
        "not yet": _jwt(nbf=int(time.time()) + 3600),
        "projects that are no list": _jwt(tollbar_projects={"shop": True}),
        "projects that are null": _jwt(tollbar_projects=[None]),
        "scopes that are a number": _jwt(scope=5),
        "of an algorithm for another key": _jwt(EC_KEY, "ES256"),
        "never over": _jwt(exp=None),
        "of nobody": _jwt(sub=None),
        "another key": _jwt(OTHER_KEY),
        "an unknown key": _jwt(kid="k2"),
        "unsigned": jwt.encode({"iss": "https://id.example", "aud": "tollbar", "sub": "a"}, "", algorithm="none"),
        "signed with what is public": _jwt("x" * 32, "HS256"),
    }.items(),
    ids=lambda case: case[0],
)
def test_a_token_that_the_identity_provider_did_not_give(provider: Running, token: tuple[str, str]) -> None:
    answer = _ask(provider, "prices", token[1])
    assert answer.status_code == 401
    assert token[1] not in answer.text
