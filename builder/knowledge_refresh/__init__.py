"""`builder knowledge refresh`: results of the Wikidata query service, read into the tables."""

from builder.knowledge_refresh.plan import Plan
from builder.knowledge_refresh.refresh import Options, Refreshed, refresh
from builder.knowledge_refresh.write import write

__all__ = ["Options", "Plan", "Refreshed", "refresh", "write"]
