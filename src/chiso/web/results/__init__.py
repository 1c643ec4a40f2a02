"""Results: what the engine made of the reports of a round, for leaders; stored, and computed nowhere else."""
