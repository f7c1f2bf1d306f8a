"""``tollbar serve``: estimates and decisions over HTTP."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tollbar.cli import options  # noqa: TC001 -- as above

if TYPE_CHECKING:
    from collections.abc import Iterable

_PREFIX = "TOLLBAR_SERVICE_"
Host = Annotated[str | None, typer.Option(help="Where to listen; 127.0.0.1 by default.", metavar="ADDRESS")]
Port = Annotated[int | None, typer.Option(help="8080 by default; 0 takes a free one.", metavar="NUMBER")]
Ledger = Annotated[
    str | None, typer.Option(help="Where decisions and tokens are kept: a file or a database's URL.", metavar="PLACE")
]
Access = Annotated[str | None, typer.Option(help="tokens, or off (on loopback only).", metavar="HOW")]


def serve(
    *,
    host: Host = None,
    port: Port = None,
    ledger: Ledger = None,
    config: options.ConfigFile = None,
    opa: options.Opa = None,
    opa_url: options.OpaUrl = None,
    access: Access = None,
) -> int:
    """Serve estimates, decisions, prices and history over HTTP, and a page for people.

    \b
    tollbar tokens create portal --scope decisions --ledger ledger.sqlite
    tollbar serve --ledger ledger.sqlite --config tollbar.yml
    tollbar serve --opa-url http://localhost:8181 --port 8080

    All else is set by environment variables, TOLLBAR_SERVICE_…: docs/service.md lists them.
    """
    from tollbar.errors import ConfigError  # noqa: PLC0415 -- --help needs none of it

    told = {
        "host": host, "port": port, "ledger": ledger, "config": config, "opa": opa, "opa_url": opa_url,
        "access": access,
    }  # fmt: skip
    try:
        import uvicorn  # noqa: PLC0415 -- an extra

        from tollbar.service.app import create_app  # noqa: PLC0415 -- as above
    except ModuleNotFoundError as missing:
        raise ConfigError(
            f"the service needs the package {missing.name}", hint="Install it: pip install 'tollbar[service]'"
        ) from None
    settings = _settings({name: value for name, value in told.items() if value is not None})
    app = create_app(settings)
    # What the server says of errors is in the service's own log.
    server = uvicorn.Server(
        uvicorn.Config(
            app, host=settings.host, port=settings.port, log_level="critical", access_log=False, server_header=False,
            timeout_keep_alive=30, timeout_graceful_shutdown=30,
        )
    )  # fmt: skip
    with suppress(SystemExit):  # it would end the process where the app did not start
        server.run()
    failure: Exception | None = getattr(app.state, "failure", None)
    if failure is not None:
        raise failure
    if not server.started:
        raise ConfigError(f"nothing can listen on {settings.host}:{settings.port}", hint="Name another with --port.")
    return 0


def _refuse_unknown_variables(known: Iterable[str]) -> None:
    """Refuse an environment variable of the service that is none of its settings: it would be passed over.

    Raises:
        ConfigError: There is one; the nearest known one is named.
    """
    from tollbar.errors import ConfigError  # noqa: PLC0415 -- --help needs none of it
    from tollbar.spelling import did_you_mean  # noqa: PLC0415 -- as above

    names = [f"{_PREFIX}{name.upper()}" for name in known]
    for name in os.environ:
        if name.startswith(_PREFIX) and name not in names:
            raise ConfigError(f"there is no setting {name}", hint=did_you_mean(name, names) or "See docs/service.md.")


def _settings(told: dict[str, Any]) -> Any:  # noqa: ANN401 -- ServiceSettings, which --help does not need
    from pydantic import ValidationError  # noqa: PLC0415 -- as above

    from tollbar.errors import ConfigError  # noqa: PLC0415 -- as above
    from tollbar.service.configuration import ServiceSettings  # noqa: PLC0415 -- as above

    _refuse_unknown_variables(ServiceSettings.model_fields)
    try:
        return ServiceSettings(**told)
    except ValidationError as error:
        first = error.errors(include_input=False)[0]
        field = ".".join(str(step) for step in first["loc"])
        raise ConfigError(f"{field or 'the service'}: {first['msg'].removeprefix('Value error, ')}") from None
