"""Developer tools: CodeBuild minutes, CodePipeline, CodeArtifact."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.catalog.build.peer_prices import SoldAs, peer_prices
from tollbar.catalog.build.vendor_pages import page_prices

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tollbar.catalog.build.source_tables import SourceTables
    from tollbar.price import Price

TABLE = "aws/developer_tools"
_COMPONENTS = {
    "aws_codebuild_project": {
        "Linux (general1.small)": SoldAs("aws/codebuild/linux/general1.small", "build-minutes"),
        "Linux (general1.medium)": SoldAs("aws/codebuild/linux/general1.medium", "build-minutes"),
        "Linux (general1.large)": SoldAs("aws/codebuild/linux/general1.large", "build-minutes"),
        "Windows (general1.large)": SoldAs("aws/codebuild/windows/general1.large", "build-minutes"),
    },
}


def prices(tables: SourceTables) -> Iterator[Price]:
    """Yield the prices of each service."""
    for resource_type, components in _COMPONENTS.items():
        yield from peer_prices(tables, resource_type, components)
    yield from page_prices(tables, TABLE)
