"""Where a case stands in the work of the office: its state, its guards, giving it back, closing it."""
