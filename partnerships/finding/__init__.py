"""How the public finds partnerships beyond the list: words for topics, map, open data, glossary."""
