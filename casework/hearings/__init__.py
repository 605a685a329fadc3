"""The days on which a court, the labour conciliation service or an authority sees the person."""
