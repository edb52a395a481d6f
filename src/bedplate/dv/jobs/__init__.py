"""Campaigns as lists of jobs, and the one runner of them: in processes here, or on a farm."""

from bedplate.dv.jobs.job import Job, shown_again_by
from bedplate.dv.jobs.runner import HERE, TWO, Runner, Tell, counted

__all__ = ["HERE", "TWO", "Job", "Runner", "Tell", "counted", "shown_again_by"]
