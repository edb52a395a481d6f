"""The two verbs: observe and converge. Boot, resume, recovery and health check are one act from different states.

Start reading at `scheduler.py`.
"""

from bedplate.converge.chip import Chip
from bedplate.converge.plan import Plan, Planned
from bedplate.converge.report import Event, Line, Outcome, Report
from bedplate.converge.scheduler import Scheduler, lead
from bedplate.converge.survey import Seen, Survey

__all__ = ["Chip", "Event", "Line", "Outcome", "Plan", "Planned", "Report", "Scheduler", "Seen", "Survey", "lead"]
