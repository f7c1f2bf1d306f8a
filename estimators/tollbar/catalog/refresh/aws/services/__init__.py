"""One file per service, named after our price table: what AWS calls it, and what its products are to us."""
