"""``tollbar route``: the cheapest models that are good enough for a task."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

Task = Annotated[str, typer.Option(help="The task: summarization, coding, reasoning, chat…", metavar="NAME")]
InputTokens = Annotated[int, typer.Option("--input-tokens", help="Tokens that go into a call.", min=0)]
OutputTokens = Annotated[int, typer.Option("--output-tokens", help="Tokens that come out of a call.", min=0)]
Calls = Annotated[int | None, typer.Option("--calls-per-month", help="Calls a month.", min=1)]
Quality = Annotated[
    float | None, typer.Option(help="The least that will do, in the unit of the task's benchmark.", metavar="N")
]
Needs = Annotated[
    str | None,
    typer.Option(
        help="What it must do, with commas: vision, tools, json, reasoning, caching, pdf, audio, web_search.",
        metavar="NAME,…",
    ),
]
Context = Annotated[
    int | None, typer.Option(help="Tokens that its context must hold; by default those of a call.", min=1)
]
Providers = Annotated[
    list[str] | None,
    typer.Option("--provider", help="Who must sell it (openai, aws.bedrock, azure…); repeatable.", metavar="NAME"),
]
QualityFile = Annotated[
    Path | None,
    typer.Option("--quality-file", help="Figures of your own, in the form of the ones that ship.", metavar="FILE"),
]
Most = Annotated[int, typer.Option("--most", help="How many to list at the most.", min=1)]
Format = Annotated[Literal["table", "json"], typer.Option("--format", "-f", help="table or json.")]
Out = Annotated[Path | None, typer.Option("--out", "-o", help="Write the report to a file.", metavar="FILE")]


def route(  # noqa: PLR0913 -- one option for each thing a call may need
    *,
    task: Task,
    input_tokens: InputTokens = 1500,
    output_tokens: OutputTokens = 400,
    calls_per_month: Calls = None,
    quality: Quality = None,
    needs: Needs = None,
    context: Context = None,
    provider: Providers = None,
    quality_file: QualityFile = None,
    most: Most = 5,
    form: Format = "table",
    out: Out = None,
) -> int:
    """List the cheapest models for a task that are good enough, by published figures of quality.

    Exit code 1 where no model will do.

    \b
    tollbar route --task summarization --quality 93 --calls-per-month 100000
    tollbar route --task coding --needs tools,json --provider aws.bedrock
    """
    from decimal import Decimal  # noqa: PLC0415 -- --help needs none of it

    from tollbar.catalog.llm import LlmCatalog  # noqa: PLC0415 -- as above
    from tollbar.cli import output  # noqa: PLC0415 -- as above
    from tollbar.cli.exit_codes import ExitCode  # noqa: PLC0415 -- as above
    from tollbar.cli.prices.options import today  # noqa: PLC0415 -- as above
    from tollbar.llm.quality import read_quality  # noqa: PLC0415 -- as above
    from tollbar.llm.routing import Wanted, route  # noqa: PLC0415 -- as above
    from tollbar.report.routing import as_json, as_table  # noqa: PLC0415 -- as above
    from tollbar.token_usage import TokenUsage  # noqa: PLC0415 -- as above

    name, benchmark = read_quality(quality_file).benchmark_of(task)
    wanted = Wanted(
        usage=TokenUsage(input_uncached=input_tokens, output_visible=output_tokens),
        calls_per_month=None if calls_per_month is None else Decimal(calls_per_month),
        quality=None if quality is None else Decimal(str(quality)),
        needs=_needs(needs),
        context=context,
        providers=_sellers(provider),
    )
    found = route(LlmCatalog(today()), name, benchmark, wanted)
    output.write(as_json(found, task) if form == "json" else as_table(found, task, most), out)
    return ExitCode.PASS if found.candidates else ExitCode.DENIED


def _needs(told: str | None) -> frozenset[str]:
    from tollbar.errors import ConfigError  # noqa: PLC0415 -- --help needs none of it
    from tollbar.llm.model_facts import FEATURES  # noqa: PLC0415 -- as above
    from tollbar.spelling import nearest_or_all, quoted  # noqa: PLC0415 -- as above

    names = [name.strip().lower() for name in (told or "").split(",") if name.strip()]
    for name in names:
        if name not in FEATURES:
            raise ConfigError(f"--needs: nothing is known of {quoted(name)}", hint=nearest_or_all(name, FEATURES))
    return frozenset(names)


def _sellers(told: list[str] | None) -> tuple[str, ...]:
    from tollbar.catalog.llm import LlmCatalog  # noqa: PLC0415 -- --help needs none of it
    from tollbar.cli.prices.options import today  # noqa: PLC0415 -- as above
    from tollbar.errors import ConfigError  # noqa: PLC0415 -- as above
    from tollbar.model_name import library_provider, provider_name  # noqa: PLC0415 -- as above
    from tollbar.spelling import nearest_or_all, quoted  # noqa: PLC0415 -- as above

    known = {provider.id for provider in LlmCatalog(today()).providers} if told else set()
    for name in told or ():
        if library_provider(name) not in known:
            names = sorted(known | set(map(provider_name, known)))
            raise ConfigError(f"--provider: no prices are known of {quoted(name)}", hint=nearest_or_all(name, names))
    return tuple(dict.fromkeys(map(provider_name, told or ())))
