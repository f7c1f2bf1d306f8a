"""Amazon Neptune."""

from __future__ import annotations

from tollbar.catalog.refresh.aws.cluster_databases import cluster_service

SERVICE = cluster_service("neptune", "AmazonNeptune")
