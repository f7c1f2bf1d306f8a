"""``tollbar comment``: post a report to the pull or merge request it is about."""

from __future__ import annotations

import os
import sys
from pathlib import Path  # noqa: TC003 -- typer reads the annotations at run time
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from tollbar.comment.interface import Discussion
    from tollbar.comment.target import Target


def comment(
    report: Annotated[
        Path, typer.Argument(help="The report (Markdown); - reads it from standard input.", metavar="FILE")
    ],
    *,
    name: Annotated[
        str, typer.Option(help="Which of several comments: one per name is kept up to date.", metavar="NAME")
    ] = "cost",
    behavior: Annotated[
        str, typer.Option(help="update, new, hide-and-new or delete-and-new.", metavar="BEHAVIOR")
    ] = "update",
    platform: Annotated[str | None, typer.Option(help="github or gitlab.", metavar="NAME")] = None,
    repo: Annotated[
        str | None, typer.Option(help="owner/name, or a GitLab project's path or number.", metavar="REPO")
    ] = None,
    pull_request: Annotated[
        int | None, typer.Option(help="The number of the pull or merge request.", metavar="NUMBER", min=1)
    ] = None,
) -> int:
    """Post a report to a pull or merge request, as one comment that is kept up to date.

    \b
    tollbar check infra/ --format markdown --out cost.md
    tollbar comment cost.md
    tollbar comment cost.md --name network --behavior delete-and-new

    In GitHub Actions and GitLab CI the request is found by itself. The token is read from GITHUB_TOKEN
    or GITLAB_TOKEN. Exits with 3 when the comment could not be posted.
    """
    from tollbar.cli.exit_codes import ExitCode  # noqa: PLC0415 -- --help needs none of it
    from tollbar.comment.interface import marker_of, publish, require_behavior  # noqa: PLC0415 -- as above
    from tollbar.comment.target import find_target  # noqa: PLC0415 -- as above

    marker, wanted, text = marker_of(name), require_behavior(behavior), _text(report)
    target = find_target(os.environ, platform, repo, pull_request)
    published = publish(_discussion(target), text, marker, wanted, job_url=target.job_url)
    place = published.comment.url or "the comment"
    sys.stdout.write(f"{published.action} {place}\n")
    return ExitCode.PASS


def _text(report: Path) -> str:
    from tollbar.errors import InputError  # noqa: PLC0415 -- --help needs none of it

    try:
        text = sys.stdin.read() if str(report) == "-" else report.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise InputError(f"{report} cannot be read: {reason}") from None
    if not text.strip():
        raise InputError(f"{report} is empty: there is nothing to post")
    return text


def _discussion(target: Target) -> Discussion:
    from tollbar.errors import ConfigError  # noqa: PLC0415 -- --help needs none of it

    try:
        if target.platform == "github":
            from tollbar.comment.github import GitHubDiscussion  # noqa: PLC0415 -- needs an extra

            return GitHubDiscussion(target)
        from tollbar.comment.gitlab import GitLabDiscussion  # noqa: PLC0415 -- needs an extra

        return GitLabDiscussion(target)
    except ModuleNotFoundError as missing:
        raise ConfigError(
            f"posting a comment needs the package {missing.name}", hint="Install it: pip install 'tollbar[comment]'"
        ) from None
