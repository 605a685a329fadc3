"""Documents the office adds to a case: each a file with what is noted of it, sealed under the case's key."""
