"""Disclosure control: bands, the audit of what can be worked out from them, and the repair."""
