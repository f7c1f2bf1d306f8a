"""``tollbar prices refresh``: what is wrong with how it was asked. tests/integration runs it for real."""

from __future__ import annotations

import pytest

from tollbar.cli.app import main


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["azur"], "error: no price source 'azur'; known: aws, azure, gcp, llm\n  Did you mean 'azure'?\n"),
        (["--service", "ec2"], "error: --service belongs to one source; 4 are to be refreshed\n  Name one.\n"),
        (
            ["aws", "azure", "--endpoint", "http://127.0.0.1:9"],
            "error: --endpoint belongs to one source; 2 are to be refreshed\n  Name one.\n",
        ),
        (
            ["azure", "--max-age", "a day"],
            "error: --max-age 'a day' is not a time\n  Write it as 90m, 24h or 7d.\n",
        ),
        (
            ["azure", "--service", "virtual_machine", "--endpoint", "http://127.0.0.1:9"],
            "error: no service 'virtual_machine' of azure\n  Did you mean 'virtual_machines'?\n",
        ),
    ],
)
def test_a_mistake_is_told(arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["prices", "refresh", *arguments]) == 3
    assert capsys.readouterr().err == message
