"""The FastAPI app: ``create_app(settings)`` gives one, with no state outside of it."""

from __future__ import annotations

from contextlib import AsyncExitStack, asynccontextmanager
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse

from tollbar import __version__
from tollbar.decision import decision_from_result
from tollbar.errors import TollbarError
from tollbar.service.archive import ArchiveLimits
from tollbar.service.authentication import Authentication
from tollbar.service.decision_client import DecisionClient
from tollbar.service.estimate_pool import EstimatePool
from tollbar.service.estimate_text import empty_estimate
from tollbar.service.metrics import Metrics
from tollbar.service.middleware import RequestMiddleware
from tollbar.service.opa_process import OpaProcess
from tollbar.service.pages import dashboard, sign_in
from tollbar.service.pages.session import SignInFirst
from tollbar.service.problems import MEDIA_TYPE, Problem, problem_of
from tollbar.service.rate_limit import RateLimit
from tollbar.service.request_log import request_log
from tollbar.service.retention import retention
from tollbar.service.routes import decisions, diffs, estimates, health, llm, policies, prices, projects
from tollbar.service.service import Service
from tollbar.service.setup import ServiceConfiguration, read_configuration
from tollbar.service.tracing import trace
from tollbar.service.webhooks import admission, run_task

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request
    from starlette.responses import Response

    from tollbar.service.configuration import ServiceSettings

_DESCRIPTION = """
Prices a change before it ships and lets an OPA policy decide whether it may pass.

Amounts are USD a month unless a field says otherwise. What is not known is absent, never 0. Errors are RFC 9457
problem details. Every answer has an X-Request-Id; answers to callers with a token tell their rate limit.
"""
_PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "hint": {"type": "string"},
        "request_id": {"type": "string"},
        "location": {
            "type": "object",
            "properties": {"file": {"type": "string"}, "line": {"type": ["integer", "null"]}},
        },
    },
}
_PARTS = (estimates, decisions, diffs, llm, prices, policies, projects, health, run_task, admission, dashboard, sign_in)


def create_app(settings: ServiceSettings, log_stream: Any = None) -> FastAPI:  # noqa: ANN401 -- any writable text stream
    """Return the app; what it needs is started and ended with it.

    Raises:
        ConfigError: The service's tollbar.yml is not what it should be.
    """
    configuration = read_configuration(settings)
    metrics, log = Metrics(), request_log(settings.log_level, log_stream)
    if configuration.unused:
        log.warning("not used by a service", sections=configuration.unused, file=str(configuration.file))

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with AsyncExitStack() as opened:
            try:
                app.state.service = await _start(settings, configuration, metrics, log, opened)
            except TollbarError as error:
                app.state.failure = error  # for whoever started the server, which knows only that it failed
                raise
            yield

    app = FastAPI(
        title="Tollbar", version=__version__, description=_DESCRIPTION.strip(), lifespan=lifespan,
        docs_url=None, redoc_url=None, responses=_problem_responses(),
        redirect_slashes=False,  # behind a proxy it would lead to http://, and a token with it
    )  # fmt: skip
    app.add_middleware(RequestMiddleware, settings=settings, metrics=metrics, log=log)
    app.add_exception_handler(Problem, _of_problem)
    app.add_exception_handler(SignInFirst, _to_sign_in)
    app.add_exception_handler(TollbarError, _of_error)
    app.add_exception_handler(HTTPException, _of_http)
    app.add_exception_handler(RequestValidationError, _of_validation)
    for part in _PARTS:
        app.include_router(part.router)
    trace(app)
    return app


