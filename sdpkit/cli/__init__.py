"""The command line: one module a command; each turns arguments into a library call, a report and an exit code."""
