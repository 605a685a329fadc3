"""Texts a member of staff has begun and not sent, sealed to their own key."""
