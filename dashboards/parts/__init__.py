"""What pages are made of: findings with their tables, choosers, and the plain form of all of it."""
