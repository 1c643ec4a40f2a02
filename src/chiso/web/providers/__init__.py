"""What agencies supply for many units at once: a grid, Excel, objections."""
