"""`python -m bedplate.cli`, for a machine where scripts are not on the path."""

from bedplate.cli import main

main()
