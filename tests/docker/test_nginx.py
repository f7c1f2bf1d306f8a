"""The two configurations of nginx, run by a real one: the bundle's server, and the admission webhook's proxy."""

from __future__ import annotations

import os
import shutil
import ssl
import subprocess
import threading
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import httpx2
import pytest
import yaml
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.docker.image import DOCKER
from tests.docker.stack import free_port
from tests.service.running import running_service

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WEBHOOK = DOCKER / "kubernetes" / "components" / "admission-webhook"
HOST = "tollbar-webhook.tollbar.svc"
REVIEW: dict[str, Any] = {
    "apiVersion": "admission.k8s.io/v1",
    "kind": "AdmissionReview",
    "request": {
        "uid": "705ab4f5-6393-11e8-b7cc-42010a800002",
        "operation": "CREATE",
        "namespace": "shop",
        "object": {
            "apiVersion": "v1", "kind": "PersistentVolumeClaim", "metadata": {"name": "data", "namespace": "shop"},
            "spec": {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Gi"}}},
        },
    },
}  # fmt: skip


@contextmanager
def _nginx(source: Path, folder: Path, places: dict[str, str]) -> Iterator[None]:
    """Run nginx with a configuration whose places are others here."""
    nginx = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    if nginx is None:
        pytest.skip("nginx is not installed")
    text = source.read_text(encoding="utf-8")
    for place, here in {"/tmp": str(folder), **places}.items():  # noqa: S108 -- what is replaced
        assert place in text
        text = text.replace(place, here)
    (folder / "nginx.conf").write_text(text, encoding="utf-8")
    as_root = "user root; " if os.geteuid() == 0 else ""  # else its workers could not read the test's folder
    command = [nginx, "-c", str(folder / "nginx.conf"), "-g", f"{as_root}daemon off;"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        try:
            for _ in range(200):
                if (folder / "nginx.pid").exists():
                    break
                assert process.poll() is None, process.stderr.read() if process.stderr else ""
                threading.Event().wait(0.05)
            yield
        finally:
            process.terminate()


def test_the_bundle_is_served_with_a_tag_and_nothing_else_is(tmp_path: Path) -> None:
    bundles = tmp_path / "bundles"
    bundles.mkdir()
    (bundles / "tollbar-policies.tar.gz").write_bytes(b"a bundle")
    (bundles / ".new").write_bytes(b"half of one")
    port = free_port()
    places = {"/srv/bundles": str(bundles), "8080": f"127.0.0.1:{port}"}
    with (
        _nginx(DOCKER / "nginx" / "bundles.conf", tmp_path, places),
        httpx2.Client(base_url=f"http://127.0.0.1:{port}", timeout=10) as client,
    ):
        first = client.get("/tollbar-policies.tar.gz")
        assert (first.status_code, first.content, first.headers["content-type"]) == (
            200, b"a bundle", "application/gzip",
        )  # fmt: skip
        again = client.get("/tollbar-policies.tar.gz", headers={"If-None-Match": first.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
        others = ["/", "/.new", "/../etc/passwd", "/healthz"]
        assert [client.get(path).status_code for path in others] == [404, 404, 404, 204]
        assert client.put("/tollbar-policies.tar.gz", content=b"x").status_code == 403


def test_kubernetes_asks_by_tls_and_for_nothing_but_admission(tmp_path: Path) -> None:
    port = free_port()
    authority = _certificate(tmp_path)
    with running_service(tmp_path) as service:
        header = f'proxy_set_header Authorization "Bearer {service.token("admission")}";'
        (tmp_path / "authorization.conf").write_text(header, encoding="utf-8")
        places = {
            "8443": f"127.0.0.1:{port}", "http://127.0.0.1:8080": service.url,
            "/etc/tollbar-webhook-certificate": str(tmp_path), "/etc/tollbar-webhook-token": str(tmp_path),
        }  # fmt: skip
        with _nginx(WEBHOOK / "nginx.conf", tmp_path, places):
            with _client(port, authority) as client:
                answer = client.post("/v1/webhooks/kubernetes-admission?timeout=10s", json=REVIEW)
                assert answer.status_code == 200, answer.text
                told = answer.json()["response"]
                assert (told["uid"], told["allowed"]) == (REVIEW["request"]["uid"], True)
                others = [client.get("/metrics"), client.post("/v1/decisions", json={}), client.get("/readyz")]
                assert [each.status_code for each in others] == [404, 404, 404]
                assert client.get("/v1/webhooks/kubernetes-admission").status_code == 403

            renewed = _certificate(tmp_path)
            with _client(port, renewed) as client:
                assert client.post("/v1/webhooks/kubernetes-admission?timeout=10s", json=REVIEW).status_code == 200
            with _client(port, authority) as client, pytest.raises(httpx2.ConnectError, match="CERTIFICATE_VERIFY"):
                client.post("/v1/webhooks/kubernetes-admission?timeout=10s", json=REVIEW)


def _client(port: int, authority: str) -> httpx2.Client:
    """Return a client that trusts one certificate and, as Kubernetes does, asks for the service by its name."""
    context = ssl.create_default_context(cadata=authority)
    return httpx2.Client(
        base_url=f"https://127.0.0.1:{port}", verify=context, timeout=30, headers={"Host": HOST},
        transport=_ByName(verify=context),
    )  # fmt: skip


class _ByName(httpx2.HTTPTransport):
    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        request.extensions["sni_hostname"] = HOST
        return super().handle_request(request)


def _certificate(folder: Path) -> str:
    """Write a certificate and its key, as cert-manager does, and return the certificate."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = certificate.public_bytes(serialization.Encoding.PEM)
    (folder / "tls.crt").write_bytes(pem)
    (folder / "tls.key").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )  # fmt: skip
    return pem.decode()


def test_both_are_run_as_they_are_told_to() -> None:
    """In compose.yml by the image's own command, and in the pod by that of the component."""
    deployment = yaml.safe_load((WEBHOOK / "deployment.yml").read_text(encoding="utf-8"))
    container = deployment["spec"]["template"]["spec"]["containers"][0]
    assert container["command"] == ["nginx", "-c", "/etc/tollbar-webhook/nginx.conf", "-g", "daemon off;"]
    assert {mount["mountPath"] for mount in container["volumeMounts"]} == {
        "/tmp", "/etc/tollbar-webhook", "/etc/tollbar-webhook-certificate", "/etc/tollbar-webhook-token",  # noqa: S108 -- what is mounted
    }  # fmt: skip
