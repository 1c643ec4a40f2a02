"""The report beside a draft, as data and as a page; working through its doubts; a draft against a framework."""
