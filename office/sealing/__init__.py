"""Sealing: what a person told is closed here before it is kept, and opened only by who may read it.

Every primitive comes from a well-kept library; nothing here is home-made. These modules know bytes and
keys; they must not know what a case, a report or a member of staff is.
"""
