"""The coded record a person allowed to be counted, sealed to the statistics key."""
