"""What stands around the tables: who decided what and when, and the numbers that the prose states."""
