"""Drafts, signatures and shelves: how protected tables become a release that never changes."""
