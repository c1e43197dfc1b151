-- The tags that reading all activities needs, without the many that follow from the WSIS-SDG matrix:
-- those are derived while reading.
CREATE INDEX tag_beside_matrix ON tag (version, n, txn, scheme, code, share, basis, rule) WHERE rule <> 'matrix';
