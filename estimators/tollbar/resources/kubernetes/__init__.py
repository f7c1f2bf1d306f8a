"""Kubernetes: pods by what they request, volumes, and the load balancers that services order."""
