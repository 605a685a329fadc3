"""Reports as the courier brought them, still sealed, until somebody of the office takes them up or not."""
