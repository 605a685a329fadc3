"""What holds for every test: a property is tried for as long as it takes; speed is for the benchmarks."""

from hypothesis import settings

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
