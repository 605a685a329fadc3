"""The deadlines of cases: which clocks run, who confirmed each, and how each ended."""
