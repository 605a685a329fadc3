"""Who may file for others: partner associations, and operators who type for a person."""
