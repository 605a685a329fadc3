"""Cases of one event that are read together: a leading one and those put under it, and how that is undone."""
