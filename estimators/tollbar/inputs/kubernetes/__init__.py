"""Kubernetes: manifests, the cluster they are meant for, and what a cluster has cost before."""
