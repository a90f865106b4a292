-- The index was made anew.  Without a condition: whole pages go, unread and unwritten.
DELETE FROM fresh;
