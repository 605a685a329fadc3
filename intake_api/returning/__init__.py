"""Coming back with a receipt: status, messages, consents, a new key, notices, feedback."""
