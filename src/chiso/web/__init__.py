"""The web application: rounds, forms, evidence, sign-off. Points come from ``chiso.scoring`` alone."""
