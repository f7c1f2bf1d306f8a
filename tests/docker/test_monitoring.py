"""Alerts and dashboards ask for nothing but what the service and OPA really export."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import httpx2
import promql_parser
import pytest
import yaml

from tests.bundle.artifacts import KeyPair, build
from tests.bundle.control_plane import TOKEN, access_file, configured_opa, control_plane
from tests.docker.image import DOCKER
from tests.docker.stack import compose
from tests.golden.cases import golden_cases
from tests.service.running import running_service

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PROMETHEUS = DOCKER / "prometheus"
DASHBOARDS = sorted((DOCKER / "grafana" / "dashboards").glob("*.json"))
GRAFANAS_OWN = {"$__rate_interval": "5m", "$__range": "6h"}
OF_SCRAPING = {"up": {"job", "instance"}}
"""What Prometheus adds by itself."""


@dataclass(frozen=True)
class Query:
    """An expression, and where it stands."""

    place: str
    text: str

    def __str__(self) -> str:
        """Return where it stands."""
        return self.place


def _rules() -> list[dict[str, Any]]:
    groups = yaml.safe_load((PROMETHEUS / "alerts.yml").read_text(encoding="utf-8"))["groups"]
    return [rule for group in groups for rule in group["rules"]]


def _panels() -> list[tuple[str, dict[str, Any]]]:
    found = [(file.stem, json.loads(file.read_text(encoding="utf-8"))) for file in DASHBOARDS]
    return [(f"{name}: {panel['title']}", panel) for name, dashboard in found for panel in dashboard["panels"]]


def _without_variables(text: str) -> str:
    for name, value in GRAFANAS_OWN.items():
        text = text.replace(name, value)
    return re.sub(r'"\$\w+"', '".*"', text)


def all_queries() -> list[Query]:
    of_rules = [Query(rule["alert"], rule["expr"]) for rule in _rules()]
    of_panels = [
        Query(f"{name} {target['refId']}", _without_variables(target["expr"]))
        for name, panel in _panels()
        for target in panel["targets"]
    ]
    return of_rules + of_panels


QUERIES = all_queries()


@pytest.fixture(scope="module")
def exported(opa: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """The labels of each metric, by its name, of a service and an OPA that have done something."""
    folder = tmp_path_factory.mktemp("monitoring")
    found = {name: set(labels) for name, labels in OF_SCRAPING.items()}
    for name, labels in [*_of_service(folder), *_of_opa(opa, folder)]:
        found.setdefault(name, {"job", "instance"}).update(labels)
    return found


def _of_service(folder: Path) -> Iterator[tuple[str, set[str]]]:
    with running_service(folder) as service, service.client(service.token()) as client:
        assert client.get("/readyz").status_code == 200
        for case in golden_cases()[:3]:
            body = case.estimate_file.read_bytes()
            answer = client.post("/v1/decisions", content=body, headers={"Content-Type": "application/json"})
            assert answer.status_code == 200
        yield from _labels(client.get("/metrics").text)


def _of_opa(opa: Path, folder: Path) -> Iterator[tuple[str, set[str]]]:
    key = KeyPair(folder, "tollbar")
    bundle, _ = build(opa, folder / "dist", key)
    broken = folder / "broken.tar.gz"
    broken.write_bytes(b"no bundle")
    with control_plane() as plane, pytest.MonkeyPatch.context() as patch:
        plane.publish(bundle)
        with configured_opa(opa, plane, key, patch, (access_file(folder),)) as url:
            plane.status(lambda state: "active_revision" in state)
            plane.publish(broken)
            for _ in range(2):  # the counter is told after the first
                plane.status(lambda state: "code" in state)
            httpx2.post(f"{url}/v1/data/tollbar/decision", json={"input": {}}).raise_for_status()
            answer = httpx2.get(f"{url}/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
            yield from _labels(answer.raise_for_status().text)


def _labels(text: str) -> Iterator[tuple[str, set[str]]]:
    """By hand: the parser of prometheus_client calls counters otherwise than they are called."""
    for name, labels in re.findall(r"^(\w+)(\{.*\})? \S+$", text, flags=re.MULTILINE):
        yield name, set(re.findall(r'(\w+)="(?:[^"\\]|\\.)*"', labels))


def _nodes(query: Query) -> list[Any]:
    found: list[Any] = []
    promql_parser.walk(promql_parser.parse(query.text), found.append)
    return found


def _selectors(query: Query) -> list[tuple[str, dict[str, str]]]:
    """Return the metrics that a query is of, each with what its labels are to be."""
    nodes = [node for node in _nodes(query) if isinstance(node, promql_parser.VectorSelector)]
    return [(node.name or "", {each.name: each.value for each in node.matchers.matchers}) for node in nodes]


@pytest.mark.parametrize("query", QUERIES, ids=str)
def test_a_query_names_only_what_is_exported(query: Query, exported: dict[str, set[str]]) -> None:
    selectors = _selectors(query)
    assert selectors
    assert {name for name, _ in selectors} - set(exported) == set()
    assert [(name, label) for name, labels in selectors for label in labels if label not in exported[name]] == []
    known = set().union(*(exported[name] for name, _ in selectors))
    aggregated = [node.modifier for node in _nodes(query) if isinstance(node, promql_parser.AggregateExpr)]
    assert {label for modifier in aggregated if modifier for label in modifier.labels} - known == set()


@pytest.mark.parametrize("query", QUERIES, ids=str)
def test_a_query_is_of_one_job(query: Query) -> None:
    """Another's metric of the same name must not be mixed in."""
    jobs = {(name.startswith("tollbar_"), labels.get("job")) for name, labels in _selectors(query) if name != "up"}
    assert jobs <= {(True, "tollbar"), (False, "opa")}


