"""What the containers are told is what the service can be told: a variable with a wrong name would just be ignored."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT
from tests.docker.image import DOCKER, stage
from tests.docker.stack import compose
from tollbar.service.configuration import ServiceSettings

if TYPE_CHECKING:
    from pathlib import Path

PREFIX = "TOLLBAR_SERVICE_"
MANIFESTS = sorted(DOCKER.glob("kubernetes/**/*.yml"))


def _settings(environment: dict[str, str]) -> ServiceSettings:
    told = {name.removeprefix(PREFIX).lower(): value for name, value in environment.items() if name.startswith(PREFIX)}
    return ServiceSettings.model_validate(told)


def test_the_image_listens_for_others_and_asks_for_tokens() -> None:
    settings = _settings(stage("final").environment)
    assert (settings.host, settings.port, settings.access) == ("0.0.0.0", 8080, "tokens")  # noqa: S104 -- in a container
    assert settings.ledger == "/var/lib/tollbar/ledger.sqlite"


def test_compose_tells_the_service_what_it_knows() -> None:
    settings = _settings(compose()["services"]["service"]["environment"])
    assert settings.opa_url == "http://opa:8181"
    assert settings.rate_storage == "redis://redis:6379"


@pytest.mark.parametrize("file", MANIFESTS, ids=lambda file: str(file.relative_to(DOCKER)))
def test_a_manifest_tells_the_service_what_it_knows(file: Path) -> None:
    told = re.findall(rf"{PREFIX}(\w+)=(.+)$", file.read_text(encoding="utf-8"), flags=re.MULTILINE)
    _settings({f"{PREFIX}{name}": value for name, value in told})


def test_names_that_are_told_elsewhere_are_known_too() -> None:
    texts = [file.read_text(encoding="utf-8") for file in [*MANIFESTS, ROOT / "docs" / "containers.md"]]
    named = {name.lower() for text in texts for name in re.findall(rf"{PREFIX}(\w+)", text)}
    assert named
    assert named - set(ServiceSettings.model_fields) == set()


def test_a_name_that_is_not_known_is_found_out() -> None:
    with pytest.raises(ValueError, match="Extra inputs are not permitted"):
        _settings({"TOLLBAR_SERVICE_RETENTION": "400"})
