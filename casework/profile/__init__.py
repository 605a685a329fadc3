"""What somebody is, where the case needs it: with their yes, under a key of its own, for their adviser."""
