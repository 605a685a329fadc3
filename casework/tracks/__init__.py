"""The tracks of a case, each with its own state, and the remedies reached on them."""
