"""The ledger: records what was decided, tells what came before, takes approvals that were given later."""

from __future__ import annotations

import hashlib
import json
import zlib
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, delete, func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from tollbar.decision import Decision
from tollbar.errors import InputError, LedgerError
from tollbar.estimate import PastDeployment
from tollbar.ledger.interface import SHOWN_ID, Entry, Facts, Selection, Summary
from tollbar.ledger.opening import reason
from tollbar.ledger.schema import entries

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sqlalchemy import ColumnElement, Connection, Engine, RowMapping

    from tollbar.estimate import Estimate

_MICROS = 1_000_000
_MOST_MICROS = 2**63 - 1
_SHORTEST_ID = 6
_SUMMARY = [column for column in entries.c if column.name not in {"estimate", "settings", "decision"}]


class Ledger:
    """An open ledger."""

    def __init__(self, engine: Engine, label: str) -> None:
        self._engine = engine
        self.label = label

    @property
    def engine(self) -> Engine:
        """What the ledger's other tables are reached by."""
        return self._engine

    def record(
        self, estimate: Estimate, decision: Decision, settings: Mapping[str, Any] | None, at: datetime | None = None
    ) -> str:
        """Keep an estimate with its decision and return the entry's id; what is kept already stays as it is.

        The id is a digest of all that is kept: the same content, recorded again or by two at once, is one entry.

        Raises:
            LedgerError: It cannot be written; nothing of it is.
        """
        return self.keep(facts_of(estimate), estimate.to_json(), decision, settings, at)

    def keep(
        self,
        facts: Facts,
        estimate: str,
        decision: Decision,
        settings: Mapping[str, Any] | None,
        at: datetime | None = None,
    ) -> str:
        """Do as :meth:`record` of an estimate that is JSON already.

        Raises:
            LedgerError: It cannot be written; nothing of it is.
            InputError: It costs over nine trillion USD a month, more than can be kept.
        """
        documents = {
            "estimate": estimate,
            "settings": None if settings is None else _canonical(settings),
            "decision": decision.model_dump_json(by_alias=True, exclude_none=True),
        }
        entry_id = _digest(_canonical(documents))
        row = {
            "id": entry_id,
            "time": _utc(facts.time),
            "recorded_at": _text(at or datetime.now(UTC)),
            "change": facts.change,
            "name": facts.name,
            "environment": facts.environment,
            "team": facts.team,
            "project_id": facts.project_id,
            "pull_request": facts.pull_request,
            "monthly_cost": _micros(facts.monthly_cost),
            "delta": None if facts.delta is None else _micros(facts.delta),
            "outcome": decision.outcome,
            "revision": decision.revision,
            **{name: None if text is None else zlib.compress(text.encode()) for name, text in documents.items()},
        }
        with self._failures("written"):
            try:
                with self._writing() as connection:
                    connection.execute(insert(entries).values(row))
            except IntegrityError:
                with self._engine.connect() as connection:
                    if connection.execute(select(entries.c.id).where(entries.c.id == entry_id)).first() is None:
                        raise
        return entry_id

    def deployments_before(self, facts: Facts, days: int, most: int) -> tuple[PastDeployment, ...]:
        """Return what was decided in the days before an estimate for its team or project, the newest first.

        Of the checks of one change, the last one counts; those of the estimate's own change do not. At most
        ``most`` are returned.

        Raises:
            LedgerError: The ledger cannot be read.
        """
        now = _utc(facts.time)
        since = _text(datetime.fromisoformat(now) - timedelta(days=days))
        newest_first = (entries.c.time.desc(), entries.c.recorded_at.desc(), entries.c.id)
        place = func.row_number().over(partition_by=entries.c.change, order_by=newest_first).label("place")
        chosen = (entries.c.time >= since, entries.c.time < now, entries.c.change != facts.change, _same_owner(facts))
        checks = select(*_SUMMARY, place).where(*chosen).subquery()
        order = (checks.c.time.desc(), checks.c.recorded_at.desc(), checks.c.id)
        query = select(checks).where(checks.c.place == 1).order_by(*order).limit(most)
        with self._failures("read"), self._engine.connect() as connection:
            return tuple(_past(_summary(row)) for row in connection.execute(query).mappings())

    def summaries(self, chosen: ColumnElement[bool] | None = None) -> Iterator[Summary]:
        """Yield the entries that are chosen, the newest first, without their documents.

        Raises:
            LedgerError: The ledger cannot be read.
        """
        query = select(*_SUMMARY).order_by(entries.c.time.desc(), entries.c.recorded_at.desc(), entries.c.id)
        if chosen is not None:
            query = query.where(chosen)
        with self._failures("read"), self._engine.connect() as connection:
            for row in connection.execute(query).mappings():
                yield _summary(row)

    def select(self, selection: Selection) -> Iterator[Summary]:
        """Yield the selected entries, the newest first, without their documents.

        Raises:
            LedgerError: The ledger cannot be read.
        """
        return self.summaries(_selected(selection))

    def entries(self, selection: Selection) -> Iterator[Entry]:
        """Yield the selected entries, the oldest first.

        Raises:
            LedgerError: The ledger cannot be read, or an entry in it is damaged.
        """
        query = select(entries).where(_selected(selection)).order_by(entries.c.time, entries.c.id)
        with self._failures("read"), self._engine.connect() as connection:
            for row in connection.execute(query).mappings():
                yield self._entry(row)

    def entry(self, entry_id: str) -> Entry | None:
        """Return the entry with an id, whole; None where there is none.

        Raises:
            LedgerError: The ledger cannot be read, or the entry is damaged.
        """
        with self._failures("read"), self._engine.connect() as connection:
            row = connection.execute(select(entries).where(entries.c.id == entry_id)).mappings().one_or_none()
        return None if row is None else self._entry(row)

    def delete_before(self, moment: datetime) -> int:
        """Delete what was recorded before a moment, and return how many entries that were.

        Raises:
            LedgerError: It cannot be written; nothing is deleted.
        """
        old = delete(entries).where(entries.c.recorded_at < _text(moment))
        with self._failures("written"), self._writing() as connection:
            return connection.execute(old).rowcount

    def approve(self, entry_id: str, by: str, at: str) -> Summary:
        """Note who approved afterwards what had been denied or needed it, and return the entry.

        ``entry_id`` may be the beginning of an id. The same approval once more changes nothing.

        Raises:
            LedgerError: There is no such entry, or several; it had passed; somebody else approved it; it cannot
                be written.
        """
        with self._failures("written"), self._writing() as connection:
            entry = self._only(connection, entry_id)
            if entry.outcome in {"allow", "warn"}:
                raise LedgerError(f"{entry.short_id} needs no approval: its outcome was {entry.outcome}")
            if entry.approved_by not in {None, by}:
                raise LedgerError(f"{entry.short_id} was approved by {entry.approved_by} at {entry.approved_at}")
            if entry.approved_by is None:
                given = {"approved_by": by, "approved_at": _utc(at)}
                connection.execute(update(entries).where(entries.c.id == entry.id).values(given))
            return self._only(connection, entry.id)

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def _only(self, connection: Connection, entry_id: str) -> Summary:
        if len(entry_id) < _SHORTEST_ID or not entry_id.isalnum():
            raise LedgerError(f"{entry_id!r} is not an id", hint="`tollbar ledger list` shows them.")
        query = select(*_SUMMARY).where(entries.c.id.startswith(entry_id, autoescape=True)).limit(2)
        found = [_summary(row) for row in connection.execute(query.with_for_update()).mappings()]
        if len(found) != 1:
            many = "several entries" if found else "no entry"
            raise LedgerError(f"there is {many} {entry_id!r} in {self.label}".replace("is several", "are several"))
        return found[0]

    def _entry(self, row: RowMapping) -> Entry:
        try:
            settings = None if row["settings"] is None else json.loads(zlib.decompress(row["settings"]))
            return Entry(
                _summary(row),
                zlib.decompress(row["estimate"]).decode(),
                settings,
                Decision.model_validate_json(zlib.decompress(row["decision"])),
            )
        except (zlib.error, ValueError):
            raise LedgerError(f"the entry {row['id'][:SHOWN_ID]} of {self.label} is damaged") from None

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with self._engine.execution_options(writes=True).begin() as connection:
            yield connection

    @contextmanager
    def _failures(self, verb: str) -> Iterator[None]:
        try:
            yield
        except SQLAlchemyError as error:
            raise LedgerError(f"the ledger {self.label} cannot be {verb}: {reason(error)}") from None