def test_every_metric_of_ours_is_shown(exported: dict[str, set[str]]) -> None:
    shown = {name for query in QUERIES for name, _ in _selectors(query)}
    ours = {name for name in exported if name.startswith("tollbar_")}
    same_as_buckets = {name for name in ours if name.endswith(("_sum", "_count", "_created"))}
    assert ours - same_as_buckets - shown == set()


def test_a_metric_that_is_not_exported_is_found_out(exported: dict[str, set[str]]) -> None:
    with pytest.raises(AssertionError):
        test_a_query_names_only_what_is_exported(
            Query("x", 'rate(tollbar_requests_total{job="tollbar"}[5m])'), exported
        )
    with pytest.raises(AssertionError):
        test_a_query_names_only_what_is_exported(
            Query("x", 'tollbar_decisions_total{job="tollbar", team="x"}'), exported
        )


@pytest.mark.parametrize(
    ("command", "file"), [(("check", "rules"), "alerts.yml"), (("test", "rules"), "alerts_test.yml")], ids=" ".join
)
def test_promtool_takes_the_alerts(command: tuple[str, ...], file: str) -> None:
    done = subprocess.run([_promtool(), *command, file], cwd=PROMETHEUS, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_alert_is_tested() -> None:
    text = (PROMETHEUS / "alerts_test.yml").read_text(encoding="utf-8")
    expected = set(re.findall(r"alertname: (\w+)\n +exp_alerts:\n +- ", text))
    assert expected == {rule["alert"] for rule in _rules()}


def test_promtool_takes_the_configuration(tmp_path: Path) -> None:
    """With the files in the places where compose.yml puts them."""
    text = (PROMETHEUS / "prometheus.yml").read_text(encoding="utf-8")
    for secret in compose()["services"]["prometheus"]["secrets"]:
        (tmp_path / secret).write_text("token", encoding="utf-8")
        assert f"/run/secrets/{secret}" in text
    (tmp_path / "prometheus.yml").write_text(text.replace("/run/secrets", str(tmp_path)), encoding="utf-8")
    shutil.copy(PROMETHEUS / "alerts.yml", tmp_path)
    command = [_promtool(), "check", "config", str(tmp_path / "prometheus.yml")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def _promtool() -> str:
    found = shutil.which("promtool")
    if found is None:
        pytest.skip("promtool is not installed")
    return found


@pytest.mark.parametrize("file", DASHBOARDS, ids=lambda file: file.stem)
def test_a_dashboard_is_whole(file: Path) -> None:
    dashboard = json.loads(file.read_text(encoding="utf-8"))
    source = yaml.safe_load((DOCKER / "grafana/provisioning/datasources/prometheus.yml").read_text(encoding="utf-8"))
    uid = source["datasources"][0]["uid"]
    panels = dashboard["panels"]
    assert len({panel["id"] for panel in panels}) == len({panel["title"] for panel in panels}) == len(panels)
    used = [node["datasource"] for node in [*panels, *dashboard["templating"]["list"]]]
    used += [target["datasource"] for panel in panels for target in panel["targets"]]
    assert [each for each in used if each != {"type": "prometheus", "uid": uid}] == []
    variables = {variable["name"] for variable in dashboard["templating"]["list"]}
    text = " ".join(target["expr"] for panel in panels for target in panel["targets"])
    assert set(re.findall(r"\$(?!__)(\w+)", text)) == variables
    cells = [
        (x, y)
        for place in (panel["gridPos"] for panel in panels)
        for x in range(place["x"], place["x"] + place["w"])
        for y in range(place["y"], place["y"] + place["h"])
    ]
    assert len(cells) == len(set(cells))  # no panel lies over another
    assert max(x for x, _ in cells) < 24


@pytest.mark.parametrize(("name", "panel"), _panels(), ids=lambda value: value if isinstance(value, str) else "")
def test_a_legend_shows_labels_that_are_left(name: str, panel: dict[str, Any]) -> None:
    for target in panel["targets"]:
        shown = set(re.findall(r"\{\{(\w+)\}\}", target["legendFormat"]))
        kept = set(re.findall(r"\w+", " ".join(re.findall(r"by \(([^)]*)\)", target["expr"]))))
        assert shown <= (kept or {"instance"}), name


def test_what_is_provisioned_is_where_it_is_mounted() -> None:
    volumes = dict(volume.split(":")[:2] for volume in compose()["services"]["grafana"]["volumes"])
    provider = yaml.safe_load((DOCKER / "grafana/provisioning/dashboards/tollbar.yml").read_text(encoding="utf-8"))
    assert provider["providers"][0]["options"]["path"] == volumes["./grafana/dashboards"]
    assert volumes["./grafana/provisioning"] == "/etc/grafana/provisioning"
