"""Who asks, and what they may: tokens of our own, or those of an identity provider (OpenID Connect, JWT)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import anyio.to_thread

from tollbar.errors import ConfigError
from tollbar.ledger.access_tokens import SCOPES
from tollbar.service.problems import Problem, unavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from starlette.requests import HTTPConnection

    from tollbar.ledger.access_tokens import AccessTokens
    from tollbar.service.configuration import ServiceSettings

COOKIE = "tollbar_token"
"""Where a browser keeps the token of who signed in; scripts cannot read it."""
_ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA"]
"""Of public keys only: with a shared secret among them, a public key could be passed off as one."""
_SKEW_SECONDS = 30
"""By how much the identity provider's clock may differ from ours."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks. ``projects`` is None where they may see all."""

    id: str
    scopes: frozenset[str]
    projects: frozenset[str] | None = None

    def require(self, scope: str) -> None:
        """Do nothing where they have a scope.

        Raises:
            Problem: 403, they have not.
        """
        if scope not in self.scopes:
            raise Problem(403, "scope", f"this token has not the scope {scope}", more={"scope": scope})

    def require_project(self, project: str | None) -> None:
        """Do nothing where they may see a project.

        Raises:
            Problem: 403, they may not; whether there is such a project is not told.
        """
        if self.projects is None:
            return
        if project is None:
            told = "this token is for certain projects: tell which one is meant"
            raise Problem(403, "project", told, more={"projects": sorted(self.projects)})
        if project not in self.projects:
            raise Problem(403, "project", f"this token is not for the project {project!r}")


EVERYBODY = Caller("everybody", frozenset(SCOPES))


class Authentication:
    """Tells who asks."""

    def __init__(
        self,
        settings: ServiceSettings,
        tokens: AccessTokens,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """Take the settings; the identity provider's keys, where they are in a file, are read now.

        Raises:
            ConfigError: That file cannot be read, or holds no keys.
        """
        self._settings = settings
        self._tokens = tokens
        self._now = now
        self._keys: Any = None if settings.jwt_jwks is None else _keys(settings.jwt_jwks)

    async def caller(self, connection: HTTPConnection) -> Caller:
        """Return who asks.

        Raises:
            Problem: 401, no token, or none that is good; 503, the identity provider's keys cannot be had.
            LedgerError: The ledger cannot be read.
        """
        if self._settings.access == "off":
            return EVERYBODY
        token = _bearer(connection) or connection.cookies.get(COOKIE)
        if not token:
            raise _refused("a token is needed: Authorization: Bearer …")
        return await self.caller_with(token)

    async def caller_with(self, token: str) -> Caller:
        """Return whose token it is.

        Raises:
            Problem: As for :meth:`caller`.
        """
        if self._settings.jwt_issuer is not None and token.count(".") == 2:
            return await anyio.to_thread.run_sync(self._from_jwt, token)
        found = await anyio.to_thread.run_sync(self._tokens.find, token)
        if found is None or not found.is_good(self._now()):
            raise _refused("the token is not known, or is over")
        projects = None if found.projects is None else frozenset(found.projects)
        return Caller(f"token {found.id}", frozenset(found.scopes), projects)

    def _from_jwt(self, token: str) -> Caller:
        import jwt  # noqa: PLC0415 -- only where there is an identity provider

        settings = self._settings
        try:
            key = self._signing_key(token)
            claims = jwt.decode(
                token,
                key,
                algorithms=_ALGORITHMS,
                audience=settings.jwt_audience,
                issuer=settings.jwt_issuer,
                leeway=_SKEW_SECONDS,
                options={"require": ["exp", "iss", "aud", "sub"]},
            )
        except jwt.PyJWKClientConnectionError:
            raise unavailable("identity-provider", "the identity provider's keys cannot be had") from None
        except KeyError:
            raise _refused("the token is signed with a key that the identity provider has not") from None
        except jwt.PyJWTError as error:
            raise _refused(f"the token is not accepted: {error}") from None
        except TypeError:  # what it says of a key of another kind
            raise _refused("the token is not accepted: its algorithm is not that of the key") from None
        scopes = _strings(claims, settings.jwt_scope_claim) or frozenset()
        only = _strings(claims, settings.jwt_projects_claim)
        return Caller(f"subject {claims['sub']}", scopes & frozenset(SCOPES), only)

    def _signing_key(self, token: str) -> Any:  # noqa: ANN401 -- whatever kind of key it is
        import jwt  # noqa: PLC0415 -- as above

        if isinstance(self._keys, jwt.PyJWKSet):
            return self._keys[jwt.get_unverified_header(token).get("kid", "")].key
        return self._keys.get_signing_key_from_jwt(token).key


def _keys(place: str) -> Any:  # noqa: ANN401 -- a client or a set of PyJWT's
    """Return the keys of an identity provider: those of a file, or what fetches them from a URL.

    Raises:
        ConfigError: The file cannot be read, or holds no keys.
    """
    import jwt  # noqa: PLC0415 -- only where there is an identity provider

    if place.startswith(("http://", "https://")):
        return jwt.PyJWKClient(place, cache_keys=True, timeout=5)
    hint = "jwt_jwks names the provider's JSON Web Key Set, by its URL or a file."
    try:
        return jwt.PyJWKSet.from_json(Path(place).read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"the keys {place} cannot be read: {error.strerror}", hint=hint) from None
    except (jwt.PyJWTError, ValueError, TypeError, AttributeError):
        raise ConfigError(f"{place} holds no keys of an identity provider", hint=hint) from None


def _strings(claims: Mapping[str, Any], name: str) -> frozenset[str] | None:
    """Return what a claim lists, as an array or as words with blanks between; None where there is no such claim.

    Raises:
        Problem: 401, it is something else: to read that as nothing would open every project.
    """
    if name not in claims:
        return None
    told = claims[name]
    words = told.split() if isinstance(told, str) else told
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise _refused(f"the token is not accepted: its claim {name} is neither a string nor a list of strings")
    return frozenset(words)


def _bearer(connection: HTTPConnection) -> str | None:
    scheme, _, token = connection.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None


def _refused(detail: str) -> Problem:
    return Problem(401, "token", detail, headers={"WWW-Authenticate": 'Bearer realm="tollbar"'})
