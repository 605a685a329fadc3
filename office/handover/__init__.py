"""What the parts of the office hand each other, and nothing else. Importing this imports none of them."""
