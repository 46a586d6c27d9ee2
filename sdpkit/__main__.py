"""`python -m sdpkit`, and the program `sdpkit`."""

import signal


def main() -> None:
    """Runs the program."""
    # While the parts of the program are imported, Ctrl-C just ends it: a KeyboardInterrupt could get lost in there.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    from sdpkit.cli.app import main as run  # noqa: PLC0415  it takes its time

    signal.signal(signal.SIGINT, signal.default_int_handler)
    run()


if __name__ == "__main__":
    main()
