"""The language of Vietnamese decisions: letters, numbers, codes, agencies, deadlines, and lists of words as data."""
