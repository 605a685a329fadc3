"""Who opened what, and why: for the data protection officer. Never what was read."""
