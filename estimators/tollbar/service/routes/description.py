"""What a caller says of a deployment besides its files: query parameters of several routes."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import Depends, Query

from tollbar.service.upload import Described

_NAME = r"^[^\x00-\x1f]+$"


def described(
    project: Annotated[str | None, Query(max_length=200, pattern=_NAME, description="whose deployment it is")] = None,
    team: Annotated[str | None, Query(max_length=200, pattern=_NAME)] = None,
    environment: Annotated[str | None, Query(max_length=100, pattern=_NAME, examples=["dev"])] = None,
    pull_request: Annotated[str | None, Query(max_length=100, pattern=_NAME)] = None,
    label: Annotated[list[str] | None, Query(max_length=50, description="labels of the pull request")] = None,
    usage_size: Annotated[Literal["small", "medium", "large"] | None, Query()] = None,
    assumptions: Annotated[bool, Query(description="assume use that nobody told")] = True,  # noqa: FBT002 -- a query parameter
) -> Described:
    """Return what the query parameters tell."""
    return Described(
        project=project, team=team, environment=environment, pull_request=pull_request, labels=tuple(label or ()),
        usage_size=usage_size, assumptions=assumptions,
    )  # fmt: skip


Description = Annotated[Described, Depends(described)]
