"""Reports that belong together: one event told by many, a witness and the person it happened to."""
