"""One file per service or group, named after our price table: what AWS calls it, what its products are to us."""
