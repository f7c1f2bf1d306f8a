"""What is wrong with a configuration, and what contradicts itself in it, found before any change is checked.

A contradiction is something that reads well and does not do what was meant: a limit that nothing can
pass, an exemption that is over, an approval that nobody may give. Each is found by one function of
``_CHECKS``; adding one is adding a function.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any, Literal

from tollbar.environment import environment_meant
from tollbar.errors import ConfigError
from tollbar.location import Location
from tollbar.policy.config import EXPECTED, HINTS, Config, config_content
from tollbar.policy.engine import SETTINGS_ROOT
from tollbar.policy.task_names import task_meant
from tollbar.spelling import did_you_mean
from tollbar.yaml_model import mistakes, number_meant

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from tollbar.policy.config import Exemption
    from tollbar.policy.opa_binary import OpaBinary
    from tollbar.policy.rules import Rule
    from tollbar.yaml_file import YamlFile

__all__ = ["EXPECTED", "Problem", "problems_in", "problems_in_policy_file"]

Severity = Literal["error", "warning"]
_QUERY = (
    '{"problems": data.tollbar.lib.settings.problems, "rules": data.tollbar.params.rules, '
    '"severity": data.tollbar.params.severity}'
)
_RULES = ("policies", "rules")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong (``error``) or hardly meant so (``warning``), where it stands and what to do."""

    severity: Severity
    message: str
    location: Location
    hint: str | None = None

    def __str__(self) -> str:
        """Return ``place: severity: message``, followed by the hint on a line of its own."""
        text = f"{self.location}: {self.severity}: {self.message}"
        return f"{text}\n  {self.hint}" if self.hint else text


@dataclass(frozen=True)
class _Checked:
    """A configuration without mistakes, and what the policy makes of it."""

    config: Config
    file: YamlFile
    folder: Path
    rules: Sequence[Rule]
    params: Mapping[str, Mapping[str, Any]]
    severities: Mapping[str, str]
    today: date

    def problem(self, severity: Severity, steps: Iterable[str | int], message: str, hint: str | None = None) -> Problem:
        """Return a problem with what stands where the steps lead."""
        return Problem(severity, message, self.file.location(steps), hint)

    def is_set(self, rule: str, parameter: str) -> bool:
        """Whether the user set a parameter of a rule; what ships is not theirs to mend."""
        return parameter in self.config.policies.rules.get(rule, {})


def problems_in(
    file: YamlFile,
    folder: Path,
    engine_of: Callable[[Mapping[str, Any]], OpaBinary],
    rules: Sequence[Rule],
    today: date,
) -> list[Problem]:
    """Return what is wrong with a configuration file, in the order of its lines.

    ``folder`` is where the files that it names stand. ``engine_of`` gives the policy engine for some
    settings: what may be set of a rule is the policy library's to say.

    Raises:
        EngineError: The engine failed.
    """
    try:
        content = config_content(file)
    except ConfigError as error:
        return [Problem("error", error.message, error.location or file.location(()), error.hint)]
    wrong = mistakes(Config, content, file, hints=HINTS)
    if wrong:
        return _in_order(
            Problem("error", error.message, error.location or file.location(()), error.hint) for error in wrong
        )
    config = Config.model_validate(content)
    settings = config.policy_settings()
    answer = engine_of(settings).query(_QUERY, "{}")
    if answer["problems"]:
        return _in_order(_of_settings(problem, file, rules) for problem in answer["problems"])
    checked = _Checked(config, file, folder, rules, answer["rules"], answer["severity"], today)
    return _in_order(problem for check in _CHECKS for problem in check(checked))


def problems_in_policy_file(text: str, name: str, today: date) -> list[Problem]:
    """Return what is wrong with a policy file such as .github/crashlens.yml."""
    from tollbar.policy.crashlens_file import read_policies  # noqa: PLC0415 -- only where there is such a file
    from tollbar.policy.model_validation import wrong_models  # noqa: PLC0415 -- reads the prices of models

    try:
        cases = read_policies(text, name)
    except ConfigError as error:
        return [Problem("error", error.message, error.location or Location(name), error.hint)]
    overkill = [case for case in cases if case.rule == "model_overkill"]
    found = wrong_models([dict(case.params) for case in overkill], today)
    problems = [Problem("warning", reason, overkill[number].location) for number, reason in found]
    for case in cases:
        task = case.params.get("task_type")
        if isinstance(task, str) and (meant := task_meant(task)) is not None:
            message, hint = _unknown_task(task, meant)
            problems.append(Problem("warning", message, case.location, hint))
    return _in_order(problems)


def _in_order(problems: Iterable[Problem]) -> list[Problem]:
    return sorted(problems, key=lambda problem: (problem.location.line or 0, problem.message))


