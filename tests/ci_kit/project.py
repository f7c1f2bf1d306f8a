"""A project whose pull requests are checked, as its CI system checks it out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.git_repository import GitRepository

if TYPE_CHECKING:
    from pathlib import Path

MACHINE = """
provider "aws" {
  region = "us-east-1"
}
resource "aws_instance" "api" {
  instance_type = "m5.large"
  tags          = { cost_center = "42" }
}
"""
COSTLY = MACHINE.replace("m5.large", "m5.8xlarge")
CONFIG = """\
version: 1
project: shop
environment: dev
policies:
  rules:
    environment_limit: {limits: {dev: 1000}}
    cost_increase: {mode: off}
"""
LAX = CONFIG.replace("dev: 1000", "dev: 100000")


class Project:
    """A repository with a base and a change to it."""

    def __init__(self, folder: Path, base: dict[str, str] | None = None) -> None:
        self.repository = GitRepository.create(folder)
        self.base = self.repository.commit({"infra/main.tf": MACHINE, "infra/tollbar.yml": CONFIG} | (base or {}))
        self.head = self.base

    def change(self, files: dict[str, str], *, removed: tuple[str, ...] = ()) -> str:
        """Commit a change on the branch ``change`` and return GitHub's merge of it into the base."""
        git = self.repository.git
        git("switch", "--quiet", "--create", "change")
        for name in removed:
            git("rm", "--quiet", "-r", name)
        self.head = self.repository.commit(files)
        git("switch", "--quiet", "--detach", "main")
        git("merge", "--quiet", "--no-ff", "--message", "test merge", "change")
        merge = git("rev-parse", "HEAD")
        git("update-ref", "refs/pull/7/merge", merge)
        git("switch", "--quiet", "main")
        return merge

    def check_out(self, folder: Path, reference: str, *, depth: int) -> GitRepository:
        """Check a reference out into a folder as CI systems do: shallow, with no branch but what was asked for."""
        clone = GitRepository.create(folder)
        clone.git("remote", "add", "origin", f"file://{self.repository.folder}")
        clone.git("fetch", "--quiet", f"--depth={depth}", "origin", f"+{reference}:refs/remotes/ci/checked-out")
        clone.git("checkout", "--quiet", "--detach", "refs/remotes/ci/checked-out")
        return clone
