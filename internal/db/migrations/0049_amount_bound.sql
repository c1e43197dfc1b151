-- An amount of 90 million million and more is not read (resolute.MostCents); those that were count no more.
UPDATE txn SET usable = 0 WHERE usable = 1 AND (cents > 8999999999999999 OR cents < -8999999999999999);
UPDATE budget SET usable = 0 WHERE usable = 1 AND (cents > 8999999999999999 OR cents < -8999999999999999);
