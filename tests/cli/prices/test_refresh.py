"""``tollbar prices refresh``: what is wrong with how it was asked. tests/integration runs it for real."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from tollbar.catalog.lookup import SnapshotCatalog
from tollbar.catalog.refresh.run import Request
from tollbar.catalog.refresh.store import PortionStore
from tollbar.catalog.table import SNAPSHOT
from tollbar.cli.app import main
from tollbar.cli.prices.request import check_endpoint, regions_to_read

if TYPE_CHECKING:
    from pathlib import Path


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
            ["azure", "--max-age", "99999999999999d"],
            "error: --max-age '99999999999999d' is not a time\n  Write it as 90m, 24h or 7d.\n",
        ),
        (
            ["azure", "--max-age", "9" * 5000 + "d"],
            f"error: --max-age '{'9' * 60}…' is not a time\n  Write it as 90m, 24h or 7d.\n",
        ),
        (
            ["azure", "--region", "westeurop"],
            "error: azure has no region 'westeurop'\n  Did you mean 'westeurope'?\n",
        ),
        (
            ["gcp", "--region", "us-east-1"],
            "error: gcp has no region 'us-east-1'\n  Did you mean 'us-east1'?\n",
        ),
        (["llm", "azur"], "error: no price source 'azur'; known: aws, azure, gcp, llm\n  Did you mean 'azure'?\n"),
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
    "endpoint", ["notaurl", "ftp://mirror", "http://", "http://host:99999", "http://[", "http://a..b/", "a\x1b:1"]
)
@pytest.mark.parametrize(("source", "also"), [("azure", ""), ("gcp", ", or host:port")])
def test_an_endpoint_is_an_address(source: str, also: str, endpoint: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["prices", "refresh", source, "--endpoint", endpoint]) == 3
    hint = f"Write it as http://host:port or https://host{also}."
    assert capsys.readouterr().err == f"error: --endpoint {endpoint!r} is no address\n  {hint}\n"


def test_an_unknown_region_without_a_near_one_lists_all(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["prices", "refresh", "aws", "--region", "xq"]) == 3
    first, *hint = capsys.readouterr().err.splitlines()
    assert first == "error: aws has no region 'xq'"
    assert hint[0].startswith("  Known: af-south-1, ap-east-1, ")


@pytest.mark.parametrize(
    ("source", "asked", "codes"),
    [
        ("azure", ["West Europe", "EASTUS", "ireland"], ("westeurope", "eastus", "northeurope")),
        ("aws", ["Ireland", "eu-west-1", "us-gov-east-1"], ("eu-west-1", "us-gov-east-1")),
        ("gcp", ["frankfurt", "us"], ("europe-west3", "us")),
        ("azure", ["attdetroit1"], ("attdetroit1",)),
        ("llm", ["anything"], ("anything",)),
        ("azure", [], ()),
    ],
)
def test_regions_go_by_the_names_people_use(source: str, asked: list[str], codes: tuple[str, ...]) -> None:
    with closing(SnapshotCatalog(SNAPSHOT)) as embedded:
        assert regions_to_read(source, asked, embedded) == codes


@pytest.mark.parametrize("endpoint", [None, "http://127.0.0.1:1/", "https://mirror.example", "mirror.example:443"])
def test_gcp_takes_a_host_and_port(endpoint: str | None) -> None:
    assert check_endpoint("gcp", endpoint) is None  # type: ignore[func-returns-value]  # it does not raise


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


@pytest.fixture
def without_credentials(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder of refreshed prices, for somebody who is logged in nowhere."""
    monkeypatch.delenv("TOLLBAR_GCP_API_KEY", raising=False)
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(tmp_path / "none.json"))
    monkeypatch.setenv("TOLLBAR_PRICES_DIR", str(tmp_path))
    return tmp_path


def test_json_of_several_sources_is_one_list_with_the_failures(
    without_credentials: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    now = datetime.now(UTC)
    with PortionStore(without_credentials / "azure-retail-prices.portions") as store:
        store.begin(Request().key(), now, now)
        store.finish(Request().key(), now)
    file = without_credentials / "azure-retail-prices.sqlite"
    file.touch()
    assert main(["prices", "refresh", "azure", "gcp", "--max-age", "1h", "--format", "json"]) == 3
    out, err = capsys.readouterr()
    fresh, failed = json.loads(out)
    assert fresh == {"source": "azure", "file": str(file), "replaced": False, "fresh_since": now.isoformat()}
    assert sorted(failed) == ["error", "source"]
    assert failed["source"] == "gcp"
    assert failed["error"].startswith("no credentials to read Google Cloud with\n")
    assert err.startswith("error: 1 of 2 sources could not be refreshed\ngcp: no credentials to read Google Cloud with")


def test_a_source_named_twice_is_read_once(without_credentials: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["prices", "refresh", "gcp", "gcp", "--format", "json"]) == 3
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("error: no credentials to read Google Cloud with\n")
    assert (without_credentials / "cloud-billing-catalog.portions").exists()
