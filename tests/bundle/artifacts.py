"""What `make bundle` makes, signed with keys made for the test, and copies that were tampered with."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import tarfile
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path


class KeyPair:
    """A pair of RSA keys in two files."""

    def __init__(self, folder: Path, name: str) -> None:
        """Make the pair."""
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.private, self.public = folder / f"{name}.pem", folder / f"{name}-public.pem"
        pem, no_password = serialization.Encoding.PEM, serialization.NoEncryption()
        self.private.write_bytes(key.private_bytes(pem, serialization.PrivateFormat.PKCS8, no_password))
        public_format = serialization.PublicFormat.SubjectPublicKeyInfo
        self.public.write_bytes(key.public_key().public_bytes(pem, public_format))


def run_script(opa: Path, name: str, *arguments: object, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a script of bundle/ with the opa of the tests and some TOLLBAR_* variables."""
    outer = {name: value for name, value in os.environ.items() if not name.startswith("TOLLBAR_SIGNING")}
    environment = {**outer, "PATH": f"{opa.parent}:{os.environ['PATH']}", **variables}
    command = [str(ROOT / "bundle" / name), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment)


def build(opa: Path, dist: Path, key: KeyPair | None = None, **variables: str) -> tuple[Path, Path]:
    """Build into ``dist``, and return the bundle and the archive for conftest."""
    if key:
        variables["TOLLBAR_SIGNING_KEY_FILE"] = str(key.private)
    done = run_script(opa, "build.sh", dist, **variables)
    assert done.returncode == 0, done.stderr
    policies, for_conftest = (dist / line for line in done.stdout.splitlines())
    return policies, for_conftest


def signed_version(
    opa: Path,
    source: Path,
    folder: Path,
    key: KeyPair,
    version: str,
    *,
    key_id: str = "tollbar",
    edit: Callable[[Path], None] | None = None,
) -> Path:
    """Return a bundle of another version, as a later release of the library would be, signed with another key.

    ``edit`` may change the files below its folder.
    """
    tree = folder / version
    shutil.rmtree(tree, ignore_errors=True)
    tree.mkdir(parents=True)
    with tarfile.open(source) as archive:
        # By hand: opa's names begin with a slash, and extractall has its filters from Python 3.11.4 on only.
        for member in archive.getmembers():
            content = archive.extractfile(member)
            if content is not None:
                file = tree / member.name.lstrip("/")
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(content.read())
    (tree / ".signatures.json").unlink(missing_ok=True)
    if edit is not None:
        edit(tree)
    claims = folder / "claims.json"
    claims.write_text(json.dumps({"keyid": key_id}), encoding="utf-8")
    target = folder / f"{version}.tar.gz"
    sign = ["--signing-key", str(key.private), "--claims-file", str(claims)]
    command = [str(opa), "build", "--bundle", ".", "--revision", version, "--output", str(target), *sign]
    subprocess.run(command, check=True, capture_output=True, cwd=tree)
    return target


def tampered(source: Path, target: Path, change: Callable[[dict[str, bytes]], Mapping[str, bytes]]) -> Path:
    """Write a copy of a bundle whose files, by name, ``change`` has changed."""
    with tarfile.open(source) as archive:
        files = {member.name: archive.extractfile(member).read() for member in archive}  # type: ignore[union-attr]  # only files
    with tarfile.open(target, "w:gz") as archive:
        for name, content in change(files).items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return target
