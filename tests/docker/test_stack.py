"""The stack of compose.yml, run as processes: what prepare.sh makes is what it needs, and it decides."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import threading
from contextlib import ExitStack
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx2
import pytest

from tests.conftest import ROOT
from tests.docker.image import DOCKER, stage
from tests.docker.stack import (
    Container,
    bundle_server,
    compose,
    free_port,
    image_files,
    mounted,
    postgresql,
    wait_for,
)
from tests.docker.test_monitoring import QUERIES
from tests.golden.cases import golden_cases

if TYPE_CHECKING:
    from collections.abc import Iterator

GOLDEN = next(case for case in golden_cases() if case.name == "changed_plan")
LEDGER = compose()["services"]["service"]["environment"]["TOLLBAR_SERVICE_LEDGER"]


@dataclass(frozen=True)
class Stack:
    """Everything that runs, and where."""

    local: Path
    service: Container
    opa: Container
    service_port: int
    opa_port: int
    tokens: dict[str, str]

    def client(self, scope: str) -> httpx2.Client:
        """Return a client that shows a token of a scope."""
        headers = {"Authorization": f"Bearer {self.tokens[scope]}"}
        return httpx2.Client(base_url=f"http://127.0.0.1:{self.service_port}", headers=headers, timeout=60)


@pytest.fixture(scope="module")
def prepared(opa: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What prepare.sh makes."""
    folder = tmp_path_factory.mktemp("local") / "local"
    done = _prepare(opa, folder)
    assert (done.returncode, done.stdout) == (0, f"ready: {folder}\n"), done.stderr
    return folder


