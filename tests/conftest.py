"""Hypothesis without deadlines: the time of one example says nothing on a busy machine."""

from hypothesis import HealthCheck, settings

settings.register_profile("sdpkit", deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("sdpkit")
