-- Makes them anew, with the ways.
DELETE FROM needs;