def facts_of(estimate: Estimate) -> Facts:
    """Return what the ledger goes by of an estimate."""
    deployment, totals = estimate.deployment, estimate.totals
    return Facts(
        time=estimate.meta.now, change=change_of(estimate), name=deployment.name, environment=deployment.environment,
        team=deployment.team, project_id=deployment.project_id, pull_request=deployment.pull_request,
        monthly_cost=totals.monthly_cost, delta=totals.delta,
    )  # fmt: skip


def change_of(estimate: Estimate) -> str:
    """Return what tells a change from others: its pull request, else what it would make of the resources."""
    deployment = estimate.deployment
    if deployment.pull_request is not None:
        parts: Sequence[str | None] = (
            deployment.project_id, deployment.name, deployment.environment, deployment.pull_request,
        )  # fmt: skip
        return _digest(_canonical(parts))
    return _digest(estimate.model_dump_json(exclude_none=True, exclude={"meta", "history"}))


def _same_owner(facts: Facts) -> ColumnElement[bool]:
    owners = [
        column == value
        for column, value in ((entries.c.team, facts.team), (entries.c.project_id, facts.project_id))
        if value is not None
    ]
    return or_(*owners) if owners else entries.c.name == facts.name


def _selected(selection: Selection) -> ColumnElement[bool]:
    conditions = [entries.c.id != ""]
    if selection.since is not None:
        conditions.append(entries.c.time >= _utc(selection.since))
    if selection.until is not None:
        conditions.append(entries.c.time < _utc(selection.until))
    if selection.project is not None:
        conditions.append(entries.c.project_id == selection.project)
    if selection.projects is not None:
        conditions.append(entries.c.project_id.in_(sorted(selection.projects)))
    if selection.team is not None:
        conditions.append(entries.c.team == selection.team)
    if selection.environment is not None:
        conditions.append(entries.c.environment == selection.environment)
    return and_(*conditions)