def _of_settings(problem: Mapping[str, str], file: YamlFile, rules: Sequence[Rule]) -> Problem:
    steps: list[str | int] = [int(step) if step.isdigit() else step for step in problem["field"].split(".")]
    if steps[0] == SETTINGS_ROOT:
        steps = steps[1:]
    if steps and steps[0] in {"rules", "mode", "unchanged"}:
        steps = ["policies", *steps]
    field = ".".join(str(step) for step in steps)
    by_code = next((rule.name for rule in rules if steps == [*_RULES, rule.code]), None)
    hint = f"Rules are set by name: {by_code}." if by_code else _way_to_write(problem["text"], file.plain(), steps)
    return Problem("error", f"{field} {problem['text']}", file.location(steps), hint)


def _way_to_write(problem: str, content: object, steps: Iterable[str | int]) -> str | None:
    """Return how a setting that looks like what was expected is to be written, None where that is not known."""
    given: Any = content
    for step in steps:
        if isinstance(given, list):
            given = given[step] if isinstance(step, int) and step < len(given) else None
        else:
            given = given.get(str(step)) if isinstance(given, dict) else None
    if problem.startswith(("must be number", "must be integer")):
        return number_meant(given)
    return None


def _exemptions(checked: _Checked) -> Iterator[Problem]:
    known = {name for rule in checked.rules for name in (rule.code, rule.name)}
    ids = Counter(exemption.id for exemption in checked.config.exemptions)
    for number, exemption in enumerate(checked.config.exemptions):
        steps = ("exemptions", number)
        for name in exemption.rules:
            if name not in known:
                hint = did_you_mean(name, known) or "`tollbar policy list` names them."
                yield checked.problem("error", (*steps, "rules"), f"exemption {exemption.id}: no rule {name!r}", hint)
        if ids[exemption.id] > 1 and exemption is not next(
            first for first in checked.config.exemptions if first.id == exemption.id
        ):
            yield checked.problem("error", (*steps, "id"), f"two exemptions have the id {exemption.id!r}")
        yield from _days_of(exemption, steps, checked)


def _days_of(exemption: Exemption, steps: tuple[str, int], checked: _Checked) -> Iterator[Problem]:
    starts, expires = exemption.starts, exemption.expires
    if starts is not None and expires is not None and starts > expires:
        message = f"exemption {exemption.id} starts on {starts}, after it expires on {expires}"
        yield checked.problem("error", (*steps, "expires"), message)
    elif expires is not None and expires < checked.today:
        message = f"exemption {exemption.id} expired on {expires}"
        yield checked.problem("warning", (*steps, "expires"), message, "Renew it with its approver, or remove it.")


def _limits_that_nothing_passes(checked: _Checked) -> Iterator[Problem]:
    for rule, given in checked.config.policies.rules.items():
        for parameter in ("limit", "limits"):
            value = given.get(parameter)
            for name, limit in value.items() if isinstance(value, dict) else [(None, value)]:
                if limit == 0 and checked.severities.get(rule) in {"error", "approval"}:
                    steps = [*_RULES, rule, parameter, *([name] if name is not None else [])]
                    message = f"{'.'.join(steps[2:])} is 0: nothing that costs anything can pass"
                    yield checked.problem("warning", steps, message, "To deny all, say so; else raise it, or use null.")


def _limits_out_of_reach(checked: _Checked) -> Iterator[Problem]:
    whole = checked.params["deployment_limit"]["limit"]
    if checked.severities["deployment_limit"] not in {"error", "approval"}:
        return
    for name, limit in checked.config.policies.rules.get("environment_limit", {}).get("limits", {}).items():
        if limit is not None and limit > whole:
            message = f"environment_limit.limits.{name} ({limit}) can never be reached: a deployment may cost {whole}"
            hint = "Raise deployment_limit.limit, or lower this."
            yield checked.problem("warning", [*_RULES, "environment_limit", "limits", name], message, hint)


def _lists(checked: _Checked) -> Iterator[Problem]:
    """Find what a list allows and another of the same rule denies: denied it stays."""
    for rule, given in checked.config.policies.rules.items():
        if checked.severities.get(rule) not in {"error", "approval"}:
            continue
        denied = given.get("denied", {})
        for environment, patterns in denied.items():
            if "*" in (patterns or ()):
                steps = [*_RULES, rule, "denied", environment]
                message = f"{rule}.denied.{environment} has *, so nothing can pass"
                yield checked.problem("warning", steps, message, "To let some pass, list them in allowed instead.")
        for environment, names in given.get("allowed", {}).items():
            patterns = denied.get(environment) or ()
            for name in names or ():
                pattern = next((one for one in patterns if one != "*" and fnmatchcase(name, one)), None)
                if pattern is not None:
                    message = f"{rule}.allowed.{environment}: {name} is denied as well ({pattern}), and stays so"
                    yield checked.problem("warning", [*_RULES, rule, "allowed", environment], message)


