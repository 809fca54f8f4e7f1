"""Lets `python -m oce` do what the command `oce` does."""

from __future__ import annotations

from oce.site.cli import main

if __name__ == "__main__":
    main()
