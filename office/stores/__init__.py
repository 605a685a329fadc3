"""The three stores, who may touch which table, and how a store moves from one shape to the next."""
