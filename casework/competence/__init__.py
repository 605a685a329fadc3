"""Which body is competent for a case: decided before the person is advised, and anew when it changes."""
