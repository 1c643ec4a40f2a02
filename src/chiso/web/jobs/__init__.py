"""Long work in the background: import, export, recalculation, mail; with progress on the page and a result to fetch."""
