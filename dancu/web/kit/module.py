"""What this module brings to the house: the page kit, and in a demo the page that shows it."""

from dancu.modules import Module

MODULE = Module(urls={"kit/": "dancu.web.kit.urls"})
