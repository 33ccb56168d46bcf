"""What can go wrong in the register, by room; callers take all of it from here. An exception's docstring
is its message.
"""

from dancu.register.errors.base import *  # noqa: F403
from dancu.register.errors.events import *  # noqa: F403
from dancu.register.errors.facts import *  # noqa: F403
from dancu.register.errors.files import *  # noqa: F403
from dancu.register.errors.marriages import *  # noqa: F403
from dancu.register.errors.merging import *  # noqa: F403
