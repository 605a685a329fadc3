"""The public's and the officials' view of published releases.

It reads verified release folders and nothing else: it holds no database address, knows no case and no
fact, and can show no number that is not in a release.
"""
