"""Facts in, results out: exact points, totals, ranks and levels, each with its trace."""
