"""The rights guide, and the short limits that may be running: guidance, and never a promise."""
