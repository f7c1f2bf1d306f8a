"""What must hold of prices before they may replace older ones."""
