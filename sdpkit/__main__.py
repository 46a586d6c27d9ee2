"""`python -m sdpkit` is `sdpkit`."""

from sdpkit.cli import main

if __name__ == "__main__":
    main()
