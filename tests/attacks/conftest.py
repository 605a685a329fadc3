"""A desk for the attacks on it, made as for the tests of the case side."""

from tests.casework.conftest import desk, made

__all__ = ["desk", "made"]
