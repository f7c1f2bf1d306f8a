"""The images are built from what is pinned, hold no secrets, and run as nobody in particular."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT
from tests.docker.image import DOCKERFILE, Stage, stage, stages

if TYPE_CHECKING:
    from pathlib import Path

BY_DIGEST = re.compile(r"[\w./-]+:[\w.-]+@sha256:[0-9a-f]{64}")
RUN = [pytest.param(stage(name), id=name) for name in ("opa", "final")]


def test_hadolint_finds_nothing() -> None:
    found = shutil.which("hadolint", path=str(ROOT / ".venv" / "bin")) or shutil.which("hadolint")
    if found is None:
        pytest.skip("hadolint is not installed")
    done = subprocess.run([found, str(DOCKERFILE)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_every_base_is_pinned_by_its_digest() -> None:
    named = {each.name for each in stages()} | {"scratch"}
    assert [each.base for each in stages() if each.base not in named and not BY_DIGEST.fullmatch(each.base)] == []


@pytest.mark.parametrize("image", RUN)
def test_it_runs_as_a_user_without_a_name_or_rights(image: Stage) -> None:
    assert image.last("USER") == "10001:10001"
    assert [told for kind, told in image.instructions if kind in {"ADD", "VOLUME"}] == []


@pytest.mark.parametrize("image", RUN)
def test_it_tells_whether_it_is_well_without_a_shell(image: Stage) -> None:
    told = image.last("HEALTHCHECK") or ""
    assert re.fullmatch(r"--interval=\d+s --timeout=\d+s --start-period=\d+s --retries=\d+ +CMD \[.*\]", told)
    assert image.command("HEALTHCHECK")[0] in {"python", "opa"}
    assert image.command("ENTRYPOINT") + image.command("CMD")[:1] in (["tollbar", "serve"], ["opa", "run"])


def test_nothing_is_downloaded_but_by_package_managers() -> None:
    ran = [told for each in stages() for kind, told in each.instructions if kind == "RUN"]
    assert [told for told in ran if re.search(r"\b(curl|wget)\b|https?:", told)] == []
    installs = [told for told in ran if "pip install --" in told and "--no-deps" not in told]
    assert installs == ["pip install --require-hashes --requirement requirements/service.lock"]


def test_no_secret_is_built_in() -> None:
    told = [f"{kind} {told}" for each in stages() for kind, told in each.instructions]
    assert [line for line in told if re.search(r"(?i)(secret|passw|token|api_?key)[^ ]*=", line)] == []
    assert [line for line in told if line.startswith("ARG ")] == ["ARG VERSION=0.0.0", "ARG REVISION=unknown"]


def test_it_says_what_it_is() -> None:
    labels = stage("final").last("LABEL") or ""
    assert re.findall(r"org\.opencontainers\.image\.(\w+)=", labels) == [
        "title", "description", "documentation", "version", "revision",
    ]  # fmt: skip


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the engine would be sent: the files that .dockerignore lets through."""
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    rules = [line for line in lines if line and not line.startswith("#")]
    assert rules[0] == "*"
    allowed = [rule[1:] for rule in rules if rule.startswith("!")]
    refused = [rule for rule in rules[1:] if not rule.startswith("!")]
    assert refused == ["**/__pycache__", "**/*.sqlite"]
    folder = tmp_path_factory.mktemp("context")
    for name in allowed:
        source, target = ROOT / name, folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__", "*.sqlite"))
        else:
            shutil.copy(source, target)
    return folder


def test_everything_that_is_copied_is_in_the_context(context: Path) -> None:
    copied = [source for each in stages() for source in each.copied.values() if source != "."]
    assert copied
    assert [source for source in copied if not (context / source).exists()] == []


def test_the_wheel_is_built_from_the_context(context: Path, tmp_path: Path) -> None:
    """With the image's own command; the snapshot of prices is compiled on the way."""
    ran = [told for kind, told in stage("program").instructions if kind == "RUN"]
    wheel = next(told for told in ran if "pip wheel" in told).split(" && ")[0].strip()
    assert wheel == "pip wheel --no-deps --no-build-isolation --wheel-dir /wheel ."
    words = wheel.replace("/wheel", str(tmp_path)).split()
    done = subprocess.run([sys.executable, "-m", *words], cwd=context, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert [file.name.split("-")[0] for file in tmp_path.iterdir()] == ["tollbar"]


def test_what_the_image_installs_is_locked_as_everywhere_else() -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    wanted = {
        re.split(r"[\[>=<]", requirement)[0]
        for extra in ("service", "redis", "postgres", "comment")
        for requirement in extras[extra]
    }
    service, dev = _pins("service.lock"), _pins("dev.lock")
    assert wanted - set(service) == set()
    assert {name: pin for name, pin in service.items() if dev.get(name) != pin} == {}


def _pins(name: str) -> dict[str, set[str]]:
    text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
    found: dict[str, set[str]] = {}
    for package, version in re.findall(r"^([a-z0-9-]+)==([^ ;\\]+)", text, flags=re.MULTILINE):
        found.setdefault(package, set()).add(version)
    return found
