"""Which languages the office works in, who interprets for it, and who of them fits a person."""
