"""`make bundle`: what is in the artifacts, that they are reproducible, and that they decide as the library does."""

from __future__ import annotations

import gzip
import hashlib
import json
import subprocess
import tarfile
from typing import TYPE_CHECKING, Any

from tests.bundle.artifacts import KeyPair, build, run_script
from tests.conftest import ROOT, running_opa_server
from tests.golden.cases import golden_cases
from tollbar.policy.opa_binary import OpaBinary
from tollbar.policy.opa_server import OpaServer

if TYPE_CHECKING:
    from pathlib import Path

VERSION = json.loads((ROOT / "rego" / "tollbar" / "version" / "data.json").read_text(encoding="utf-8"))["version"]


def test_the_bundle_says_what_it_is(artifacts: tuple[Path, Path]) -> None:
    policies, for_conftest = artifacts
    assert [policies.name, for_conftest.name] == [
        f"tollbar-policies-{VERSION}.tar.gz",
        f"tollbar-conftest-{VERSION}.tar.gz",
    ]
    manifest = _json_in(policies, "/.manifest")
    assert manifest.pop("revision").startswith(f"{VERSION}+{_commit()}")
    assert manifest == {
        "roots": ["tollbar"],
        "rego_version": 1,
        "metadata": {"name": "tollbar-policies", "version": VERSION},
    }


def test_neither_holds_tests_or_paths_of_this_machine(artifacts: tuple[Path, Path]) -> None:
    for artifact in artifacts:
        names = _names(artifact)
        assert "tollbar/decision.rego" in {name.lstrip("/") for name in names}
        assert not [name for name in names if name.endswith("_test.rego")]
        assert str(ROOT).encode() not in gzip.decompress(artifact.read_bytes())


def test_the_archive_for_conftest_holds_nothing_that_it_would_take_for_other_data(
    artifacts: tuple[Path, Path],
) -> None:
    data = {name for name in _names(artifacts[1]) if not name.endswith((".rego", ".toml"))}
    assert {name.rpartition("/")[2] for name in data} == {"data.json"}
    assert all(name.startswith("tollbar/") for name in data)


def test_the_same_tree_and_key_give_the_same_bytes(
    opa: Path, key: KeyPair, artifacts: tuple[Path, Path], tmp_path: Path
) -> None:
    again = build(opa, tmp_path, TOLLBAR_SIGNING_KEY=key.private.read_text(encoding="utf-8"))
    assert [hashlib.sha256(file.read_bytes()).hexdigest() for file in again] == [
        hashlib.sha256(file.read_bytes()).hexdigest() for file in artifacts
    ]


def test_the_digest_of_the_archive_stands_beside_it(artifacts: tuple[Path, Path]) -> None:
    archive = artifacts[1]
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    beside = archive.with_name(f"{archive.name}.sha256").read_text(encoding="utf-8")
    assert beside == f"{digest}  {archive.name}\n"


def test_without_a_key_it_is_not_signed_and_says_so(opa: Path, tmp_path: Path) -> None:
    done = run_script(opa, "build.sh", tmp_path)
    assert done.returncode == 0
    assert done.stderr == "not signed: TOLLBAR_SIGNING_KEY_FILE and TOLLBAR_SIGNING_KEY are not set\n"
    assert "/.signatures.json" not in _names(tmp_path / f"tollbar-policies-{VERSION}.tar.gz")


def test_a_key_that_is_none_is_refused_and_nothing_built(opa: Path, tmp_path: Path) -> None:
    for variables in ({"TOLLBAR_SIGNING_KEY_FILE": str(tmp_path / "absent.pem")}, {"TOLLBAR_SIGNING_KEY": "s3cret"}):
        done = run_script(opa, "build.sh", tmp_path / "dist", **variables)
        assert done.returncode == 1
        assert done.stderr == "the signing key cannot be read, or is no private key in PEM\n"
        assert list((tmp_path / "dist").iterdir()) == []


def test_a_server_with_the_bundle_gives_the_librarys_verdict_and_the_bundles_revision(
    opa: Path, key: KeyPair, artifacts: tuple[Path, Path]
) -> None:
    library = OpaBinary(opa, [ROOT / "rego"])
    revision = _json_in(artifacts[0], "/.manifest")["revision"]
    arguments = ["--bundle", str(artifacts[0]), "--verification-key", str(key.public)]
    with running_opa_server(opa, [*arguments, "--verification-key-id", "tollbar"]) as url:
        for case in golden_cases():
            document = case.estimate_file.read_text(encoding="utf-8")
            served, local = OpaServer(url).decide(document), library.decide(document)
            assert (served.revision, local.revision) == (revision, VERSION)
            assert served.model_copy(update={"revision": local.revision}) == local


def _names(archive: Path) -> list[str]:
    with tarfile.open(archive) as opened:
        return opened.getnames()


def _json_in(archive: Path, name: str) -> dict[str, Any]:
    with tarfile.open(archive) as opened:
        document: dict[str, Any] = json.load(opened.extractfile(name))  # type: ignore[arg-type]  # it is a file
    return document


def _commit() -> str:
    command = ["git", "rev-parse", "--short=12", "HEAD"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    return done.stdout.strip() or "unknown"
