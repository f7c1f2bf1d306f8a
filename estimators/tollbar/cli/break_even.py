"""``tollbar break-even``: from where on a model of one's own pays, hosted or fine-tuned."""

from __future__ import annotations

import os
import re
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tollbar.cli import options  # noqa: TC001 -- typer reads the annotations at run time

if TYPE_CHECKING:
    from tollbar.llm.break_even import FineTuning, Hosting

_AMOUNT = re.compile(r"\$?(\d+(?:\.\d+)?)\s*([KMBT]?)", re.IGNORECASE)
_TIMES = {"": 1, "K": 10**3, "M": 10**6, "B": 10**9, "T": 10**12}
_MILLION = Decimal(1_000_000)


def break_even(  # noqa: PLR0913 -- one parameter per command-line option
    *,
    model: Annotated[str, typer.Option(help="The model by API that is compared with.", metavar="MODEL")],
    provider: Annotated[str | None, typer.Option(help="Who sells it.", metavar="NAME")] = None,
    monthly_tokens: Annotated[
        str | None, typer.Option(help="Tokens a month, input and output: 2B, 500M.", metavar="N")
    ] = None,
    input_share: Annotated[str, typer.Option(help="Part of the tokens that is input.", metavar="SHARE")] = "0.6",
    self_hosted: Annotated[str | None, typer.Option(help="The model on machines of one's own.", metavar="NAME")] = None,
    instance_type: Annotated[str | None, typer.Option(help="The machine of a replica.", metavar="TYPE")] = None,
    gpu: Annotated[str | None, typer.Option(help="Its GPU, where no machine is named: h100.", metavar="NAME")] = None,
    gpus: Annotated[str, typer.Option(help="How many GPUs a replica needs.", metavar="N")] = "1",
    gpu_price: Annotated[
        str | None, typer.Option(help="A price of a GPU cloud (`tollbar prices search gpu`).", metavar="PATH")
    ] = None,
    cloud: Annotated[str, typer.Option(help="aws, gcp or azure.", metavar="CLOUD")] = "aws",
    region: Annotated[str | None, typer.Option(help="Where the machines run.", metavar="REGION")] = None,
    spot: Annotated[bool, typer.Option("--spot", help="The machines are spot.")] = False,
    tokens_per_second: Annotated[
        str | None, typer.Option(help="Tokens a second of a replica at full load: measure it.", metavar="N")
    ] = None,
    utilisation: Annotated[str, typer.Option(help="Part of full load on average.", metavar="SHARE")] = "0.5",
    operations_per_year: Annotated[
        str, typer.Option(help="People and operations, USD a year, as a range.", metavar="LOW-HIGH")
    ] = "125K-190K",
    fine_tuned: Annotated[
        str | None, typer.Option(help="The fine-tuned model, by its base: gpt-4o-mini.", metavar="MODEL")
    ] = None,
    training_cost: Annotated[str | None, typer.Option(help="USD of a training, data included.", metavar="USD")] = None,
    tuned_prices: Annotated[
        str | None, typer.Option(help="USD per 1M input and output tokens of the tuned model.", metavar="IN,OUT")
    ] = None,
    calls_per_month: Annotated[str, typer.Option(help="Calls a month.", metavar="N")] = "10000",
    input_tokens: Annotated[str, typer.Option(help="Input tokens of a call.", metavar="N")] = "1500",
    output_tokens: Annotated[str, typer.Option(help="Output tokens of a call.", metavar="N")] = "400",
    tuned_input_tokens: Annotated[
        str | None, typer.Option(help="Input tokens of a call once it is tuned: prompts get shorter.", metavar="N")
    ] = None,
    format_name: Annotated[str, typer.Option("--format", "-f", help="table or json.", metavar="FORMAT")] = "table",
    out: options.Out = None,
    now: Annotated[str | None, typer.Option(help="Prices as of this time (RFC 3339).", metavar="TIME")] = None,
) -> int:
    """Tell from where on hosting a model, or fine-tuning one, costs less than calling a large one by API.

    \b
    tollbar break-even --model gpt-4o --monthly-tokens 2B --self-hosted llama-3.3-70b --gpu h100 --tokens-per-second 900
    tollbar break-even --model gpt-4o --fine-tuned gpt-4o-mini --tuned-prices 0.30,1.20 --training-cost 500

    Exits with 0, with 3 on bad input.
    """
    from tollbar.cli import output  # noqa: PLC0415 -- --help needs none of it
    from tollbar.cli.option_values import share  # noqa: PLC0415 -- as above
    from tollbar.errors import ConfigError  # noqa: PLC0415 -- as above
    from tollbar.report import break_even as report  # noqa: PLC0415 -- as above

    if format_name not in {"table", "json"}:
        raise ConfigError(f"unknown format {format_name!r}; known: table, json")
    if (self_hosted is None) == (fine_tuned is None):
        raise ConfigError("tell what is to pay: --self-hosted NAME, or --fine-tuned MODEL")
    if self_hosted is not None:
        if monthly_tokens is None or tokens_per_second is None:
            raise ConfigError("--self-hosted needs --monthly-tokens, and --tokens-per-second of a replica")
        hosting = _hosting(
            {"name": "own", "kind": "self_hosted_llm", "model": self_hosted, "instance_type": instance_type, "gpu": gpu,
             "gpus": _number("--gpus", gpus), "gpu_price": gpu_price, "cloud": cloud, "region": region, "spot": spot},
            {"name": "api", "kind": "llm", "model": model, "provider": provider,
             "input_share": share("--input-share", input_share)},
            _number("--monthly-tokens", monthly_tokens), _number("--tokens-per-second", tokens_per_second),
            share("--utilisation", utilisation), operations_per_year, now,
        )  # fmt: skip
        text = report.hosting(hosting, model, self_hosted, format_name)
    else:
        if training_cost is None:
            raise ConfigError("--fine-tuned needs --training-cost: what a training costs in USD")
        short = tuned_input_tokens or input_tokens
        before = _call_cost(model, provider, *_call(input_tokens, output_tokens), now)
        after, priced_as = _tuned_cost(str(fine_tuned), tuned_prices, *_call(short, output_tokens), now)
        tuning = _tuning(_number("--training-cost", training_cost), before, after)
        calls = _number("--calls-per-month", calls_per_month)
        text = report.tuning(tuning, calls, report.Names(model, str(fine_tuned), priced_as), format_name)
    output.write(text, out)
    return 0


