"""What was done to whom in a case, and who had which part in it."""
