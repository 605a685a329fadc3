"""The scenarios of the acceptance list, walked in a real browser through the pages alone."""
