"""Stage 6: the estimate and the decision as people and machines read them, one file per format."""
