"""What a news article says, and how it can be made provably wrong: the ground floor."""
