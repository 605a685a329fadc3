"""What is said between the person and the office, and the changes of consent."""
