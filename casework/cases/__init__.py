"""What the office works on: a case, its keys, its codes and its end."""
