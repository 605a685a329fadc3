"""What of a case goes to a prosecutor or a court: an index, hashes, and names of others blacked out."""
