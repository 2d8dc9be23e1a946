"""Recognisers: from a text to typed mentions of dates, people and citations."""
