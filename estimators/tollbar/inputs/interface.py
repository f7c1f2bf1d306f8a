"""What every input gives, whatever kind of file it reads: the declared resources of one project."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol

from tollbar.resource import Inventory

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SourceKind = Literal[
    "terraform_plan", "terraform_directory", "cloudformation", "kubernetes", "infracost", "workloads", "code"
]


@dataclass(frozen=True, slots=True)
class Source:
    """What was read: the kind of input and its path as the user wrote it."""

    kind: SourceKind
    path: str


@dataclass(frozen=True, slots=True)
class Declaration:
    """One project as it was declared.

    ``after`` is the planned state with everything that stays as it is. ``before`` is the state that
    a plan starts from; it is empty where the input knows only what is wanted (a directory).
    """

    source: Source
    after: Inventory
    before: Inventory = field(default_factory=Inventory)
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What the user said besides the path.

    ``variables`` and ``var_files`` are Terraform's ``-var`` and ``-var-file``. ``environment`` holds
    the process's environment variables: providers take their region from them, variables their
    ``TF_VAR_`` values.
    """

    variables: Mapping[str, str] = field(default_factory=dict)
    var_files: tuple[Path, ...] = ()
    workspace: str = "default"
    environment: Mapping[str, str] = field(default_factory=dict)


class InputReader(Protocol):
    """A kind of input."""

    def can_read(self, path: Path) -> bool:
        """Whether the path looks like this kind of input; a broken one still does."""

    def read(self, path: Path, options: ReadOptions) -> Declaration:
        """Return what the path declares.

        Raises:
            InputError: It is not what it should be; says where and what to do.
        """
