"""CloudFormation templates and directories of synthesised ones, as one more input.

The resources have Terraform's types and attributes, so that one estimator, one usage file and one policy serve both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.inputs.cloudformation.recognition import is_assembly, is_template

if TYPE_CHECKING:
    from pathlib import Path

    from tollbar.inputs.interface import Declaration, ReadOptions


class CloudFormationReader:
    """Reads a template, or the stacks in a ``cdk.out`` directory."""

    def can_read(self, path: Path) -> bool:
        """Whether the path is a template or an assembly of them."""
        return is_assembly(path) if path.is_dir() else is_template(path)

    def read(self, path: Path, options: ReadOptions) -> Declaration:
        """Return the declared resources; a template tells nothing of the state before."""
        from tollbar.inputs.cloudformation.application import declaration_of  # noqa: PLC0415 -- what is none needs it not

        return declaration_of(path, options)


READER = CloudFormationReader()
