"""Lets `python -m interfaces.cli` run the command line from a checkout."""

from interfaces.cli import main

main()
