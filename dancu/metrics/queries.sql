-- patience --
-- Nobody waits long for a figure, and a figure for nobody
SET LOCAL statement_timeout = '1s'
