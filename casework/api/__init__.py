"""The desk for programs: the pages of the desk as JSON, through the same doors and by the same hands.

Nothing is decided here. An address below `/api/v1/` is the page of the same address below a language: the
same route answers it, asks the same keys, leaves the same trace. Only what is written at the end differs: a
page's *shape* (`shapes/`) names each thing the page shows, and nothing that it does not.
"""
