"""Which files of a folder are looked into, here and at a commit."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import pytest

from tests.git_repository import GitRepository
from tollbar.errors import InputError
from tollbar.estimating.source_revision import files_at
from tollbar.inputs.llm_code.call_site import Unreadable
from tollbar.inputs.llm_code.project_files import MOST_BYTES, files_of
from tollbar.location import Location
from tollbar.policy.base_revision import commit_of

if TYPE_CHECKING:
    from tollbar.inputs.llm_code.source_file import SourceFile

FILES = {
    "app.py": "1",
    "scripts/once.py": "2",
    "build/made.py": "3",
    "node_modules/x/index.js": "4",
    "deep/vendor/other.py": "5",
    ".venv/lib/site.py": "6",
}


def _paths(files: tuple[SourceFile, ...]) -> list[str]:
    return [str(file.path) for file in files]


def _write(folder: Path) -> None:
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def test_without_git_what_is_made_or_of_others_is_left_out(tmp_path: Path) -> None:
    _write(tmp_path)
    assert _paths(files_of(tmp_path)[0]) == ["app.py", "scripts/once.py"]


def test_git_tells_what_is_kept_and_what_is_new(tmp_path: Path) -> None:
    repository = GitRepository.create(tmp_path)
    _write(tmp_path)
    repository.commit({".gitignore": "ignored.py\n"})
    repository.write({"new.py": "7", "ignored.py": "8"})
    files, skipped = files_of(tmp_path)
    assert (_paths(files), skipped) == ([".gitignore", "app.py", "build/made.py", "new.py", "scripts/once.py"], ())


def test_links_and_large_files_are_told_where_they_might_hold_calls(tmp_path: Path) -> None:
    (tmp_path / "large.py").write_bytes(b"#" * (MOST_BYTES + 1))
    (tmp_path / "large.bin").write_bytes(b"#" * (MOST_BYTES + 1))
    (tmp_path / "link.py").symlink_to(tmp_path / "large.py")
    files, skipped = files_of(tmp_path)
    assert (files, list(skipped)) == (
        (),
        [
            Unreadable(Location((tmp_path / "large.py").as_posix()), "larger than 5 MB"),
            Unreadable(Location((tmp_path / "link.py").as_posix()), "a symbolic link is not followed"),
        ],
    )


def test_a_path_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file or folder"):
        files_of(tmp_path / "missing")


def test_files_of_a_commit_are_read_as_they_were(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repository = GitRepository.create(tmp_path)
    (tmp_path / "link.py").symlink_to("app.py")
    commit_id = repository.commit({"src/app.py": "old\n", "src/more.py": "more", "src/vendor/x.py": "", "top.py": ""})
    repository.commit({"src/app.py": "new"})
    monkeypatch.chdir(tmp_path)
    commit = commit_of(tmp_path, commit_id)
    assert commit is not None
    files, skipped = files_at(commit, Path("src"))
    assert [(file.path, file.shown, file.content) for file in files] == [
        (PurePosixPath("app.py"), "src/app.py", b"old\n"),
        (PurePosixPath("more.py"), "src/more.py", b"more"),
    ]
    assert skipped == ()
    files, skipped = files_at(commit, Path())
    assert (_paths(files), skipped) == (
        ["src/app.py", "src/more.py", "top.py"],
        (Unreadable(Location("link.py"), "a symbolic link is not followed"),),
    )
    assert files_at(commit, Path("nowhere")) == ((), ())
