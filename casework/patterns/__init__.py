"""Many reports against one respondent, or of one kind in one place: counted for all, shown when all agree."""
