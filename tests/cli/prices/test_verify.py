"""``tollbar prices verify``: whether prices are sound, how old they are, what they cover."""

from __future__ import annotations

import json

import pytest

from tollbar.cli.app import main


def test_the_embedded_prices_are_sound(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["prices", "verify", "--cloud", "gcp"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("embedded snapshot: ")
    assert lines[1].startswith("  sound; ")
    assert lines[3].split() == [
        "gcp", "prices", "regions", "newest", "A", "B", "C",
        "us-central1", "us-east1", "europe-west1", "europe-west4", "asia-southeast1", "asia-northeast1",
    ]  # fmt: skip
    assert all(line.startswith("gcp/") for line in lines[4:])


def test_json_tells_the_same_for_machines(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["prices", "verify", "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["snapshots"]["embedded snapshot"]["problems"] == []
    (eks,) = [row for row in document["services"] if row["service"] == "aws/eks"]
    assert (eks["things"], eks["prices"], eks["regions"]) == (2, 2, {"global": 1})


@pytest.mark.parametrize(
    ("cloud", "message"),
    [
        ("mars", "error: no cloud 'mars'; known: aws, azure, gcp, gpu, kubernetes\n"),
        ("", "error: no cloud ''; known: aws, azure, gcp, gpu, kubernetes\n"),
        ("azur", "error: no cloud 'azur'; known: aws, azure, gcp, gpu, kubernetes\n  Did you mean 'azure'?\n"),
    ],
)
def test_an_unknown_cloud_names_the_known_ones(cloud: str, message: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["prices", "verify", "--cloud", cloud]) == 3
    out, err = capsys.readouterr()
    assert (out, err) == ("", message)
