-- Since which change the history is whole stood in two places: with the row without a key, and in
-- the log, where derived tags were written anew last. It stands in that row alone from now on.
UPDATE moved SET seq = (SELECT MAX(seq) FROM change WHERE verb = 'rederive')
WHERE key = '' AND seq < (SELECT MAX(seq) FROM change WHERE verb = 'rederive');
