"""The six counts of a month, from the tables and from the timeline, which must say the same."""
