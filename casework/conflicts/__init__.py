"""Who is in a case, whether a name stands on the other side of another case, and who keeps out for it."""
