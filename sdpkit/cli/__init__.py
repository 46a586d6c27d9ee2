"""The command line: one module a command; each turns arguments into a library call, a report and an exit code."""

from sdpkit.cli.app import main

__all__ = ["main"]
