"""Carries sealed envelopes from the mailbox to the desk and sealed replies back; opens nothing."""
