"""Receipts: made before they are needed, shown once, printed."""
