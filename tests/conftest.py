"""What holds for all tests."""

import signal

from hypothesis import HealthCheck, settings

# Shells let programs in the background ignore Ctrl-C, and with them those that they start: here some are interrupted.
signal.signal(signal.SIGINT, signal.default_int_handler)

# The time of one example says nothing on a busy machine.
settings.register_profile("sdpkit", deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("sdpkit")
