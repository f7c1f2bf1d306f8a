"""How the service is set up: from the environment, ``TOLLBAR_SERVICE_…``, or by the options of ``tollbar serve``."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

_MEBIBYTE = 1024 * 1024
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


class ServiceSettings(BaseSettings):
    """All there is to set. Times are seconds, sizes bytes."""

    model_config = SettingsConfigDict(env_prefix="TOLLBAR_SERVICE_", frozen=True, extra="forbid")

    host: str = "127.0.0.1"
    port: int = Field(default=8080, ge=0, le=65535)
    ledger: str = Field(default="tollbar-ledger.sqlite", description="a file, or a database's URL")
    config: Path | None = Field(default=None, description="tollbar.yml with the policies of this service")
    policies: tuple[Path, ...] = Field(default=(), description="folders of Rego to load besides the library")
    opa: str | None = Field(default=None, description="the opa binary that is kept warm")
    opa_url: str | None = Field(default=None, description="running OPA servers to ask instead, with commas between")
    opa_token: SecretStr | None = None
    opa_seconds: float = Field(default=10, gt=0, description="after which a decision counts as failed")
    access: Literal["tokens", "off"] = "tokens"
    jwt_issuer: str | None = None
    jwt_audience: str | None = None
    jwt_jwks: str | None = Field(default=None, description="the issuer's keys: a URL, or a file")
    jwt_scope_claim: str = "scope"
    jwt_projects_claim: str = "tollbar_projects"
    rate_per_minute: int = Field(default=600, ge=1, description="requests of one token")
    rate_storage: str = Field(default="memory://", description="redis://… where replicas share the counts")
    body_bytes: int = Field(default=32 * _MEBIBYTE, ge=1024)
    unpacked_bytes: int = Field(default=128 * _MEBIBYTE, ge=1024)
    unpacked_files: int = Field(default=5_000, ge=1)
    request_seconds: float = Field(default=60, gt=0)
    concurrent_requests: int = Field(default=64, ge=1)
    estimate_workers: int = Field(default_factory=lambda: os.cpu_count() or 1, ge=1)
    estimate_seconds: float = Field(default=50, gt=0)
    estimate_bytes: int = Field(default=2048 * _MEBIBYTE, ge=256 * _MEBIBYTE, description="memory of one worker")
    history_days: int = Field(default=90, ge=1)
    history_most: int = Field(default=100, ge=1)
    retention_days: int | None = Field(default=None, ge=1, description="after which decisions are deleted")
    run_task_key: SecretStr | None = Field(default=None, description="the HMAC key of a run task")
    run_task_hosts: tuple[str, ...] = ("app.terraform.io",)
    public_url: str | None = Field(default=None, description="under which people reach the pages")
    admission_warns_only: bool = Field(default=False, description="admission warns and never denies")
    log_level: Literal["debug", "info", "warning", "error"] = "info"

    @model_validator(mode="after")
    def _open_on_loopback_only(self) -> Self:
        if self.access == "off" and self.host not in _LOOPBACK:
            raise ValueError(f"access may be off on loopback only, not on {self.host}")
        if self.jwt_issuer is not None and (self.jwt_jwks is None or self.jwt_audience is None):
            raise ValueError("jwt_issuer needs jwt_jwks and jwt_audience")
        return self
