"""Counting days: which days are worked, and when what was promised is due.

It lives in the kernel because the door tells a resident the same day as the desk tells an adviser. It must
not know what a case is. Legal time limits, with their rules and worked examples, will stand beside these.
"""
