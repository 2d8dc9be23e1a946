"""Lets `python -m benchmark` do what the command `benchmark` does."""

import sys

from benchmark.cli import main

if __name__ == "__main__":
    sys.exit(main())
