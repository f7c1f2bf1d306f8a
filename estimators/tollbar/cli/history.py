"""What came before a change, put into its estimate for the policy to see; and where its decision is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbar.errors import ConfigError
from tollbar.estimate import History

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tollbar.estimate import Estimate
    from tollbar.ledger.ledger import Ledger
    from tollbar.policy.config import Config

VARIABLE = "TOLLBAR_LEDGER"


def ledger_place(named: str | None, environment: Mapping[str, str], config: Config, file: Path | None) -> str | None:
    """Return where the ledger is: as an option names it, in TOLLBAR_LEDGER, or beside the configuration.

    None where none is to be kept.
    """
    asked = named or environment.get(VARIABLE)
    if asked or config.ledger.url is None or file is None or "://" in config.ledger.url:
        return asked or config.ledger.url
    return str(file.parent / config.ledger.url)


def with_history(
    estimate: Estimate, ledger: Ledger | None, config: Config, config_file: Path | None
) -> tuple[Estimate, tuple[str, ...]]:
    """Return the estimate with what came before it, and what is to be known of that.

    The deployments are the ledger's, or those of the file that the configuration names; what was spent is the
    file's. Without either the estimate stays as it is: one made before may have its history in it.

    Raises:
        ConfigError: The file is not what it should be, or tells of deployments although a ledger does.
        LedgerError: The ledger cannot be read.
    """
    told = _told(config, config_file)
    if ledger is None:
        return (estimate if told is None else estimate.model_copy(update={"history": told})), ()
    if told is not None and told.deployments:
        raise ConfigError(
            f"{config.history}: deployments: those before are the ledger's",
            hint="Leave them out here, or do without the ledger.",
        )
    before = ledger.deployments_before(estimate, config.ledger.days, config.ledger.most)
    history = History(deployments=before, spend=told.spend if told is not None else ())
    notes: tuple[str, ...] = ()
    if len(before) == config.ledger.most:
        notes = (f"the policy sees the last {len(before)} deployments of {ledger.label} only (ledger.most)",)
    return estimate.model_copy(update={"history": history}), notes


def _told(config: Config, config_file: Path | None) -> History | None:
    if config.history is None or config_file is None:
        return None
    from tollbar.ledger.history_file import read_history_file  # noqa: PLC0415 -- only where there is such a file

    return read_history_file(config_file.parent / config.history)
