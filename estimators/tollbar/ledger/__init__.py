"""What happened: estimates, what was decided of them, and who approved what afterwards."""
