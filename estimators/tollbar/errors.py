"""What can go wrong, as a user meets it.

TollbarError                 anything Tollbar itself reports; the CLI prints it and exits with 3
├── InputError               a path, plan, directory or usage file that cannot be read as what it should be
├── ConfigError              a setting or parameter that is not known or not valid
├── CatalogError             the price catalogue is missing, damaged or contradicts an estimator
│   └── RefreshError         prices could not be read anew; the old ones stay
│       └── SourceUnavailableError   nor will any other be: no credentials, or the vendor is out of reach
├── LedgerError              the ledger cannot be opened, read or written, or is no ledger
├── EngineError              OPA is missing, failed, or gave no decision
└── CommentError             the report could not be posted to a pull request
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tollbar.location import Location


class TollbarError(Exception):
    """An error with a message for the user, where it is, and what to do about it."""

    def __init__(self, message: str, *, location: Location | None = None, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.location = location
        self.hint = hint

    def __str__(self) -> str:
        """Return ``place: message`` followed by the hint on a line of its own."""
        text = f"{self.location}: {self.message}" if self.location else self.message
        return f"{text}\n  {self.hint}" if self.hint else text


class InputError(TollbarError):
    """Something the user handed in cannot be read as what it should be."""


class ConfigError(TollbarError):
    """A setting, option or policy parameter is unknown or invalid."""


class CatalogError(TollbarError):
    """The price catalogue is missing, damaged, or does not fit what an estimator asks of it."""


class RefreshError(CatalogError):
    """Prices could not be read from a vendor; the old ones stay as they are."""


class SourceUnavailableError(RefreshError):
    """A vendor will not answer any further question: refused credentials, or no connection."""


class LedgerError(TollbarError):
    """The ledger is missing, damaged or out of reach: never "nothing happened before"."""


class EngineError(TollbarError):
    """The policy engine is missing, failed, or returned no decision: never a pass."""


class CommentError(TollbarError):
    """A report could not be posted to a pull or merge request: refused, out of reach, or no such request."""