async def _start(
    settings: ServiceSettings,
    configuration: ServiceConfiguration,
    metrics: Metrics,
    log: Any,  # noqa: ANN401 -- see request_log
    opened: AsyncExitStack,
) -> Service:
    from tollbar.ledger.access_tokens import AccessTokens  # noqa: PLC0415 -- --help needs none of it
    from tollbar.ledger.opening import open_ledger  # noqa: PLC0415 -- as above

    ledger = open_ledger(settings.ledger, create=True, pooled=True)
    opened.callback(ledger.close)
    tokens = AccessTokens(ledger)
    opa = await _local_opa(settings, configuration, opened)
    urls = (settings.opa_url or f"http://127.0.0.1:{opa.port if opa else 0}").split(",")
    token = settings.opa_token.get_secret_value() if settings.opa_token else None
    engine = DecisionClient([url.strip() for url in urls], seconds=settings.opa_seconds, token=token)
    await engine.open()
    opened.push_async_callback(engine.close)
    if opa is not None:
        decision_from_result(await engine.result(empty_estimate().to_json()))  # settings it does not know end here
    pool = EstimatePool(
        settings.estimate_workers, seconds=settings.estimate_seconds, memory=settings.estimate_bytes,
        readable=configuration.readable,
    )  # fmt: skip
    opened.callback(pool.close)
    pool.warm_up()
    catalog = configuration.catalog()
    opened.callback(catalog.close)
    await opened.enter_async_context(retention(ledger, settings.retention_days, log))
    return Service(
        settings=settings, ledger=ledger, tokens=tokens, engine=engine, pool=pool,
        authentication=Authentication(settings, tokens),
        rate_limit=RateLimit(settings.rate_per_minute, settings.rate_storage),
        metrics=metrics, log=log, limits=ArchiveLimits(settings.unpacked_bytes, settings.unpacked_files),
        catalog=catalog, configuration=configuration, estimate_defaults=configuration.estimate_defaults,
        policy_settings=configuration.policy_settings if opa else None, opa=opa,
    )  # fmt: skip


async def _local_opa(
    settings: ServiceSettings, configuration: ServiceConfiguration, opened: AsyncExitStack
) -> OpaProcess | None:
    if settings.opa_url is not None:
        return None
    from tollbar.policy.library import policy_library  # noqa: PLC0415 -- only where there is no server
    from tollbar.policy.opa_binary import find_opa  # noqa: PLC0415 -- as above

    policies = (policy_library(), *settings.policies)
    opa = OpaProcess(find_opa(settings.opa), policies, configuration.policy_settings)
    opened.push_async_callback(opa.stop)
    await opa.start()
    return opa


def _problem_responses() -> dict[int | str, dict[str, Any]]:
    return {
        "4XX": {"description": "What is wrong with the request", "content": {MEDIA_TYPE: {"schema": _PROBLEM}}},
        "5XX": {"description": "What cannot be had at present", "content": {MEDIA_TYPE: {"schema": _PROBLEM}}},
    }


def _request_id(request: Request) -> str | None:
    return getattr(request.state, "request_id", None)


async def _of_problem(request: Request, problem: Exception) -> Response:
    assert isinstance(problem, Problem)  # noqa: S101 -- what it is registered for
    return problem.response(_request_id(request))


async def _to_sign_in(_: Request, wanted: Exception) -> Response:
    assert isinstance(wanted, SignInFirst)  # noqa: S101 -- what it is registered for
    return RedirectResponse(wanted.location, 303)


async def _of_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, TollbarError)  # noqa: S101 -- as above
    return problem_of(error).response(_request_id(request))


async def _of_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 -- as above
    slug = {404: "no-such-thing", 405: "method-not-allowed"}.get(error.status_code, "http")
    problem = Problem(error.status_code, slug, str(error.detail), headers=error.headers)
    return problem.response(_request_id(request))


async def _of_validation(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101 -- as above
    found = [{"field": ".".join(str(step) for step in each["loc"]), "message": each["msg"]} for each in error.errors()]
    told = "; ".join(f"{each['field']}: {each['message']}" for each in found[:5])
    return Problem(422, "parameters", told, more={"errors": found[:50]}).response(_request_id(request))
