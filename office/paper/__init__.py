"""Pages as PDF, for the residents' service and the advisers' desk alike."""
