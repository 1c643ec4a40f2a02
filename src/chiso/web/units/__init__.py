"""Units with their codes, kinds, parents and names over time, and what became of them by which legal act."""
