"""What the cities of a partnership promised each other: entering, changing, closing, reopening."""
