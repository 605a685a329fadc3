"""Where a case stands."""
