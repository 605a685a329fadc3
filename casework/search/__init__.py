"""Finding cases one may open: by number, by codes and days, by a name, and by words that stand in them."""
