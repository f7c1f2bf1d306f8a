"""Stage 2: what a resource is billed for. Pure functions from a resource and its use to components.

One file per service family; each exports ``TYPES``, a tuple of :class:`ResourceType`. Quantities
only: no price is looked up here.
"""
