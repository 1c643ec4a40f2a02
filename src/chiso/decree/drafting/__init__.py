"""From rows and prose to a framework file that loads, with the account of every field."""
