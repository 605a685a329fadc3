"""Reporting with somebody's help: partner associations, operators, the telephone, paper, a kiosk."""
