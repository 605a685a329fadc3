"""The city's own sign-in (OpenID Connect) in place of the six digits; the pass-phrase still opens the key."""
