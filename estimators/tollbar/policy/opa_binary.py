"""The default engine: the real ``opa`` binary, run once per decision."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tollbar.decision import decision_from_result
from tollbar.errors import EngineError
from tollbar.policy.engine import DECISION_PATH, SETTINGS_ROOT
from tollbar.policy.library import policy_library

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tollbar.decision import Decision

_TIMEOUT_SECONDS = 120
_LESS_COLLECTION = {"GOGC": "400"}
"""A process that ends after one answer spends a quarter of its time collecting garbage at Go's usual setting."""
_CHECKOUT_TOOLS = Path(__file__).parents[3] / ".tools" / "bin"
_HOW_TO_GET_OPA = (
    "Install OPA 1.20 or newer and put it on PATH, name it with --opa or TOLLBAR_OPA, "
    "or run `make tools` in a source checkout."
)


class OpaBinary:
    """Runs ``opa eval`` over the policy library, the user's settings and one input."""

    def __init__(
        self,
        binary: Path,
        policies: Sequence[Path],
        settings: Mapping[str, Any] | None = None,
        settings_origin: str = SETTINGS_ROOT,
        bundles: Sequence[Path] = (),
    ) -> None:
        """Take the binary, the folders with policies and data, and the document for ``data.tollbar_settings``.

        ``bundles`` are OPA bundles to load besides. ``settings_origin`` is what the user knows these settings
        by (``tollbar.yml: policies``).
        """
        self._binary = binary
        self._policies = tuple(policies)
        self._bundles = tuple(bundles)
        self._settings = settings or {}
        self._settings_origin = settings_origin

    def decide(self, input_document: str) -> Decision:
        """Return the decision on an estimate given as JSON.

        Raises:
            EngineError: ``opa`` cannot be run, reports an error, or leaves the decision undefined.
        """
        result = self.query(f"data.{DECISION_PATH.replace('/', '.')}", input_document)
        try:
            return decision_from_result(result)
        except EngineError as error:
            message = error.message.replace(SETTINGS_ROOT, self._settings_origin)
            raise EngineError(message, hint=error.hint) from None

    def query(self, query: str, input_document: str, variables: Mapping[str, str] | None = None) -> Any:  # noqa: ANN401 -- whatever a query gives
        """Return the value of a Rego query, None where it is undefined.

        ``variables`` are environment variables for ``opa`` besides those of this process.

        Raises:
            EngineError: ``opa`` cannot be run or reports an error.
        """
        command = [str(self._binary), "eval", "--format", "json", "--stdin-input", "--strict-builtin-errors"]
        command += ["--ignore", "*_test.rego"]
        for folder in self._policies:
            command += ["--data", str(folder)]
        for bundle in self._bundles:
            command += ["--bundle", str(bundle)]
        with tempfile.TemporaryDirectory(prefix="tollbar-") as temporary:
            settings = Path(temporary) / "settings.json"
            settings.write_text(json.dumps({SETTINGS_ROOT: self._settings}, default=str), encoding="utf-8")
            answer = _run([*command, "--data", str(settings), query], input_document, variables)
        results = answer.get("result") or [{}]
        expressions = results[0].get("expressions") or [{}]
        return expressions[0].get("value")


def find_opa(named: str | None, environment: Mapping[str, str] = os.environ) -> Path:
    """Return the ``opa`` binary: as named, in ``TOLLBAR_OPA``, of the source checkout, or on PATH.

    Raises:
        EngineError: There is none; the message says how to get one.
    """
    wanted = named or environment.get("TOLLBAR_OPA")
    if wanted:
        found = shutil.which(wanted, path=environment.get("PATH"))
        if found is None:
            raise EngineError(f"{wanted} is not a program that can be run", hint=_HOW_TO_GET_OPA)
        return Path(found).absolute()
    checkout = shutil.which("opa", path=str(_CHECKOUT_TOOLS))
    found = checkout or shutil.which("opa", path=environment.get("PATH"))
    if found is None:
        raise EngineError("the policy engine `opa` was not found", hint=_HOW_TO_GET_OPA)
    return Path(found)


def _run(command: list[str], input_document: str, variables: Mapping[str, str] | None = None) -> dict[str, Any]:
    try:
        done = subprocess.run(  # noqa: S603 -- the program is the engine the user chose
            command, input=input_document, capture_output=True, text=True, timeout=_TIMEOUT_SECONDS, check=False,
            env={**_LESS_COLLECTION, **os.environ, **(variables or {})},
        )  # fmt: skip
    except OSError as error:
        raise EngineError(f"{command[0]} cannot be run: {error.strerror}", hint=_HOW_TO_GET_OPA) from None
    except subprocess.TimeoutExpired:
        raise EngineError(f"opa gave no answer within {_TIMEOUT_SECONDS} seconds") from None
    if done.returncode != 0:
        raise EngineError(f"opa failed: {_first_error(done.stdout) or done.stderr.strip() or 'no message'}")
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        raise EngineError("opa's answer is not JSON") from None
    if not isinstance(answer, dict):
        raise EngineError("opa's answer is not a JSON object")
    return answer


def _first_error(stdout: str) -> str | None:
    try:
        error = json.loads(stdout)["errors"][0]
    except (ValueError, LookupError, TypeError):
        return None
    place = error.get("location") or {}
    where = f"{place['file']}:{place['row']}: " if place.get("file") else ""
    return f"{where}{error.get('message', '')}"


def local_engine(
    named: str | None = None,
    settings: Mapping[str, Any] | None = None,
    more_policies: Sequence[Path] = (),
    settings_origin: str = SETTINGS_ROOT,
) -> OpaBinary:
    """Return the engine that runs the packaged policy library with the local ``opa``."""
    return OpaBinary(find_opa(named), (policy_library(), *more_policies), settings, settings_origin)
