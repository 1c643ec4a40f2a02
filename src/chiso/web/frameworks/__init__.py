"""Framework versions as the rounds use them, and the pages on which people browse them."""
