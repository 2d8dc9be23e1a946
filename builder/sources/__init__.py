"""Readers: from files to articles, with what people have said about them."""

from builder.sources.articles import SourceArticle, read_articles, read_json_lines, read_seeds
from builder.sources.licences import hub_licence, objection
from builder.sources.single import read_article

__all__ = [
    "SourceArticle",
    "hub_licence",
    "objection",
    "read_article",
    "read_articles",
    "read_json_lines",
    "read_seeds",
]
