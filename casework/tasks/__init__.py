"""Who has to act next in a case, and what members of staff have to do in it by which day."""
