"""Records of others that disagree with the register: a site reports them, the police resolve each, the site
applies what is right.

In March 2022 a quarter of all vaccination records disagreed, and this loop, on paper and by telephone, put
them right. The tables were made in `matching/migrations`, where the room began.
"""
