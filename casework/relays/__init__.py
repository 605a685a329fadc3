"""Who may file for others: partner associations, and people of the office who type in for a person."""
