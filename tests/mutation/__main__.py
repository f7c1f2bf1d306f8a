"""``python -m tests.mutation [FILE…]``: lists the mutants that no test notices, and fails if there are any."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from typing import Literal

from tests.conftest import ROOT
from tests.mutation.mutants import Mutant, mutants
from tollbar.policy.opa_binary import find_opa

FOLDERS = ("rego", "conftest/policy")
ALLOWED = Path(__file__).with_name("allowed.toml")
_FAILED, _ERROR = 2, 1  # exit codes of opa test
Fate = Literal["killed", "survived", "does not compile"]


def main() -> int:
    """Try every mutant."""
    opa = find_opa(None)
    named = {Path(name).resolve() for name in sys.argv[1:]}
    files = [file for file in _policies() if not named or file in named]
    sources = {file: file.read_text(encoding="utf-8") for file in files}
    todo = [(file, mutant) for file in files for mutant in mutants(opa, file)]
    workers = os.cpu_count() or 1
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(workers) as pool:
        copies: SimpleQueue[Path] = SimpleQueue()
        for number in range(workers):
            copies.put(_copied(Path(folder) / str(number)))
        fates = list(pool.map(lambda case: _fate(opa, copies, case[0], case[1], sources[case[0]]), todo))
    survivors = {
        (str(file.relative_to(ROOT)), str(mutant)): mutant
        for (file, mutant), fate in zip(todo, fates, strict=True)
        if fate == "survived"
    }
    return _report(survivors, fates, complete=not named)


def _policies() -> list[Path]:
    found = [file for folder in FOLDERS for file in (ROOT / folder).rglob("*.rego")]
    return sorted(file for file in found if not file.name.endswith("_test.rego"))


def _copied(copy: Path) -> Path:
    for folder in FOLDERS:
        shutil.copytree(ROOT / folder, copy / folder)
    return copy


def _fate(opa: Path, copies: SimpleQueue[Path], file: Path, mutant: Mutant, source: str) -> Fate:
    """Try a mutant with the file's own tests, and with all where those pass."""
    copy = copies.get()
    mutated = copy / file.relative_to(ROOT)
    try:
        mutated.write_text(mutant.applied_to(source), encoding="utf-8")
        package = next(line.split()[1] for line in source.splitlines() if line.startswith("package "))
        fate = _tested(opa, copy, ["--run", rf"^data\.{package}_test\."])
        return _tested(opa, copy, []) if fate == "survived" else fate
    finally:
        mutated.write_text(source, encoding="utf-8")
        copies.put(copy)


def _tested(opa: Path, copy: Path, more: list[str]) -> Fate:
    command = [str(opa), "test", "--timeout", "60s", *more, *(str(copy / folder) for folder in FOLDERS)]
    done = subprocess.run(command, capture_output=True, check=False)
    if done.returncode == _ERROR:
        return "does not compile"
    return "killed" if done.returncode == _FAILED else "survived"


def _report(survivors: dict[tuple[str, str], Mutant], fates: list[Fate], *, complete: bool) -> int:
    allowed = tomllib.loads(ALLOWED.read_text(encoding="utf-8"))["allowed"]
    known = {(entry["file"], entry["mutant"]) for entry in allowed}
    surprising = {place: mutant for place, mutant in survivors.items() if place not in known}
    for (file, text), mutant in surprising.items():
        print(f"{file}:{mutant.row}:{mutant.column}: no test fails with {text}")
    stale = known - survivors.keys() if complete else set()
    for file, text in sorted(stale):
        print(f"{ALLOWED.relative_to(ROOT)}: {file}: no such survivor: {text}")
    counts = ", ".join(f"{fates.count(fate)} {fate}" for fate in ("killed", "survived", "does not compile"))
    print(f"{len(fates)} mutants: {counts} ({len(survivors) - len(surprising)} of them allowed)")
    return 1 if surprising or stale else 0


if __name__ == "__main__":
    sys.exit(main())
