"""`builder audit`: can a release be gamed? Probes that must not be able to know, and do they?"""

from builder.audit.applicability import Probe
from builder.audit.result import AuditReport, Cell, Row, Verdict
from builder.audit.run import audit
from builder.audit.table import render

__all__ = ["AuditReport", "Cell", "Probe", "Row", "Verdict", "audit", "render"]
