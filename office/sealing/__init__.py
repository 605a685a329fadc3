"""Sealing: what a person told is readable only with a key that no server holds at rest."""
