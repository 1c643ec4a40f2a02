"""Collection: what units report, value by value, with who and when; submission and sign-off."""
