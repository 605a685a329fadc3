"""Handing a person on to another body, with their consent and no more than they consented to."""
