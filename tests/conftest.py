"""What holds for every test: properties are tried for as long as they take; speed is the benchmarks' matter."""

from hypothesis import settings

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
