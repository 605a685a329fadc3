"""Invented data for a demonstration: five years of a city's office that never were.

Everything made here is marked as invented, belongs to nobody, and is refused outside `--demo`.
"""
