"""What holds for all tests: no verdict depends on how fast this machine is just now."""

from hypothesis import HealthCheck, settings

settings.register_profile("bedplate", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("bedplate")
