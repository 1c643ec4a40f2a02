"""Documents that tests make from the bundled frameworks, in every format that is read."""
