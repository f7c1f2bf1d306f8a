"""Terraform's built-in functions, one file per section of its documentation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.inputs.hcl.functions.collection import COLLECTION_FUNCTIONS
from tollbar.inputs.hcl.functions.conversion import CONVERSION_FUNCTIONS
from tollbar.inputs.hcl.functions.encoding import ENCODING_FUNCTIONS
from tollbar.inputs.hcl.functions.file import file_functions
from tollbar.inputs.hcl.functions.moment import TIME_FUNCTIONS
from tollbar.inputs.hcl.functions.network import NETWORK_FUNCTIONS
from tollbar.inputs.hcl.functions.number import NUMBER_FUNCTIONS
from tollbar.inputs.hcl.functions.string import STRING_FUNCTIONS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tollbar.inputs.hcl.functions.function import Function


def functions_in(directory: Path) -> Mapping[str, Function]:
    """Return all functions by name, for a root module in a directory."""
    return {
        **NUMBER_FUNCTIONS,
        **STRING_FUNCTIONS,
        **COLLECTION_FUNCTIONS,
        **CONVERSION_FUNCTIONS,
        **ENCODING_FUNCTIONS,
        **NETWORK_FUNCTIONS,
        **TIME_FUNCTIONS,
        **file_functions(directory),
    }
