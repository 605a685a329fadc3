"""By which ways a person may be reached without danger; what is never safe cannot be done."""
