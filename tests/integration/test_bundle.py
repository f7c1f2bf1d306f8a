"""The policy library as an OPA bundle decides as the library does, and tells its revision."""

from __future__ import annotations

import json
import os
import subprocess
import tarfile
from typing import TYPE_CHECKING

from tests.conftest import ROOT, running_opa_server
from tests.golden.cases import golden_cases
from tollbar.policy.opa_binary import OpaBinary
from tollbar.policy.opa_server import OpaServer

if TYPE_CHECKING:
    from pathlib import Path


def test_a_server_with_the_bundle_gives_the_librarys_verdict(opa: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "PATH": f"{opa.parent}:{os.environ['PATH']}"}
    built = subprocess.run(
        [str(ROOT / "bundle" / "build.sh"), str(tmp_path)], capture_output=True, text=True, check=True, env=environment
    )
    bundle = built.stdout.strip()
    version = json.loads((ROOT / "rego" / "tollbar" / "version" / "data.json").read_text(encoding="utf-8"))["version"]
    assert bundle == f"{tmp_path}/tollbar-policies-{version}.tar.gz"
    with tarfile.open(bundle) as archive:
        names = archive.getnames()
    assert not [name for name in names if name.endswith("_test.rego") or str(tmp_path.parent) in name]
    library = OpaBinary(opa, [ROOT / "rego"])
    with running_opa_server(opa, ["--bundle", bundle]) as url:
        for case in golden_cases():
            document = case.estimate_file.read_text(encoding="utf-8")
            served, local = OpaServer(url).decide(document), library.decide(document)
            assert served.revision.startswith(f"{version}+")
            assert served.model_copy(update={"revision": local.revision}) == local
