"""What the office promised about each report, and what of it is late."""
