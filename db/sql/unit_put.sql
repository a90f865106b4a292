-- A unit path of a site.
INSERT OR IGNORE INTO unit (site, path) VALUES (?1, ?2);
