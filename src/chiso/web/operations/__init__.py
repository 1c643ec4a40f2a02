"""Running an installation: copies of everything in it, and putting one back."""
