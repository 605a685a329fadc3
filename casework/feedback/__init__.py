"""What people say about how the office dealt with their matter."""
