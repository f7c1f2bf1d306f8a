"""``python -m tests.mutation [FILE…]``: lists the mutants that no test notices, and fails if there are any.

A mutant is tried with its package's own tests, in a library of only what these need: what only the tests of others
notice is not tested where one would look for it.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from tests.conftest import ROOT
from tests.mutation.mutants import Mutant, mutants
from tollbar.policy.opa_binary import find_opa

if TYPE_CHECKING:
    from collections.abc import Callable

FOLDERS = ("rego", "conftest/policy")
ALLOWED = Path(__file__).with_name("allowed.toml")
_FAILED, _ERROR = 2, 1  # exit codes of opa test
Fate = Literal["killed", "survived", "does not compile"]


@dataclass(frozen=True)
class Result:
    """A mutant of a file, and whether a test noticed it."""

    file: str
    mutant: Mutant
    fate: Fate


def main() -> int:
    """Try every mutant."""
    opa = find_opa(None)
    named = {Path(name).resolve() for name in sys.argv[1:]}
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(os.cpu_count()) as pool:
        library = Path(folder) / "library"
        for part in FOLDERS:
            shutil.copytree(ROOT / part, library / part)
        files = [library / file.relative_to(ROOT) for file in _policies() if not named or file in named]
        found = pool.map(lambda file: _tried(opa, library, file, Path(folder)), files)
        results = [result for of_file in found for result in of_file]
    return _report(results, complete=not named)


def _policies() -> list[Path]:
    found = [file for folder in FOLDERS for file in (ROOT / folder).rglob("*.rego")]
    return sorted(file for file in found if not file.name.endswith("_test.rego"))


def _tried(opa: Path, library: Path, file: Path, folder: Path) -> list[Result]:
    """Try all mutants of a file."""
    source = file.read_text(encoding="utf-8")
    name = file.relative_to(library)
    package = next(line.split()[1] for line in source.splitlines() if line.startswith("package "))
    own_tests = ["--run", rf"^data\.{package}_test\."]
    found = mutants(opa, file)
    copy = Path(tempfile.mkdtemp(dir=folder))
    shutil.copytree(library, copy, dirs_exist_ok=True, ignore=_not_needed(file))
    if found and _tested(opa, copy, own_tests) != "survived":  # they need more than they name
        shutil.copytree(library, copy, dirs_exist_ok=True)
        if _tested(opa, copy, own_tests) != "survived":
            raise SystemExit(f"{name}: its tests fail as it is, or there are none: run make policy-test")
    results = []
    for mutant in found:
        (copy / name).write_text(mutant.applied_to(source), encoding="utf-8")
        results.append(Result(str(name), mutant, _tested(opa, copy, own_tests)))
    shutil.rmtree(copy)
    return results


def _not_needed(file: Path) -> Callable[[str, list[str]], list[str]]:
    """Return what leaves out the tests of other packages, and rules that neither the file nor its tests name."""
    texts = [beside.read_text(encoding="utf-8") for beside in file.parent.glob("*.rego")]
    needed = {file.parent.name, *re.findall(r"data\.tollbar\.rules\.\w+\.(\w+)", "\n".join(texts))}

    def ignored(directory: str, names: list[str]) -> list[str]:
        path = Path(directory)
        if path == file.parent or path.name == "testing":
            return []
        is_other_rule = path.parent.parent.name == "rules" and path.name not in needed
        return [name for name in names if name.endswith(".rego" if is_other_rule else "_test.rego")]

    return ignored


def _tested(opa: Path, library: Path, run: list[str]) -> Fate:
    command = [str(opa), "test", "--timeout", "60s", "--fail-on-empty", *run]
    command += [str(library / folder) for folder in FOLDERS]
    done = subprocess.run(command, capture_output=True, check=False)
    if done.returncode == _ERROR:
        return "does not compile"
    return "killed" if done.returncode == _FAILED else "survived"


def _report(results: list[Result], *, complete: bool) -> int:
    allowed = tomllib.loads(ALLOWED.read_text(encoding="utf-8"))["allowed"]
    known = {(entry["file"], entry["mutant"]) for entry in allowed}
    survivors = [result for result in results if result.fate == "survived"]
    surprising = [result for result in survivors if (result.file, str(result.mutant)) not in known]
    for result in surprising:
        print(f"{result.file}:{result.mutant.row}:{result.mutant.column}: no test fails with {result.mutant}")
    stale = known - {(result.file, str(result.mutant)) for result in survivors} if complete else set()
    for file, text in sorted(stale):
        print(f"{ALLOWED.relative_to(ROOT)}: {file}: no such survivor: {text}")
    fates = [result.fate for result in results]
    counts = ", ".join(f"{fates.count(fate)} {fate}" for fate in ("killed", "survived", "does not compile"))
    print(f"{len(fates)} mutants: {counts} ({len(survivors) - len(surprising)} of them allowed)")
    return 1 if surprising or stale else 0


if __name__ == "__main__":
    sys.exit(main())
