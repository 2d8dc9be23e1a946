"""The release folder: shards, manifest, card, checksums."""
