"""Taking back that a deadline, a task or a hearing had ended, where that was noted by mistake."""
