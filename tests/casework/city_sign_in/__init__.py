"""The city's own sign-in: what is taken from it, what is not, and that it opens nothing."""
