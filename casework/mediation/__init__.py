"""Mediation between the two sides of a case, by somebody who does not have it."""
