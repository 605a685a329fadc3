"""The same door for programs: JSON in, JSON out, described in openapi.json."""