def _environments(checked: _Checked) -> Iterator[Problem]:
    """Find what is set of an environment whose name is a slip: the one that is meant keeps its default."""
    for rule in checked.rules:
        for parameter, given in checked.config.policies.rules.get(rule.name, {}).items():
            shipped = rule.params.get(parameter)
            if not isinstance(given, dict) or not isinstance(shipped, dict):
                continue
            for name in given:
                meant = environment_meant(str(name))
                if meant in shipped and meant not in given and name != checked.config.environment.default:
                    message = f"{rule.name}.{parameter}.{name} is not of {meant}, which keeps its default"
                    steps = [*_RULES, rule.name, parameter, name]
                    yield checked.problem("warning", steps, message, f"Did you mean {meant!r}?")


def _environments_told_twice(checked: _Checked) -> Iterator[Problem]:
    """Find environments whose names differ in capitals alone: which limit holds hangs on how one writes it."""
    for rule in checked.rules:
        for parameter, given in checked.config.policies.rules.get(rule.name, {}).items():
            if not isinstance(given, dict) or not isinstance(rule.params.get(parameter), dict):
                continue
            first: dict[str, str] = {}
            for name in given:
                other = first.setdefault(str(name).lower(), name)
                if other != name:
                    message = f"{rule.name}.{parameter} has {other} and {name}, which are one environment"
                    steps = [*_RULES, rule.name, parameter, name]
                    yield checked.problem("warning", steps, message, "Keep one of them.")


def _modes(checked: _Checked) -> Iterator[Problem]:
    for rule, given in checked.config.policies.rules.items():
        if "enforce_from" in given and checked.severities.get(rule) == "off":
            message = f"{rule} is off, so it will not be enforced from {given['enforce_from']} on"
            yield checked.problem("warning", [*_RULES, rule, "enforce_from"], message)


def _approvals(checked: _Checked) -> Iterator[Problem]:
    needing = [rule for rule, severity in checked.severities.items() if severity == "approval"]
    set_here = [rule for rule in needing if rule in checked.config.policies.rules]
    if set_here and not checked.config.approvers:
        message = f"{set_here[0]} needs an approval, and nobody is named who may give it"
        hint = "Add approvers: [{up_to: 5000, role: team-lead}]."
        yield checked.problem("warning", [*_RULES, set_here[0]], message, hint)
    roles = Counter(approver.role for approver in checked.config.approvers)
    for number, approver in enumerate(checked.config.approvers):
        if roles[approver.role] > 1:
            yield checked.problem("warning", ("approvers", number), f"the role {approver.role!r} is listed twice")


def _budgets(checked: _Checked) -> Iterator[Problem]:
    seen: set[tuple[str | None, str | None]] = set()
    for number, budget in enumerate(checked.config.budgets):
        whose = (budget.team, budget.project)
        if whose in seen:
            message = f"{budget.team or budget.project!r} has two budgets; both hold, so the lower one counts"
            yield checked.problem("warning", ("budgets", number), message)
        seen.add(whose)


def _fallbacks(checked: _Checked) -> Iterator[Problem]:
    cases = checked.config.policies.rules.get("model_overkill", {}).get("cases")
    if not cases:
        return
    from tollbar.policy.model_validation import wrong_models  # noqa: PLC0415 -- reads the prices of models

    for number, reason in wrong_models(cases, checked.today):
        yield checked.problem("warning", [*_RULES, "model_overkill", "cases", number], reason)


def _tasks(checked: _Checked) -> Iterator[Problem]:
    """Find tasks that are nearly called like a known one: no call is of such a task, and each would pass."""
    for rule, given in checked.config.policies.rules.items():
        cases = given.get("cases")
        for number, case in enumerate(cases if isinstance(cases, list) else ()):
            task = case.get("task_type") if isinstance(case, dict) else None
            if isinstance(task, str) and (meant := task_meant(task)) is not None:
                steps = (*_RULES, rule, "cases", number, "task_type")
                yield checked.problem("warning", steps, *_unknown_task(task, meant))


def _unknown_task(task: str, meant: str) -> tuple[str, str]:
    return f"no known task is called {task!r}", f"Did you mean {meant!r}?"


def _files(checked: _Checked) -> Iterator[Problem]:
    config = checked.config
    named: list[tuple[tuple[str | int, ...], str | None]] = [
        (("usage", "file"), config.usage.file),
        (("usage", "history"), config.usage.history),
        (("commitments",), config.commitments),
        (("history",), config.history),
        *((("prices", "books", i), book) for i, book in enumerate(config.prices.books) if isinstance(book, str)),
    ]
    for steps, name in named:
        if name is not None and not (checked.folder / name).is_file():
            field = ".".join(str(step) for step in steps)
            hint = did_you_mean(name, [file.name for file in checked.folder.iterdir() if file.is_file()])
            yield checked.problem("error", steps, f"{field}: there is no file {name}", hint)


_CHECKS = (
    _exemptions,
    _limits_that_nothing_passes,
    _limits_out_of_reach,
    _lists,
    _environments,
    _environments_told_twice,
    _modes,
    _approvals,
    _budgets,
    _fallbacks,
    _tasks,
    _files,
)
