"""``tollbar simulate``: what policies on language models say of a call, and what it costs, before anybody writes it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tollbar.cli import options  # noqa: TC001 -- typer reads the annotations at run time

if TYPE_CHECKING:
    from tollbar.policy.config import Config

_POLICY_FILE = "crashlens.yml"

Count = Annotated[int | None, typer.Option(min=0, metavar="N")]
Share = Annotated[str | None, typer.Option(metavar="SHARE")]


def simulate(  # noqa: PLR0913 -- one parameter per command-line option
    *,
    model: Annotated[str, typer.Option(help="The model that is called.", metavar="MODEL")],
    policy: Annotated[
        str | None,
        typer.Option(help="The policy to try, by its name, rule or code; by default all of them.", metavar="NAME"),
    ] = None,
    task: Annotated[str | None, typer.Option(help="What the call is for: summarization, ...", metavar="TASK")] = None,
    input_tokens: Annotated[
        int | None, typer.Option(min=0, help="Input tokens of a call; 1,500 are assumed.", metavar="N")
    ] = None,
    output_tokens: Annotated[
        int | None, typer.Option(min=0, help="Output tokens of a call; 400 are assumed.", metavar="N")
    ] = None,
    max_output_tokens: Annotated[
        int | None, typer.Option(min=1, help="The most output tokens that the call allows.", metavar="N")
    ] = None,
    calls_per_month: Annotated[
        int | None, typer.Option(min=1, help="Calls a month; 10,000 are assumed.", metavar="N")
    ] = None,
    cached_share: Annotated[
        str | None, typer.Option(help="Part of the input read from the provider's cache, 0 to 1.", metavar="SHARE")
    ] = None,
    batch: Annotated[bool, typer.Option("--batch", help="The calls go through the provider's batch API.")] = False,
    provider: Annotated[str | None, typer.Option(help="Who sells the model.", metavar="NAME")] = None,
    retries: Annotated[int | None, typer.Option(min=0, help="How often a call is retried.", metavar="N")] = None,
    retry_share: Annotated[
        str | None, typer.Option(help="Part of the attempts that must be repeated, 0 to 1.", metavar="SHARE")
    ] = None,
    compare: Annotated[str | None, typer.Option(help="Other models for the same call.", metavar="MODEL,MODEL")] = None,
    config: Annotated[
        Path | None,
        typer.Option(
            "--config", help="tollbar.yml or .github/crashlens.yml; by default those of this folder.", metavar="FILE"
        ),
    ] = None,
    format_name: Annotated[
        str, typer.Option("--format", "-f", help="table, json or markdown.", metavar="FORMAT")
    ] = "table",
    out: options.Out = None,
    opa: options.Opa = None,
    now: Annotated[str | None, typer.Option(help="Decide as of this time (RFC 3339).", metavar="TIME")] = None,
) -> int:
    """Try a call of a language model against the policies, and see what it costs.

    \b
    tollbar simulate --policy prevent-model-overkill --task summarization --input-tokens 400 --model gpt-4
    tollbar simulate --policy cap-llm-retries --retries 5 --model gpt-4o
    tollbar simulate --model gpt-4o --task summarization --compare gpt-4o-mini,claude-haiku-4-5

    Exits with 0 when the policies let it pass, 1 when one denies it, 2 when it needs an approval, 3 on bad input.
    """
    from tollbar.cli import output  # noqa: PLC0415 -- --help needs none of it
    from tollbar.cli.exit_codes import exit_code_of  # noqa: PLC0415 -- as above
    from tollbar.cli.option_values import share  # noqa: PLC0415 -- as above
    from tollbar.errors import ConfigError  # noqa: PLC0415 -- as above
    from tollbar.estimating.simulated_call import simulate_call  # noqa: PLC0415 -- as above
    from tollbar.llm.simulation import Scenario  # noqa: PLC0415 -- as above
    from tollbar.report import simulation as report  # noqa: PLC0415 -- as above

    report.require_format(format_name)
    if retry_share is not None and retries is None:
        raise ConfigError("--retry-share needs --retries: how often a call may be repeated")
    scenario = Scenario(
        model, task, input_tokens, output_tokens, max_output_tokens, calls_per_month,
        None if cached_share is None else share("--cached-share", cached_share), batch, provider, retries,
        None if retry_share is None else share("--retry-share", retry_share),
    )  # fmt: skip
    others = [name.strip() for name in (compare or "").split(",") if name.strip()]
    with output.progress("simulating"):
        configuration, file = llm_configuration(config)
        simulation = simulate_call(scenario, policy, others, configuration, file, opa, now)
    exit_code = exit_code_of(simulation.decision.outcome)
    output.write(report.render(simulation, format_name, exit_code), out)
    return exit_code


def llm_configuration(named: Path | None) -> tuple[Config, Path | None]:
    """Return the configuration, and the file of settings it stands in: of the named file, else of this folder.

    The named file may also be a policy file such as .github/crashlens.yml: then it alone holds.

    Raises:
        ConfigError: A file is not there, or not what it should be.
    """
    from tollbar.errors import ConfigError  # noqa: PLC0415 -- as above
    from tollbar.estimating.policy_source import WorktreeSource, with_policy_files  # noqa: PLC0415 -- --help needs none of it
    from tollbar.policy.config import Config, is_policy_file, refuse_misnamed  # noqa: PLC0415 -- as above

    if named is None or not is_policy_file(named):
        if named is not None and not named.is_file():
            raise ConfigError(f"there is no file {named}", hint="Name one with --config.")
        configuration = WorktreeSource().configuration(named, [Path()])
        return configuration.config, configuration.file
    if named.with_suffix(".yml").name == _POLICY_FILE:
        refuse_misnamed([named.with_suffix(".yml")])
    if not named.is_file():
        raise ConfigError(f"there is no file {named}", hint="Name one with --config.")
    return with_policy_files(Config(version=1), None, [named.resolve()]), None
