"""Whom the office reaches, from answers that are tied to no report."""
