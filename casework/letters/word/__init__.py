"""Letters as documents for a word processor: an office's templates, what is refused, how they are filled."""
