"""Files of rows in whatever form they come: CSV, spreadsheets, Parquet, JSON."""
