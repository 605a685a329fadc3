"""Tests of patterns and of the reprisal watch."""
