"""Where the Rego policy library is, and the schema document that Python writes into it."""

from __future__ import annotations

import json
from pathlib import Path

from tollbar.errors import EngineError

_PACKAGED = Path(__file__).parent / "rego"
_CHECKOUT = Path(__file__).parents[3] / "rego"


def policy_library() -> Path:
    """Return the folder with the Rego library: inside an installed package, else of the checkout.

    Raises:
        EngineError: Neither is there: the installation is damaged.
    """
    for folder in (_PACKAGED, _CHECKOUT):
        if (folder / "tollbar").is_dir():
            return folder
    raise EngineError("the Rego policy library is missing from this installation", hint="Reinstall tollbar.")


def estimate_schema_file() -> Path:
    """Return the generated JSON Schema document of the estimate inside the policy library."""
    return policy_library() / "tollbar" / "schemas" / "estimate" / "data.json"


def write_estimate_schema() -> Path:
    """Write the estimate's JSON Schema into the policy library and return the file."""
    from tollbar.estimate import json_schema  # noqa: PLC0415 -- pydantic is needed only here

    file = estimate_schema_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(json_schema(), indent=2) + "\n", encoding="utf-8")
    return file


if __name__ == "__main__":
    print(write_estimate_schema())  # noqa: T201 -- a build step reports on stdout
