"""Tests of appointments, clinics and places."""
