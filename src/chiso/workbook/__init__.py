"""Excel forms out and in, results as Excel, and tables of figures in."""
