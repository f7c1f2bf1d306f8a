"""The JSON Schema of tollbar.yml, for editors: its own keys, and what the policy library lets be set of each rule."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tollbar.policy.config import Config

if TYPE_CHECKING:
    from tollbar.policy.opa_binary import OpaBinary

_QUERY = "data.tollbar.lib.settings.json_schema.properties"
_OF_POLICIES = ("mode", "unchanged", "rules")


def config_schema(engine: OpaBinary) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of the configuration file.

    Raises:
        EngineError: The engine failed.
    """
    schema = Config.model_json_schema(by_alias=True)
    properties = engine.query(_QUERY, "{}")
    schema["$defs"]["PoliciesConfig"]["properties"].update({name: properties[name] for name in _OF_POLICIES})
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "tollbar.yml", **schema}
