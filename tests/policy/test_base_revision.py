"""Files as they were at a commit, read from real repositories."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath

import pytest

from tests.git_repository import GitRepository
from tollbar.errors import ConfigError
from tollbar.policy.base_revision import Commit, commit_of, is_tracked, repository_of


@pytest.fixture
def repository(tmp_path: Path) -> GitRepository:
    """An empty repository."""
    return GitRepository.create(tmp_path / "app")


def _head(repository: GitRepository) -> Commit:
    commit = commit_of(repository.folder, "HEAD")
    assert commit is not None
    return commit


def _read(commit: Commit, name: str) -> bytes | None:
    return commit.read(PurePosixPath(name))


ODD_NAMES = ["-rf", "--help", "a b", "ä/ö.yml", "x:y", ":(top)z", "HEAD", "a'b\"c", "*", "$(id)", "a\tb", "trailing "]


@pytest.mark.parametrize("name", ODD_NAMES)
def test_odd_names_are_names(repository: GitRepository, name: str) -> None:
    repository.commit({name: "old\n", "*a": "other\n"})
    commit = _head(repository)
    repository.write({name: "new\n"})
    assert _read(commit, name) == b"old\n"
    assert is_tracked(repository.folder, PurePosixPath(name))
    assert not is_tracked(repository.folder, PurePosixPath("absent"))


def test_a_line_break_in_a_name_is_refused(repository: GitRepository) -> None:
    repository.commit({"a": "1"})
    with pytest.raises(ConfigError, match="not a name that can be read"):
        _read(_head(repository), "a\nHEAD:b")


def test_content_is_what_is_stored_whatever_the_line_ends(repository: GitRepository) -> None:
    repository.git("config", "core.autocrlf", "false")
    repository.commit({"a.yml": "x: 1\r\ny: 2\r\n", "empty": "", ".gitattributes": "a.yml text eol=lf\n"})
    commit = _head(repository)
    assert _read(commit, "empty") == b""
    assert _read(commit, "a.yml") in {b"x: 1\r\ny: 2\r\n", b"x: 1\ny: 2\n"}  # git may mend it when it is added


def test_what_is_not_there_is_none(repository: GitRepository) -> None:
    repository.commit({"folder/a": "1"})
    commit = _head(repository)
    assert _read(commit, "b") is None
    assert _read(commit, "folder/a/below") is None
    with pytest.raises(ConfigError, match="folder is a folder at"):
        _read(commit, "folder")


def test_links_are_followed_inside_the_commit_only(repository: GitRepository) -> None:
    repository.write({"real/a": "1\n"})
    for name, target in {
        "file": "real/a",
        "folder": "real",
        "out": "/etc/hostname",
        "up": "../x",
        "loop": "loop",
    }.items():
        (repository.folder / name).symlink_to(target)
    repository.commit()
    commit = _head(repository)
    (repository.folder / "file").unlink()
    repository.write({"file": "the change's own"})
    assert _read(commit, "file") == b"1\n"
    assert _read(commit, "folder/a") == b"1\n"
    assert list(commit.files(PurePosixPath("folder"))) == [(PurePosixPath("a"), b"1\n")]
    for name in ("out", "up"):
        with pytest.raises(ConfigError, match="is a link out of the repository"):
            _read(commit, name)
    with pytest.raises(ConfigError, match="leads back to itself"):
        _read(commit, "loop")
    with pytest.raises(ConfigError, match="is a link that leads to nothing there"):
        _read(commit, "folder/absent")


def test_a_folder_is_read_with_all_below_it(repository: GitRepository) -> None:
    repository.write({"p/a.rego": "a", "p/deep/er/data.json": "{}", "q/x": ""})
    (repository.folder / "p" / "link.rego").symlink_to("../q/x")
    repository.commit()
    found = dict(_head(repository).files(PurePosixPath("p")))
    assert found == {
        PurePosixPath("a.rego"): b"a",
        PurePosixPath("deep/er/data.json"): b"{}",
        PurePosixPath("link.rego"): b"",
    }


@pytest.fixture
def with_submodule(repository: GitRepository, tmp_path: Path) -> GitRepository:
    """A repository with a submodule ``sub`` that holds ``rules/a.rego``, moved on since the commit."""
    library = GitRepository.create(tmp_path / "library")
    library.commit({"rules/a.rego": "strict"})
    repository.git("submodule", "--quiet", "add", str(library.folder), "sub")
    repository.commit()
    inside = GitRepository(repository.folder / "sub")
    inside.commit({"rules/a.rego": "lax"})
    return repository


def test_a_submodule_is_read_at_the_commit_that_was_recorded(with_submodule: GitRepository) -> None:
    commit = _head(with_submodule)
    assert _read(commit, "sub/rules/a.rego") == b"strict"
    assert commit.is_folder(PurePosixPath("sub/rules"))
    assert commit.is_folder(PurePosixPath("sub"))
    assert list(commit.files(PurePosixPath("sub"))) == [(PurePosixPath("rules/a.rego"), b"strict")]
    everything = dict(commit.files(PurePosixPath()))
    assert everything[PurePosixPath("sub/rules/a.rego")] == b"strict"
    assert is_tracked(with_submodule.folder, PurePosixPath("sub/rules/a.rego"))


def test_a_submodule_that_is_not_here_is_an_error(with_submodule: GitRepository, tmp_path: Path) -> None:
    with_submodule.git("clone", "--quiet", str(with_submodule.folder), str(tmp_path / "clone"))
    commit = commit_of(tmp_path / "clone", "HEAD")
    assert commit is not None
    with pytest.raises(ConfigError, match="the submodule sub is not here at"):
        _read(commit, "sub/rules/a.rego")


@pytest.mark.parametrize("revision", ["--help", "-n1", "absent", "", "HEAD\n--all", "HEAD:a", "main..main"])
def test_a_revision_that_names_no_commit_is_none(repository: GitRepository, revision: str) -> None:
    repository.commit({"a": "1"})
    assert commit_of(repository.folder, revision) is None


def test_a_repository_that_git_will_not_read_is_an_error(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    with pytest.raises(ConfigError, match=r"git failed in .*not a git repository"):
        commit_of(tmp_path, "HEAD")


def test_variables_that_a_hook_sets_do_not_lead_elsewhere(
    repository: GitRepository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.commit({"a": "1"})
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    assert _read(_head(repository), "a") == b"1"


def test_without_git_nothing_is_read(
    repository: GitRepository, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ConfigError, match="git is needed to read the policy of another revision"):
        commit_of(repository.folder, "HEAD")


def test_a_replaced_commit_is_read_as_it_was(repository: GitRepository) -> None:
    first = repository.commit({"a": "strict"})
    second = repository.commit({"a": "lax"})
    repository.git("replace", first, second)
    assert _read(Commit(repository.folder, first), "a") == b"strict"


def test_the_repository_is_the_outermost_of_a_workspace_and_else_the_nearest(tmp_path: Path) -> None:
    GitRepository.create(tmp_path)
    GitRepository.create(tmp_path / "work" / "app")
    GitRepository.create(tmp_path / "work" / "app" / "infra")
    folder = tmp_path / "work" / "app" / "infra" / "dev"
    folder.mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "work")
    assert repository_of(folder) == tmp_path / "work" / "app" / "infra"
    assert repository_of(folder, tmp_path / "work") == tmp_path / "work" / "app"
    assert repository_of(folder, tmp_path / "link") == tmp_path / "work" / "app"
    assert repository_of(folder, tmp_path / "other") == tmp_path / "work" / "app" / "infra"
    assert repository_of(Path(os.sep)) is None


def test_names_that_a_disk_may_take_for_one_are_one(repository: GitRepository) -> None:
    repository.commit({"Tollbar.yml": "version: 1\n"})
    assert is_tracked(repository.folder, PurePosixPath("tollbar.yml"))


def test_what_stands_in_the_place_of_a_folder_is_tracked(repository: GitRepository, tmp_path: Path) -> None:
    (repository.folder / "policies").symlink_to(tmp_path)
    repository.commit({"kept/a": "1"})
    repository.write({"new/b": "1"})
    assert is_tracked(repository.folder, PurePosixPath("policies/dev/a.rego"))
    assert is_tracked(repository.folder, PurePosixPath("kept"))
    assert not is_tracked(repository.folder, PurePosixPath("kept/b"))
    assert not is_tracked(repository.folder, PurePosixPath("new/b"))
