"""Receipts that change: a new key at the first visit, or issued again after agreed proof."""
