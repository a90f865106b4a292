-- Makes them anew: a plan, a site or a rule has changed.
DELETE FROM way;
