"""The advisers' desk: reports become cases, cases are advised and closed, and every act leaves a trace.

Casework holds what a person told only under keys that signed-in staff bring. It knows nothing of
releases or dashboards, and what it hands over to the observatory is coded and without identifiers.
"""
