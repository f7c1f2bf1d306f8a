"""Reads the calls of models in Python files: found once for a whole project, given file by file."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from tollbar.inputs.llm_code.python.modules import Modules
from tollbar.inputs.llm_code.python.sites import sites_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import PurePosixPath

    from tollbar.inputs.llm_code.call_site import CallSite, Unreadable
    from tollbar.inputs.llm_code.project import Project
    from tollbar.inputs.llm_code.source_file import SourceFile


class PythonReader:
    """Reads ``.py`` files."""

    suffixes = (".py",)

    def can_read(self, file: SourceFile) -> bool:
        """Whether it is a Python file."""
        return file.path.suffix.lower() in self.suffixes

    def read(self, project: Project, file: SourceFile) -> Sequence[CallSite | Unreadable]:
        """Return the calls that stand in a file, those of functions around them by those who call these."""
        found = project.once("python calls", lambda: _by_file(project))
        return found.get(file.path, ())


def _by_file(project: Project) -> dict[PurePosixPath, list[CallSite | Unreadable]]:
    modules = Modules(project)
    found: dict[PurePosixPath, list[CallSite | Unreadable]] = defaultdict(list)
    for path, site in sites_of(modules):
        found[path].append(site)
    for sites in found.values():
        sites.sort(key=lambda site: site.location.line or 0)
    return found


READER = PythonReader()
