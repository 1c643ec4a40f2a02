"""Which points a rule can give at all: an exact algebra of points and intervals."""
