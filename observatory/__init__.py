"""The observatory: from coded facts to signed releases of bands, and nothing that points back to a person."""
