"""The desk with many cases: what its pages cost, against the bare question, and as cases grow."""
