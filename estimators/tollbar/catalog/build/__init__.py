"""Building the reviewable price tables from downloaded source tables: one file per service.

Every module ``<cloud>_<service>.py`` exports ``TABLE`` (``aws/nat_gateway``, the file it fills) and
``prices(tables)``, which yields candidates; where two sources know the same price, the more trusted
one wins, then the newer. ``python -m tollbar.catalog.build DIRECTORY`` runs them all.
"""
