"""The wall around a case against the city: how it rises, what is offered, and how it comes down."""
