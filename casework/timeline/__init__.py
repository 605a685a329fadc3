"""What was done and read, by whom and when: append-only chains that notice an edited or missing row."""
