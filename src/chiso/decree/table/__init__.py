"""From tables and lists to rows: what each column holds, what each row is, which rows make up a set, and its tree."""
