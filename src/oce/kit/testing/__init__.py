"""What an app author tests with: databases, stories, factories and the battery every app must pass."""
