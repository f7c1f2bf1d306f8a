"""A project of files that a test writes down, and the calls that are found in it."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from tollbar.inputs.llm_code.call_site import CallSite
from tollbar.inputs.llm_code.project import Project
from tollbar.inputs.llm_code.readers import read_calls
from tollbar.inputs.llm_code.source_file import SourceFile

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tollbar.inputs.llm_code.call_site import Unreadable


def project_of(
    texts: Mapping[str, str],
    told_environment: Mapping[str, str] | None = None,
    deployments: Mapping[str, str] | None = None,
) -> Project:
    """Return a project of files by their paths."""
    files = [SourceFile(PurePosixPath(path), path, text.encode) for path, text in sorted(texts.items())]
    return Project(tuple(files), told_environment=told_environment or {}, deployments=deployments or {})


def found_in(texts: Mapping[str, str]) -> list[CallSite | Unreadable]:
    """Return all that is found in a project."""
    return list(read_calls(project_of(texts)))


def sites_in(
    texts: Mapping[str, str],
    told_environment: Mapping[str, str] | None = None,
    deployments: Mapping[str, str] | None = None,
) -> list[CallSite]:
    """Return the calls in a project."""
    found = read_calls(project_of(texts, told_environment, deployments))
    return [site for site in found if isinstance(site, CallSite)]
