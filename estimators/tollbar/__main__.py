"""``python -m tollbar``."""

from tollbar.cli.app import main

if __name__ == "__main__":
    raise SystemExit(main())
