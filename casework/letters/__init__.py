"""Letters from templates that an office can change, and papers a person takes along."""
