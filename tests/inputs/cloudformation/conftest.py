"""Templates for the tests of CloudFormation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import pytest

from tollbar.errors import InputError
from tollbar.inputs.cloudformation.reader import READER
from tollbar.inputs.interface import Declaration, ReadOptions

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


class ReadTemplate(Protocol):
    """Write a template (and the files beside it) and read it."""

    def __call__(self, text: str, beside: Mapping[str, str] | None = None, /, **variables: str) -> Declaration:
        """Return what the template declares."""


class TemplateError(Protocol):
    """Write a template and read it, which must fail."""

    def __call__(self, text: str, /, **variables: str) -> str:
        """Return the error, in which the file is called FILE."""


@pytest.fixture
def read_template(tmp_path: Path) -> ReadTemplate:
    """Read a template that is given as text; variables of a name with __ are those of the pseudo parameters."""

    def read(text: str, beside: Mapping[str, str] | None = None, /, **variables: str) -> Declaration:
        for name, content in (beside or {}).items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(content, encoding="utf-8")
        file = tmp_path / "template.yaml"
        file.write_text(text, encoding="utf-8")
        given = {name.replace("__", "::"): value for name, value in variables.items()}
        return READER.read(file, ReadOptions(variables=given))

    return read


@pytest.fixture
def template_error(tmp_path: Path, read_template: ReadTemplate) -> TemplateError:
    """Return the error of a template."""

    def error(text: str, /, **variables: str) -> str:
        with pytest.raises(InputError) as raised:
            read_template(text, **variables)
        return str(raised.value).replace(str(tmp_path / "template.yaml"), "FILE")

    return error


def attributes(declaration: Declaration, address: str) -> dict[str, Any]:
    """Return the attributes of a resource."""
    return dict(declaration.after.by_address[address].attributes.values)
