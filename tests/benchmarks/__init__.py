"""How fast the residents' door is, as ratios to limits measured in the same run (`make bench`)."""
