"""Three sheets of a case: what points to discrimination, what points to bias, and what the person needs."""
