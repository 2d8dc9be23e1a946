"""Readers: from files to articles, with what people have said about them."""

from builder.sources.articles import SourceArticle, read_articles, read_json_lines, read_seeds

__all__ = ["SourceArticle", "read_articles", "read_json_lines", "read_seeds"]
