"""One instance on a bench, on the model or in RTL, and what acts bring about there."""
