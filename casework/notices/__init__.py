"""Telling somebody that there is news, without saying from whom or about what."""
