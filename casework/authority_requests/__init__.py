"""Requests from authorities: who asked, on which ground, what was answered, and who signed it."""
