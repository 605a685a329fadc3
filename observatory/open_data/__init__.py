"""The shapes in which a release can be read by others' programmes."""
