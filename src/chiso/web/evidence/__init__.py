"""Evidence: files and links with number, date, issuer and validity, linked to criteria of rounds."""
