"""From a decision document to a draft framework: what is printed, where it stands, and no guess in silence."""
