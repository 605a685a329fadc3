"""How the team is doing: ageing, answers, load, closures looked at again. Nobody is ranked."""
