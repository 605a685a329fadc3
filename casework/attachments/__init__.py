"""Files that people sent: seen as a cleaned copy, kept as they came."""
