"""What the OpenAPI document says of bodies that FastAPI does not read itself: files of any kind."""

from __future__ import annotations

from typing import Any

WORKLOADS = {
    "workloads": [
        {"name": "support-bot", "kind": "llm", "model": "gpt-4o", "calls_per_month": 40000, "input_tokens": 900,
         "output_tokens": 250},
    ]
}  # fmt: skip
_MANIFEST = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: api, namespace: shop}
spec:
  replicas: 3
  selector: {matchLabels: {app: api}}
  template:
    metadata: {labels: {app: api}}
    spec:
      containers:
        - {name: api, image: api, resources: {requests: {cpu: 500m, memory: 512Mi}}}
"""
_FILE = {"type": "string", "contentMediaType": "application/octet-stream"}


def input_body(*, base: bool = False) -> dict[str, Any]:
    """Return the request body of a route that takes an input; with ``base``, one that takes two."""
    parts: dict[str, Any] = {
        "input": {"type": "array", "items": _FILE, "description": "plan JSON, YAML, or a zip archive of Terraform"},
        "usage": {**_FILE, "description": "a usage file"},
        "config": {**_FILE, "description": "project, team, environment, tags and workloads, as in tollbar.yml"},
    }
    required = ["input"]
    if base:
        parts["base"] = {**_FILE, "description": "what it is compared with"}
        required.append("base")
    form = {"schema": {"type": "object", "properties": parts, "required": required}}
    if base:
        return {"requestBody": {"required": True, "content": {"multipart/form-data": form}}}
    content = {
        "application/json": {
            "schema": {"type": "object", "description": "plan JSON, workloads, CloudFormation, Infracost, an estimate"},
            "example": WORKLOADS,
        },
        "application/yaml": {"schema": {"type": "string"}, "example": _MANIFEST},
        "application/zip": {"schema": _FILE},
        "multipart/form-data": form,
    }
    return {"requestBody": {"required": True, "content": content}}
