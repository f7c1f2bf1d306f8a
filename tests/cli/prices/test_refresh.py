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


@pytest.mark.parametrize(
    ("source", "message", "some"),
    [
        ("aws", "error: there is no AWS service 'xqzzy' to refresh", {"ec2", "s3", "savings_plans"}),
        ("azure", "error: no service 'xqzzy' of azure", {"virtual_machines", "storage", "vpn_gateway"}),
        ("gcp", "error: Google Cloud has no service 'xqzzy'", {"compute", "cloud_run", "bigquery"}),
        ("llm", "error: no service 'xqzzy' of llm", {"tokens"}),
    ],
)
def test_an_unknown_service_without_a_near_one_lists_all(
    source: str, message: str, some: set[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("AWS_PROFILE", "TOLLBAR_GCP_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", "/nowhere")
    assert main(["prices", "refresh", source, "--service", "xqzzy"]) == 3
    first, *hint = capsys.readouterr().err.splitlines()
    assert first == message
    assert hint[0].startswith("  Known: ")
    assert max(map(len, hint)) <= 100
    assert all(line.startswith("  ") for line in hint)
    names = " ".join(hint).removeprefix("  Known: ").split(", ")
    assert some <= {name.strip() for name in names}
