"""Articles, spans, edits and ledgers: offsets in Unicode code points, half-open, into one text."""

from perturbations.text.article import SEPARATOR, Article, ArticleError
from perturbations.text.cover import Cover
from perturbations.text.ledger import Edit, Ledger, LedgerError
from perturbations.text.span import Span, SpanError

__all__ = [
    "SEPARATOR",
    "Article",
    "ArticleError",
    "Cover",
    "Edit",
    "Ledger",
    "LedgerError",
    "Span",
    "SpanError",
]
