"""`python -m thbfund` is the command `thbfund`."""

from thbfund.cli import main

main()
