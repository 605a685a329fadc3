"""Taking back that a deadline or a task had ended, where that was noted by mistake."""
