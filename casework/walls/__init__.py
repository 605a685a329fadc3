"""The wall around a case whose other side is the city itself: how it rises, what is offered, how it comes down."""
