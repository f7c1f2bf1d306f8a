"""What a worker process does: an estimate of uploaded files, as the command line makes it."""

from __future__ import annotations

import os
import resource
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tollbar.catalog.opening import REFRESHED_FOLDER
from tollbar.errors import InputError, TollbarError
from tollbar.service.estimate_text import EstimateText, read_estimate, text_of
from tollbar.service.sandbox import files_below, guard

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tollbar.service.upload import Upload


_PASSED_ON = (REFRESHED_FOLDER,)
"""Of the service's environment: never its secrets, nor what a CI system says of a change."""


@dataclass(frozen=True, slots=True)
class Estimated:
    """The estimate, and what was to be known of the input."""

    estimate: EstimateText
    warnings: tuple[str, ...]


def prepare_worker(memory: int, readable: Sequence[str]) -> None:
    """Limit a worker's memory (bytes) and what it may read, and import what every estimate needs."""
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (memory, hard))
    guard(readable)
    import tollbar.estimating.request  # noqa: F401, PLC0415 -- takes half a second, once


def estimate_upload(upload: Upload) -> Estimated:
    """Return the estimate of an upload.

    Raises:
        TollbarError: The input is not what it should be; files are called as they were uploaded.
    """
    from tollbar.estimating.request import Request, make_estimate  # noqa: PLC0415 -- only a worker needs it

    os.chdir(upload.folder)
    try:
        with files_below(Path(upload.folder)):
            estimated = make_estimate(
                Request(
                    paths=[Path(name) for name in upload.inputs],
                    base=Path(upload.base) if upload.base else None,
                    usage_file=Path(upload.usage) if upload.usage else None,
                    config_file=Path(upload.config),
                    environment=upload.environment,
                    now=upload.now,
                    usage_size=upload.usage_size,
                    assumptions=upload.assumptions,
                    labels=upload.labels,
                    process_environment={name: os.environ[name] for name in _PASSED_ON if name in os.environ},
                )
            )
    except TollbarError:
        raise
    except RecursionError:
        raise InputError("the input is nested too deeply") from None
    except MemoryError:
        raise InputError("the input takes more memory than an estimate may have") from None
    except (UnicodeError, ValueError, OverflowError, ArithmeticError) as error:
        raise InputError(f"the input cannot be read: {type(error).__name__}") from None
    finally:
        os.chdir("/")
    estimate = estimated.estimate
    if upload.pull_request is not None:
        deployment = estimate.deployment.model_copy(update={"pull_request": upload.pull_request})
        estimate = estimate.model_copy(update={"deployment": deployment})
    return Estimated(text_of(estimate), estimated.warnings)


def read_sent_estimate(body: bytes) -> EstimateText:
    """Return an estimate that was sent and is too large for the event loop to read.

    Raises:
        InputError: It is none.
    """
    return read_estimate(body)
