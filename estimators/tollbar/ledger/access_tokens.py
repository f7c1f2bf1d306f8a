"""Tokens with which other tools may ask the service: only a digest of each is kept.

A token is ``tbr_<id>_<secret>``: the id finds its row, the secret, 256 random bits, is compared with the SHA-256 kept
there. A slow hash is for passwords, which can be guessed; this cannot.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal, get_args

from sqlalchemy import insert, select, update
from sqlalchemy.exc import SQLAlchemyError

from tollbar.errors import ConfigError, LedgerError
from tollbar.ledger.opening import reason
from tollbar.ledger.schema import access_tokens
from tollbar.spelling import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Engine, RowMapping

    from tollbar.ledger.ledger import Ledger

Scope = Literal["estimates", "decisions", "prices", "policies", "history", "admission", "metrics"]
SCOPES: tuple[Scope, ...] = get_args(Scope)
_PREFIX = "tbr"
_ID_BYTES = 5


@dataclass(frozen=True, slots=True)
class AccessToken:
    """What is known of a token. ``projects`` is None where it is good for all. Times are RFC 3339 in UTC."""

    id: str
    name: str
    scopes: tuple[str, ...]
    projects: tuple[str, ...] | None
    created_at: str
    expires_at: str | None
    revoked_at: str | None

    def is_good(self, now: datetime) -> bool:
        """Tell whether it may be used: neither revoked nor over."""
        return self.revoked_at is None and (self.expires_at is None or now < datetime.fromisoformat(self.expires_at))


class AccessTokens:
    """The tokens that a ledger keeps."""

    def __init__(self, ledger: Ledger) -> None:
        self._engine: Engine = ledger.engine
        self._label = ledger.label

    def create(
        self,
        name: str,
        scopes: Iterable[str],
        projects: Iterable[str] | None = None,
        expires_at: datetime | None = None,
        now: datetime | None = None,
    ) -> tuple[AccessToken, str]:
        """Return a new token's row and the token itself, which nobody can read again.

        Raises:
            ConfigError: A scope is not known; the nearest is named.
            LedgerError: It cannot be kept.
        """
        wanted = tuple(dict.fromkeys(scopes))
        for scope in wanted:
            if scope not in SCOPES:
                hint = did_you_mean(scope, SCOPES) or f"Known are {', '.join(SCOPES)}."
                raise ConfigError(f"there is no scope {scope!r}", hint=hint)
        if not wanted or not name.strip():
            raise ConfigError("a token needs a name and a scope", hint=f"Scopes are {', '.join(SCOPES)}.")
        token_id, secret = secrets.token_hex(_ID_BYTES), secrets.token_urlsafe(32)
        only = None if projects is None else tuple(dict.fromkeys(projects))
        row = {
            "id": token_id,
            "name": name.strip(),
            "digest": _digest(secret),
            "scopes": json.dumps(wanted),
            "projects": None if only is None else json.dumps(only),
            "created_at": _text(now or datetime.now(UTC)),
            "expires_at": None if expires_at is None else _text(expires_at),
            "revoked_at": None,
        }
        try:
            with self._engine.execution_options(writes=True).begin() as connection:
                connection.execute(insert(access_tokens).values(row))
                kept = connection.execute(select(access_tokens).where(access_tokens.c.id == token_id)).mappings().one()
        except SQLAlchemyError as error:
            raise LedgerError(f"the ledger {self._label} cannot be written: {reason(error)}") from None
        return _token(kept), f"{_PREFIX}_{token_id}_{secret}"

    def find(self, token: str) -> AccessToken | None:
        """Return what is known of a token, also of one that is over; None where it is none of these.

        Raises:
            LedgerError: The ledger cannot be read.
        """
        prefix, _, rest = token.partition("_")
        token_id, _, secret = rest.partition("_")
        if prefix != _PREFIX or not secret or not token_id.isalnum():
            return None
        try:
            with self._engine.connect() as connection:
                query = select(access_tokens).where(access_tokens.c.id == token_id)
                row = connection.execute(query).mappings().one_or_none()
        except SQLAlchemyError as error:
            raise LedgerError(f"the ledger {self._label} cannot be read: {reason(error)}") from None
        if row is None or not hmac.compare_digest(row["digest"], _digest(secret)):
            return None
        return _token(row)

    def all(self) -> list[AccessToken]:
        """Return every token, the newest first."""
        query = select(access_tokens).order_by(access_tokens.c.created_at.desc(), access_tokens.c.id)
        try:
            with self._engine.connect() as connection:
                return [_token(row) for row in connection.execute(query).mappings()]
        except SQLAlchemyError as error:
            raise LedgerError(f"the ledger {self._label} cannot be read: {reason(error)}") from None

    def revoke(self, token_id: str, now: datetime | None = None) -> AccessToken:
        """Take a token back for good, and return it. Once more changes nothing.

        Raises:
            ConfigError: There is no such token; the nearest is named.
        """
        known = {token.id: token for token in self.all()}
        if token_id not in known:
            hint = did_you_mean(token_id, known) or "`tollbar tokens list` shows them."
            raise ConfigError(f"there is no token {token_id!r}", hint=hint)
        if known[token_id].revoked_at is not None:
            return known[token_id]
        change = update(access_tokens).where(access_tokens.c.id == token_id)
        try:
            with self._engine.execution_options(writes=True).begin() as connection:
                connection.execute(change.values(revoked_at=_text(now or datetime.now(UTC))))
        except SQLAlchemyError as error:
            raise LedgerError(f"the ledger {self._label} cannot be written: {reason(error)}") from None
        return next(token for token in self.all() if token.id == token_id)


def _token(row: RowMapping) -> AccessToken:
    return AccessToken(
        row["id"],
        row["name"],
        tuple(json.loads(row["scopes"])),
        None if row["projects"] is None else tuple(json.loads(row["projects"])),
        row["created_at"],
        row["expires_at"],
        row["revoked_at"],
    )


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
