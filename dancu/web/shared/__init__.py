"""What pages of several audiences share: fields of forms, places, countries, words."""
