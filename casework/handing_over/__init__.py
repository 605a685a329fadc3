"""The hand-over: consenting situations become facts for the observatory, and nothing else does.

It runs by itself at night with one key, `statistics`, and writes to the facts store only. It cannot
open a story, a contact or a message.
"""