def _past(summary: Summary) -> PastDeployment:
    return PastDeployment(
        time=summary.time, name=summary.name, environment=summary.environment, team=summary.team,
        project_id=summary.project_id, pull_request=summary.pull_request, monthly_cost=summary.monthly_cost,
        delta=summary.delta, outcome=summary.outcome, approved_at=summary.approved_at,
    )  # fmt: skip


def _summary(row: RowMapping) -> Summary:
    values = {column.name: row[column.name] for column in _SUMMARY}
    delta = values["delta"]
    amounts = {
        "monthly_cost": Decimal(values["monthly_cost"]) / _MICROS,
        "delta": None if delta is None else Decimal(delta) / _MICROS,
    }
    return Summary(**{**values, **amounts})


def _micros(amount: Decimal) -> int:
    micros = int((amount * _MICROS).to_integral_value())
    if abs(micros) > _MOST_MICROS:  # what a database keeps: 64 bits
        raise InputError(f"{amount:,.0f} USD a month are more than can be kept", hint="Check quantities and units.")
    return micros


def _utc(time: str) -> str:
    try:
        moment = datetime.fromisoformat(time)
    except ValueError:
        raise LedgerError(f"{time!r} is not an RFC 3339 time") from None
    return _text(moment.replace(tzinfo=moment.tzinfo or UTC))


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _canonical(document: object) -> str:
    return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
