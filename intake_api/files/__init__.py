"""Files and voice notes: taken piece by piece, looked into by a process of their own, sealed as they come."""
