"""A diary somebody keeps without reporting, under a code; it may become a report later."""