def _hosting(
    own: dict[str, Any],
    api: dict[str, Any],
    tokens: Decimal,
    per_second: Decimal,
    utilisation: Decimal,
    operations: str,
    now: str | None,
) -> Hosting:
    from tollbar.errors import ConfigError  # noqa: PLC0415 -- --help needs none of it
    from tollbar.llm.break_even import Hosting, SelfHosting, capacity, per_month  # noqa: PLC0415 -- as above

    if not (per_second and utilisation and tokens):
        raise ConfigError("--monthly-tokens, --tokens-per-second and --utilisation must be more than 0")
    if not (own["instance_type"] or own["gpu"] or own["gpu_price"]):
        raise ConfigError("tell the machine of a replica: --instance-type, --gpu with --gpus, or --gpu-price")
    low, _, high = operations.partition("-")
    if high and _number("--operations-per-year", low) > _number("--operations-per-year", high):
        raise ConfigError(f"--operations-per-year {operations}: the first amount is the larger one")
    machine, price = _monthly_costs([own, {**api, "monthly_tokens": _MILLION}], now)
    served = capacity(per_second, utilisation)
    ends = [per_month(_number("--operations-per-year", end)) for end in (low, high or low)]
    first, last = (SelfHosting(price / _MILLION, machine, end, served) for end in ends)
    return Hosting(first, last, tokens)


