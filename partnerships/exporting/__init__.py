"""Any filtered list as a spreadsheet: what is in it, who may have it, and what for."""
