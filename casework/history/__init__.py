"""History: an office's old spreadsheet, or a city's public incident file, brought in as coded facts.

Only codes, months and years are kept; no cell of free text enters. What is imported is released on a
shelf of its own and never mixed with the office's own situations.
"""