def _prepare(opa: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    path = f"{opa.parent}:/usr/local/bin:/usr/bin:/bin"
    return subprocess.run(
        [str(DOCKER / "prepare.sh")], capture_output=True, text=True, check=False,
        env={"PATH": path, "TOLLBAR_LOCAL": str(folder)},
    )  # fmt: skip


@pytest.fixture(scope="module")
def stack(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """The whole of it, with Redis where there is one."""
    if find_spec("psycopg") is None:
        pytest.skip("psycopg, the driver, is not installed")
    logs = tmp_path_factory.mktemp("logs")
    local = Path(shutil.copytree(prepared, logs / "local"))
    ports = {name: free_port() for name in ("service", "opa", "redis")}
    with ExitStack() as opened:
        bundles = opened.enter_context(bundle_server(local / "bundles"))
        host, port = opened.enter_context(postgresql(local / "secrets" / "postgres-password"))
        _point_to(local / "secrets" / "pg_service.conf", host, port)
        has_redis = shutil.which("redis-server") is not None
        if has_redis:
            redis = Container("redis", None)
            redis_port = ["--port", str(ports["redis"]), "--bind", "127.0.0.1"]
            opened.enter_context(_with(redis, redis_port).running(logs / "redis.log"))
        opa = Container("opa", stage("opa"), {
            **image_files(stage("opa")), **mounted("opa", local),
            "0.0.0.0:8181": f"127.0.0.1:{ports['opa']}", "127.0.0.1:8181": f"127.0.0.1:{ports['opa']}",
            "bundles:8080": f"127.0.0.1:{bundles}",
        })  # fmt: skip
        opa_process = opened.enter_context(opa.running(logs / "opa.log"))
        service = Container("service", stage("final"), {
            **mounted("service", local), "0.0.0.0": "127.0.0.1", "8080": str(ports["service"]),  # noqa: S104 -- what is replaced
            "opa:8181": f"127.0.0.1:{ports['opa']}",
            "redis://redis:6379": f"redis://127.0.0.1:{ports['redis']}" if has_redis else "memory://",
        })  # fmt: skip
        tokens = {scope: _token(service, scope) for scope in ("metrics", "decisions")}
        assert service.run(service.image_healthcheck).returncode == 1
        service_process = opened.enter_context(service.running(logs / "service.log"))
        wait_for(ports["opa"], "/health?bundles", 200, opa_process, logs / "opa.log")
        wait_for(ports["service"], "/readyz", 200, service_process, logs / "service.log")
        yield Stack(local, service, opa, ports["service"], ports["opa"], tokens)


def _with(container: Container, more: list[str], *program: str) -> Container:
    """Return a container with a longer command; its program is told where that is the image's of somebody else."""

    class Longer(Container):
        @property
        def command(self) -> list[str]:
            return [*program, *super().command, *more]

    return Longer(container.name, container.image, container.places)


def _point_to(file: Path, host: str, port: int) -> None:
    text = file.read_text(encoding="utf-8")
    assert "host=postgres\n" in text
    file.write_text(text.replace("host=postgres\n", f"host={host}\nport={port}\n"), encoding="utf-8")


def _token(service: Container, scope: str) -> str:
    """Make a token with the command of docs/containers.md."""
    entry = service.image.command("ENTRYPOINT") if service.image else []
    done = service.run([*entry, "tokens", "create", "test", "--scope", scope, "--no-expiry", "--ledger", LEDGER])
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_the_health_checks_say_that_all_is_well(stack: Stack) -> None:
    checks = [
        (stack.service, stack.service.image_healthcheck),
        (stack.service, stack.service.healthcheck),
        (stack.opa, stack.opa.image_healthcheck),
    ]
    assert [container.run(words).returncode for container, words in checks] == [0, 0, 0]


def test_a_decision_is_made_by_the_signed_bundle_and_kept_in_postgresql(stack: Stack) -> None:
    revision = _revision(stack.local / "bundles" / "tollbar-policies.tar.gz", stack)
    with stack.client("decisions") as client:
        answer = client.post(
            "/v1/decisions", content=GOLDEN.estimate_file.read_bytes(), headers={"Content-Type": "application/json"}
        )
    told = answer.json()
    assert answer.status_code == 200, told
    assert (told["outcome"], told["revision"]) == ("warn", revision)
    listed = stack.service.run(["tollbar", "ledger", "list", "--ledger", LEDGER, "--format", "json"])
    assert told["decision_id"] in listed.stdout


def _revision(bundle: Path, stack: Stack) -> str:
    command = ["opa", "inspect", "--format", "json", str(bundle)]
    done = subprocess.run(command, env=stack.opa.environment, capture_output=True, text=True, check=True)
    revision: str = json.loads(done.stdout)["manifest"]["revision"]
    return revision


def test_an_input_is_priced_by_the_workers_within_their_memory(stack: Stack) -> None:
    manifest = (ROOT / "examples" / "kubernetes" / "orders.yaml").read_bytes()
    with stack.client("decisions") as client:
        answer = client.post("/v1/decisions", content=manifest, headers={"Content-Type": "application/yaml"})
    assert answer.status_code == 200, answer.text


def test_prometheus_reads_both_with_the_tokens_it_is_given(stack: Stack) -> None:
    with stack.client("metrics") as client:
        assert "tollbar_http_requests_total" in client.get("/metrics").text
    token = (stack.local / "secrets" / "opa-metrics-token").read_text(encoding="utf-8")
    url = f"http://127.0.0.1:{stack.opa_port}/metrics"
    told = httpx2.get(url, headers={"Authorization": f"Bearer {token}"})
    assert (told.status_code, "last_success_bundle_activation" in told.text) == (200, True)
    assert httpx2.get(url).status_code == 401


def test_prometheus_finds_both_and_answers_every_query(stack: Stack, tmp_path: Path) -> None:
    if shutil.which("prometheus") is None:
        pytest.skip("prometheus is not installed")
    port = free_port()
    (stack.local / "secrets" / "service-metrics-token").write_text(f"{stack.tokens['metrics']}\n", encoding="utf-8")
    _reconfigure(stack, tmp_path)
    places = {
        **mounted("prometheus", stack.local), "/etc/prometheus/prometheus.yml": str(tmp_path / "prometheus.yml"),
        "/prometheus": str(tmp_path / "data"),
    }  # fmt: skip
    prometheus = _with(Container("prometheus", None, places), [f"--web.listen-address=127.0.0.1:{port}"], "prometheus")
    with prometheus.running(tmp_path / "log") as process:
        wait_for(port, "/-/ready", 200, process, tmp_path / "log")
        with httpx2.Client(base_url=f"http://127.0.0.1:{port}", timeout=10) as client:
            assert _when_scraped(client) == {"tollbar": "up", "opa": "up"}
            answers = {query.place: client.get("/api/v1/query", params={"query": query.text}) for query in QUERIES}
            rules = client.get("/api/v1/rules").json()["data"]["groups"]
    assert {place: answer.text for place, answer in answers.items() if answer.status_code != 200} == {}
    assert {group["name"]: len(group["rules"]) for group in rules} == {"tollbar": 5, "opa": 4}


def _reconfigure(stack: Stack, folder: Path) -> None:
    """Write the configuration with the addresses of this stack, and less patience."""
    text = (DOCKER / "prometheus" / "prometheus.yml").read_text(encoding="utf-8")
    for name, inner, port in (("service", 8080, stack.service_port), ("opa", 8181, stack.opa_port)):
        found = f"dns_sd_configs: [{{ names: [{name}], type: A, port: {inner}, refresh_interval: 15s }}]"
        assert found in text
        text = text.replace(found, f"static_configs: [{{ targets: ['127.0.0.1:{port}'] }}]")
    text = text.replace(": 15s", ": 1s").replace(": 10s", ": 1s")
    text = text.replace("/run/secrets", str(stack.local / "secrets"))
    (folder / "prometheus.yml").write_text(text, encoding="utf-8")
    shutil.copy(DOCKER / "prometheus" / "alerts.yml", folder)


def _when_scraped(client: httpx2.Client) -> dict[str, str]:
    pause = threading.Event()
    for _ in range(400):
        targets = client.get("/api/v1/targets").json()["data"]["activeTargets"]
        found = {target["labels"]["job"]: target["health"] for target in targets}
        if found and "unknown" not in found.values():
            break
        pause.wait(0.05)
    return found


def test_requests_are_counted_in_redis(stack: Stack) -> None:
    storage = stack.service.environment["TOLLBAR_SERVICE_RATE_STORAGE"]
    if storage == "memory://":
        pytest.skip("redis-server is not installed")
    with stack.client("decisions") as client:
        assert client.get("/v1/policies").status_code == 403  # counted all the same
    with socket.create_connection(("127.0.0.1", int(storage.rpartition(":")[2])), timeout=5) as connection:
        connection.sendall(b"DBSIZE\r\n")
        assert int(connection.recv(100).strip(b":\r\n")) > 0


def test_without_redis_requests_are_counted_all_the_same(prepared: Path, tmp_path: Path) -> None:
    port, redis = free_port(), free_port()
    service = _alone(prepared, tmp_path, port, {"redis://redis:6379": f"redis://127.0.0.1:{redis}"})
    token = _token(service, "prices")
    with service.running(tmp_path / "log") as process:
        wait_for(port, "/healthz", 200, process, tmp_path / "log")
        url = f"http://127.0.0.1:{port}/v1/prices?query=gpt-4o"
        told = [httpx2.get(url, headers={"Authorization": f"Bearer {token}"}) for _ in range(2)]
    assert [answer.status_code for answer in told] == [200, 200], told[0].text
    assert [answer.headers["RateLimit"].partition(";t=")[0] for answer in told] == ['"caller";r=599', '"caller";r=598']


def _alone(prepared: Path, folder: Path, port: int, more: dict[str, str]) -> Container:
    """Return a service that keeps a file as its ledger and finds no OPA."""
    return Container("service", stage("final"), {
        **mounted("service", prepared), "0.0.0.0": "127.0.0.1", "8080": str(port),  # noqa: S104 -- what is replaced
        "opa:8181": f"127.0.0.1:{free_port()}", LEDGER: str(folder / "ledger.sqlite"), **more,
    })  # fmt: skip


def test_without_opa_nothing_passes_and_the_checks_tell(prepared: Path, tmp_path: Path) -> None:
    port = free_port()
    service = _alone(prepared, tmp_path, port, {"redis://redis:6379": "memory://"})
    with service.running(tmp_path / "log") as process:
        wait_for(port, "/healthz", 200, process, tmp_path / "log")
        checks = [service.image_healthcheck, service.healthcheck]
        assert [service.run(words).returncode for words in checks] == [0, 1]
    assert process.returncode in {0, -15}
    assert "Traceback" not in (tmp_path / "log").read_text(encoding="utf-8")


def test_what_is_prepared_stays_and_only_its_owner_enters(opa: Path, prepared: Path) -> None:
    assert prepared.stat().st_mode & 0o777 == 0o700
    assert (prepared / "signing-key.pem").stat().st_mode & 0o777 == 0o600
    kept = {file: file.read_bytes() for file in [prepared / "signing-key.pem", *(prepared / "secrets").glob("*[!f]")]}
    assert {file.name for file in kept} == {
        "signing-key.pem", "postgres-password", "grafana-password", "opa-metrics-token",
    }  # fmt: skip
    assert _prepare(opa, prepared).returncode == 0
    assert {file: file.read_bytes() for file in kept} == kept


def test_everything_that_compose_wants_is_prepared(prepared: Path) -> None:
    document: dict[str, Any] = compose()
    wanted = {each["file"] for part in ("secrets", "configs") for each in document[part].values()}
    missing = {
        file for file in wanted
        if not (prepared / file[8:] if file.startswith("./local/") else DOCKER / file).is_file()
    }  # fmt: skip
    assert missing == {"./local/secrets/service-metrics-token"}  # the ledger makes it: docs/containers.md
