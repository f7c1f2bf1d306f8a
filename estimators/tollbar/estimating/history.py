"""What came before a change, put into its estimate for the policy to see; and where its decision is kept."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tollbar.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tollbar.estimating.request import Estimated
    from tollbar.ledger.ledger import Ledger
    from tollbar.policy.config import Config

VARIABLE = "TOLLBAR_LEDGER"


def ledger_place(named: str | None, environment: Mapping[str, str], config: Config, folder: Path | None) -> str | None:
    """Return where the ledger is: as an option names it, in TOLLBAR_LEDGER, or beside the configuration.

    ``folder`` is where the configuration stands. None where none is to be kept.
    """
    asked = named or environment.get(VARIABLE)
    if asked or config.ledger.url is None or folder is None or "://" in config.ledger.url:
        return asked or config.ledger.url
    return str(folder / config.ledger.url)


def with_told_history(estimated: Estimated) -> Estimated:
    """Return an estimate with what the file tells that its configuration names as ``history``.

    Where none is named it stays as it is: one made before may have its history in it.

    Raises:
        ConfigError: The file is not what it should be.
    """
    config, config_file = estimated.config, estimated.config_file
    if config.history is None or config_file is None:
        return estimated
    from tollbar.ledger.history_file import read_history_file  # noqa: PLC0415 -- only where there is such a file

    history = read_history_file(config_file.parent / config.history)
    return replace(estimated, estimate=estimated.estimate.model_copy(update={"history": history}))


def with_kept_history(estimated: Estimated, ledger: Ledger) -> Estimated:
    """Return an estimate with the deployments before it that a ledger tells of; what was spent stays.

    Raises:
        ConfigError: The history file tells of deployments as well.
        LedgerError: The ledger cannot be read.
    """
    from tollbar.estimate import History  # noqa: PLC0415 -- read by then
    from tollbar.ledger.ledger import facts_of  # noqa: PLC0415 -- as above

    estimate, config = estimated.estimate, estimated.config
    told = estimate.history or History()
    if config.history is not None and told.deployments:
        raise ConfigError(
            f"{config.history}: deployments: those before are the ledger's",
            hint="Leave them out here, or do without the ledger.",
        )
    before = ledger.deployments_before(facts_of(estimate), config.ledger.days, config.ledger.most)
    warnings = estimated.warnings
    if len(before) == config.ledger.most:
        warnings += (f"the policy sees the last {len(before)} deployments of {ledger.label} only (ledger.most)",)
    history = History(deployments=before, spend=told.spend)
    return replace(estimated, estimate=estimate.model_copy(update={"history": history}), warnings=warnings)
