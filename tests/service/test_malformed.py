"""What nobody should send: every one of these is a 4xx with a reason, and takes neither memory nor the service."""

from __future__ import annotations

import io
import json
import os
import stat
import struct
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Mapping

    import httpx2

_JSON, _YAML, _ZIP = "application/json", "application/yaml", "application/zip"
_MEBIBYTE = 1024 * 1024


def _zip(files: Mapping[str, bytes], mode: int = 0o644) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name)
            entry.external_attr = mode << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return packed.getvalue()


def _bomb_that_lies() -> bytes:
    """Return an archive of a file of 300 MiB that says it holds a hundred bytes."""
    packed = bytearray(_zip({"main.tf": b"\0" * (300 * _MEBIBYTE)}))
    for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = packed.index(mark) + at
        packed[place : place + 4] = struct.pack("<I", 100)
    return bytes(packed)


def _workload(calls: bytes) -> bytes:
    model = (
        b'{"workloads":[{"name":"a","kind":"llm","model":"gpt-4o","input_tokens":1,"output_tokens":1,"calls_per_month":'
    )
    return model + calls + b"}]}"


PLAN = json.dumps({"format_version": "1.2", "planned_values": {"root_module": {"resources": []}}}).encode()
ESTIMATE_BEGIN = b'{"schema_version":"1.0","currency":"USD","meta":'
CORPUS: dict[str, tuple[str, bytes, int]] = {
    "nothing": (_JSON, b"", 422),
    "a truncated plan": (_JSON, PLAN[:-9], 422),
    "not JSON": (_JSON, b"{format_version: 1.2}", 422),
    "a list": (_JSON, b"[1, 2, 3]", 422),
    "nested 10,000 deep": (_JSON, b"[" * 10_000 + b"]" * 10_000, 422),
    "an estimate nested 10,000 deep": (_JSON, ESTIMATE_BEGIN + b"[" * 10_000 + b"]" * 10_000 + b"}", 422),
    "objects 100,000 deep": (_JSON, b'{"a":' * 100_000 + b"1" + b"}" * 100_000, 422),
    "YAML nested 10,000 deep": (_YAML, b"[" * 10_000 + b"]" * 10_000, 422),
    "a huge number": (
        _JSON, _workload(b"1e400"), 422,
    ),
    "a number of a million digits": (_JSON, _workload(b"9" * _MEBIBYTE), 422),
    "NaN": (
        _JSON, _workload(b"NaN"), 422,
    ),
    "an estimate with NaN": (_JSON, ESTIMATE_BEGIN + b'NaN,"resources":[]}', 422),
    "UTF-16 cut in the middle of a letter": (_JSON, PLAN.decode().encode("utf-16")[:-1], 422),
    "invalid UTF-8": (_JSON, b'{"workloads":[{"name":"\xff\xfe"}]}', 422),
    "NUL bytes": (_YAML, b"workloads:\n  - {name: a\x00b, kind: llm}\n", 422),
    "a YAML bomb": (
        _YAML, b"workloads:\n  - a: &a [x,x,x,x,x,x,x,x,x]\n" + b"".join(
            f"  - {chr(98 + n)}: &{chr(98 + n)} [{','.join(['*' + chr(97 + n)] * 9)}]\n".encode() for n in range(9)
        ), 422,
    ),
    "YAML that makes objects": (_YAML, b"workloads: !!python/object/apply:os.system [id]\n", 422),
    "no archive": (_ZIP, b"PK\x03\x04 and nothing else", 400),
    "a truncated archive": (_ZIP, _zip({"main.tf": os.urandom(5000)})[:-60], 400),
    "an empty archive": (_ZIP, _zip({}), 422),
    "a zip bomb": (_ZIP, _zip({"main.tf": b"\0" * (300 * _MEBIBYTE)}), 413),
    "a zip bomb that lies": (_ZIP, _bomb_that_lies(), 400),
    "too many files": (_ZIP, _zip({f"{number}.tf": b"" for number in range(5_001)}), 413),
    "a path upwards": (_ZIP, _zip({"../../etc/cron.d/x": b"x"}), 400),
    "a path upwards, as Windows writes it": (_ZIP, _zip({"..\\..\\x.tf": b"x"}), 400),
    "an absolute path": (_ZIP, _zip({"/etc/x.tf": b"x"}), 400),
    "a drive": (_ZIP, _zip({"C:x.tf": b"x"}), 400),
    "a link": (_ZIP, _zip({"main.tf": b"/etc/passwd"}, stat.S_IFLNK | 0o777), 400),
    "a type that is not read": ("text/html", b"<p>", 415),
    "a form without a boundary": ("multipart/form-data", b"--x", 400),
    "a form that ends early": (
        "multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="i', 400,
    ),
    "a form with an unknown part": (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="inptu"\r\n\r\n{}\r\n--x--\r\n', 400,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CORPUS)
@pytest.mark.parametrize("route", ["/v1/estimates", "/v1/decisions"])
def test_it_is_refused_with_a_reason(client: httpx2.Client, route: str, name: str) -> None:
    media_type, body, status = CORPUS[name]
    answer = client.post(route, content=body, headers={"Content-Type": media_type})
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    problem = answer.json()
    assert problem["type"].startswith("urn:tollbar:problem:")
    assert len(problem["detail"]) > 10
    assert "/tmp/" not in answer.text  # noqa: S108 -- what must not be told
    assert "Traceback" not in answer.text


def test_a_body_over_the_limit(client: httpx2.Client) -> None:
    answer = client.post("/v1/estimates", content=b"x" * (33 * _MEBIBYTE), headers={"Content-Type": _JSON})
    assert answer.status_code == 413


def test_a_body_over_the_limit_that_tells_no_length(client: httpx2.Client) -> None:
    chunks = (b"x" * _MEBIBYTE for _ in range(40))
    answer = client.post("/v1/estimates", content=chunks, headers={"Content-Type": _JSON})
    assert answer.status_code == 413


@pytest.mark.parametrize(
    "expression",
    ['file("../../../../../../etc/passwd")', 'file("/etc/passwd")', 'join(",", fileset("/etc", "*"))',
     'templatefile("/etc/hostname", {})'],
)  # fmt: skip
def test_terraform_reads_no_file_of_the_machine(client: httpx2.Client, expression: str) -> None:
    text = f'resource "aws_instance" "a" {{\n  instance_type = "t3.micro"\n  tags = {{ x = {expression} }}\n}}\n'
    answer = client.post("/v1/estimates", content=_zip({"main.tf": text.encode()}), headers={"Content-Type": _ZIP})
    assert "root:" not in answer.text
    assert Path("/etc/hostname").read_text(encoding="utf-8").strip() not in answer.text
    if answer.status_code == 200:
        (resource,) = answer.json()["estimate"]["resources"]
        assert resource["tags"].get("x") in {None, ""}


def test_a_module_outside_the_upload_is_not_read(client: httpx2.Client, tmp_path: Path) -> None:
    (tmp_path / "secret.tf").write_text('resource "aws_instance" "secret" { instance_type = "t3.micro" }\n')
    text = f'module "a" {{\n  source = "{"../" * 12}{str(tmp_path)[1:]}"\n}}\n'
    answer = client.post("/v1/estimates", content=_zip({"main.tf": text.encode()}), headers={"Content-Type": _ZIP})
    assert "secret" not in answer.text.replace(str(tmp_path), "")


def test_memory_stays_where_it_is(client: httpx2.Client) -> None:
    worst = ("a zip bomb", "nested 10,000 deep", "a YAML bomb", "a number of a million digits")

    def send() -> None:
        for name in worst:
            media_type, body, _ = CORPUS[name]
            client.post("/v1/estimates", content=body, headers={"Content-Type": media_type})

    send()
    before = _resident()
    for _ in range(5):
        send()
    assert _resident() - before < 40 * _MEBIBYTE


def _resident() -> int:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")
