"""One name for the many ways in which clouds write a GPU."""

from __future__ import annotations

import pytest

from tollbar.catalog.build.gpu_names import gpu_name


@pytest.mark.parametrize(
    ("model", "memory_gib", "name"),
    [
        ("NVIDIA HGX H100 SXM", 80, "h100"),
        ("H100-NVL-94GB", None, "h100"),
        ("NVIDIA GH200", 96, "gh200"),
        ("NVIDIA A100 SXM4 80GB", 80, "a100_80gb"),
        ("NVIDIA A100 PCIe", 40, "a100_40gb"),
        ("A100-80GB-SXM", None, "a100_80gb"),
        ("A100", None, "a100_40gb"),
        ("V100 (32 GB)", None, "v100_32gb"),
        ("Tesla V100 SXM2", 16, "v100_16gb"),
        ("A10G (24 GB)", None, "a10g"),
        ("A10-24GB", None, "a10"),
        ("A800 80G", 80, "a800"),
        ("RTX4090", None, "rtx_4090"),
        ("RTX 4090 (48 GB mod)", 48, "rtx_4090"),
        ("RTX 3090 Ti", 24, "rtx_3090_ti"),
        ("NVIDIA GeForce RTX 5090", 32, "rtx_5090"),
        ("RTXA6000", None, "rtx_a6000"),
        ("A6000 (48 GB)", None, "rtx_a6000"),
        ("RTX6000", None, "quadro_rtx_6000"),
        ("RTX6000-Ada", None, "rtx_6000_ada"),
        ("NVIDIA RTX 6000 Pro", 96, "rtx_pro_6000"),
        ("RTX Pro 6000 Blackwell", 96, "rtx_pro_6000"),
        ("NVIDIA RTX PRO-A6000 SE", 96, "rtx_pro_6000"),
        ("radeon-pro-v520", None, "radeon_pro_v520"),
        ("AMD MI300X", 192, "mi300x"),
    ],
)
def test_a_name(model: str, memory_gib: int | None, name: str) -> None:
    assert gpu_name(model, memory_gib) == name
