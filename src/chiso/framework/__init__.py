"""What an index is: the model of framework files, their loader, checks, words and differences."""
