"""The residents' door: anyone can report, get a receipt, come back with it and hear from the office.

It holds public keys only: what is sent here is sealed before it is kept, and cannot be read again here.
"""
