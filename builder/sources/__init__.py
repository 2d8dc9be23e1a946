"""Readers: from files to articles, with what people have said about them."""

from builder.sources.articles import SourceArticle, read_articles, read_json_lines, read_seeds
from builder.sources.licences import hub_licence, objection

__all__ = [
    "SourceArticle",
    "hub_licence",
    "objection",
    "read_articles",
    "read_json_lines",
    "read_seeds",
]
