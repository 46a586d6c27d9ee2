"""`python -m sdpkit`, and the program `sdpkit`."""

import sys

from sdpkit.cli.exits import INTERRUPTED


def main() -> None:
    """Runs the program; interrupted while its parts are still being imported, it ends as it does later."""
    try:
        from sdpkit.cli.app import main as run  # noqa: PLC0415  it takes its time

        run()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)


if __name__ == "__main__":
    main()
