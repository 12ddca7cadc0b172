"""The script that the server runs for each visitor."""

from thbfund.web.app import main

main()
