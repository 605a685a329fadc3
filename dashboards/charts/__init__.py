"""Figures as plain dictionaries, made from published cells and nothing else.

Each function is pure: cells and words in, a figure out. A figure holds no number that is not in the
release: a count appears as the two ends of its band, and axes end at the top of a published band.
"""
