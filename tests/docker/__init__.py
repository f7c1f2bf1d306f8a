"""Tests of docker/: what builds images and runs them, without a container engine."""