def _monthly_costs(workloads: list[dict[str, Any]], now: str | None) -> list[Decimal]:
    """Return what workloads cost a month by the catalogue; the pipeline prices them.

    Raises:
        ConfigError: A model or a machine has no price.
    """
    from tollbar import pipeline  # noqa: PLC0415 -- --help needs none of it
    from tollbar.cli.simulate import llm_configuration  # noqa: PLC0415 -- as above
    from tollbar.errors import ConfigError  # noqa: PLC0415 -- as above
    from tollbar.estimating.configured_catalog import open_configured_catalog  # noqa: PLC0415 -- as above
    from tollbar.estimating.request import Request, settings_of  # noqa: PLC0415 -- as above
    from tollbar.inputs.interface import Declaration, Source  # noqa: PLC0415 -- as above
    from tollbar.inputs.workload_kinds import KINDS  # noqa: PLC0415 -- as above
    from tollbar.inputs.workloads import resource_of  # noqa: PLC0415 -- as above
    from tollbar.llm.known_models import require_priced  # noqa: PLC0415 -- as above
    from tollbar.resource import Inventory  # noqa: PLC0415 -- as above

    config, file = llm_configuration(None)
    settings = settings_of(Request([Path()], now=now, process_environment=os.environ), config, [Path()])
    catalog = open_configured_catalog(config, file, os.environ, settings.day)
    try:
        for told in workloads:
            if told["kind"] == "llm":
                require_priced(told["model"], told.get("provider"), catalog)
        resources = [
            resource_of(KINDS[told["kind"]].model_validate({k: v for k, v in told.items() if v is not None}), None)
            for told in workloads
        ]
        declaration = Declaration(Source("workloads", "options"), Inventory(tuple(resources)))
        estimated = pipeline.estimate([declaration], settings, catalog).resources
    finally:
        catalog.close()
    costs = []
    for resource in estimated:
        if resource.monthly_cost is None or resource.unpriced:
            why = resource.unpriced[0].detail if resource.unpriced else "its use is not known"
            raise ConfigError(f"no price is known: {why}")
        costs.append(resource.monthly_cost)
    return costs


def _call_cost(model: str, provider: str | None, sent: Decimal, received: Decimal, now: str | None) -> Decimal:
    told = {"name": "call", "kind": "llm", "model": model, "provider": provider, "calls_per_month": _MILLION}
    return _monthly_costs([{**told, "input_tokens": sent, "output_tokens": received}], now)[0] / _MILLION


def _tuned_cost(
    model: str, prices: str | None, sent: Decimal, received: Decimal, now: str | None
) -> tuple[Decimal, str]:
    """Return what a call of the tuned model costs, and at whose prices.

    Those that are told; else those that its provider has for the model once it is tuned; else those of its base.
    """
    from tollbar.errors import ConfigError  # noqa: PLC0415 -- --help needs none of it

    if prices is not None:
        price_in, comma, price_out = prices.partition(",")
        if not comma:
            raise ConfigError(f"--tuned-prices {prices!r}: expected IN,OUT", hint="USD per million, as in 0.30,1.20.")
        into, out_of = (_number("--tuned-prices", price) for price in (price_in, price_out))
        return (sent * into + received * out_of) / _MILLION, "--tuned-prices"
    tuned = f"ft:{model.removeprefix('openai/').removeprefix('ft:')}"
    try:
        return _call_cost(tuned, None, sent, received, now), tuned
    except ConfigError:
        return _call_cost(model, None, sent, received, now), f"{model}, its base"


def _call(sent: str, received: str) -> tuple[Decimal, Decimal]:
    return _number("--input-tokens", sent), _number("--output-tokens", received)


def _tuning(training: Decimal, before: Decimal, tuned: Decimal) -> FineTuning:
    from tollbar.llm.break_even import FineTuning  # noqa: PLC0415 -- --help needs none of it

    return FineTuning(training, before, tuned)


def _number(option: str, text: str) -> Decimal:
    """Return an amount such as 2B, 125K or $1,500.

    Raises:
        ConfigError: It is none.
    """
    from tollbar.errors import ConfigError  # noqa: PLC0415 -- --help needs none of it

    found = _AMOUNT.fullmatch(text.strip().replace(",", "").replace("_", ""))
    if found is None:
        raise ConfigError(f"{option} {text!r} is not an amount", hint="Write it as 1500, 500K, 20M or 2B.")
    return Decimal(found[1]) * _TIMES[found[2].upper()]
