"""What somebody owes because of something that happened, and what settled it."""
