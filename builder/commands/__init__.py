"""The builder's commands: their options, and what each of them does with its arguments."""
