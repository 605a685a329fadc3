"""Counting days: which days are worked, and when what was promised is due.

It lives in the kernel because the door tells a resident the same day as the desk tells an adviser. It must
not know what a case is. Promises are in `promises`, legal limits in `rules` (how time runs), `events` (what
stops it), `limits` (the last days of a route) and `scans` (all that may be running); the limits themselves,
with their law and worked examples, stand in the list of routes. No computed day is certain before a named
lawyer confirms it.
"""
