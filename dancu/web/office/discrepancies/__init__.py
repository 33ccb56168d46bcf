"""Records that disagree with the register: the site's list, and the police's."""
