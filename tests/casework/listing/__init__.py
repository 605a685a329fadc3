"""Lists of the desk: what they share."""
