-- Its id.
SELECT id FROM unit WHERE site = ?1 AND path = ?2;
