"""From articles to a release: build, verify, audit."""
