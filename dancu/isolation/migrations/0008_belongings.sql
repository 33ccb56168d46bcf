-- depends: isolation 0007_ended
-- An arrival goes with its declaration, from one person to another, whenever it was written (register/merging/catalogue.py).
COMMENT ON COLUMN arrival.declaration_id IS 'goes with declaration';
