"""Draw docs/images/check.svg: what ``make demo`` shows, in a terminal's colours."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from pathlib import Path

from rich.console import Console
from rich.text import Text

ROOT = Path(__file__).parents[1]
COMMAND = "tollbar check examples/terraform --usage-file examples/terraform/usage.yml"
PICTURE = ROOT / "docs" / "images" / "check.svg"
COLUMNS = 100


def main() -> None:
    """Run the demo with colours and keep what it printed as a picture."""
    program = (
        "import sys; from tollbar.cli import output; output.wants_colour = lambda out: True; "
        "from tollbar.cli.app import main; main(sys.argv[1:])"
    )
    command = [sys.executable, "-c", program, *COMMAND.split()[1:]]
    printed = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT).stdout  # noqa: S603
    console = Console(record=True, width=COLUMNS, file=io.StringIO(), color_system="standard", force_terminal=True)
    console.print(Text(f"$ {COMMAND}", style="bold"))
    console.print(Text.from_ansi(printed))
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    drawn = console.export_svg(title="tollbar check", unique_id="tollbar")
    PICTURE.write_text(re.sub(r"@font-face \{.*?\}\s*", "", drawn, flags=re.DOTALL), encoding="utf-8")


if __name__ == "__main__":
    main()
