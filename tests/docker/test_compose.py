"""compose.yml is what the Compose Specification allows, and every container in it has as few rights as it can."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.docker.image import DOCKER
from tests.docker.stack import COMPOSE, compose

SERVICES: dict[str, Any] = compose()["services"]
SECRET = re.compile(r"(?i)(password|token|secret|key)$")


def test_it_fits_the_schema_of_compose() -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec", str(COMPOSE)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", SERVICES)
def test_a_container_has_as_few_rights_as_it_can(name: str) -> None:
    service = SERVICES[name]
    told = {key: service.get(key) for key in ("read_only", "cap_drop", "security_opt", "privileged", "network_mode")}
    assert told == {
        "read_only": True, "cap_drop": ["ALL"], "security_opt": ["no-new-privileges:true"],
        "privileged": None, "network_mode": None,
    }  # fmt: skip
    assert service["deploy"]["resources"]["limits"]["memory"]
    assert "docker.sock" not in str(service)


@pytest.mark.parametrize("name", SERVICES)
def test_an_image_is_ours_or_pinned_by_its_digest(name: str) -> None:
    ours = {"service": "tollbar:${TOLLBAR_VERSION:-local}", "opa": "tollbar-opa:${TOLLBAR_VERSION:-local}"}
    image = SERVICES[name]["image"]
    assert image == ours.get(name, image)
    assert ("build" in SERVICES[name]) == (name in ours)
    assert name in ours or re.fullmatch(r"[\w./-]+:[\w.-]+@sha256:[0-9a-f]{64}", image)


def test_what_is_published_is_published_on_loopback() -> None:
    published = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}
    assert published == {
        "service": ["127.0.0.1:${TOLLBAR_PORTS:-8080}:8080"],
        "prometheus": ["127.0.0.1:9090:9090"],
        "grafana": ["127.0.0.1:3000:3000"],
    }
    inner = {name for name, service in SERVICES.items() if service["networks"] == ["back"]}
    assert (inner, compose()["networks"]["back"]["internal"]) == (set(SERVICES) - set(published), True)


@pytest.mark.parametrize("name", SERVICES)
def test_no_secret_stands_in_an_environment(name: str) -> None:
    environment = SERVICES[name].get("environment", {})
    assert {variable: value for variable, value in environment.items() if SECRET.search(variable)} == {}
    assert [value for value in environment.values() if re.search(r"://[^/@]*:[^/@]*@", value)] == []


def test_every_container_is_checked_for_its_health() -> None:
    by_image = {"opa"}  # the image's own check is the right one
    assert {name for name, service in SERVICES.items() if "healthcheck" not in service} == by_image


def test_what_is_referred_to_is_there() -> None:
    document = compose()
    for part in ("secrets", "configs"):
        used = [each for service in SERVICES.values() for each in service.get(part, [])]
        assert {each if isinstance(each, str) else each["source"] for each in used} == set(document[part])
    volumes = [volume.split(":")[0] for service in SERVICES.values() for volume in service.get("volumes", [])]
    assert {volume for volume in volumes if not volume.startswith(".")} == set(document["volumes"])
    folders = [volume for volume in volumes if volume.startswith(".") and not volume.startswith("./local/")]
    assert [folder for folder in folders if not (DOCKER / folder).is_dir()] == []


def test_what_is_made_here_is_in_no_repository() -> None:
    command = ["git", "-C", str(ROOT), "check-ignore", "--quiet", "docker/local/secrets/postgres-password"]
    if not (ROOT / ".git").exists():
        pytest.skip("this is no checkout")
    assert subprocess.run(command, check=False).returncode == 0


def test_the_settings_of_the_image_are_those_of_the_policy() -> None:
    """An empty document each: what is not set keeps its default."""
    found = {name: (DOCKER / "opa" / f"{name}.json").read_text(encoding="utf-8") for name in ("settings", "access")}
    assert found == {
        "settings": '{"tollbar_settings": {}}\n',
        "access": '{"tollbar_access": {"tokens": {}}}\n',
    }
