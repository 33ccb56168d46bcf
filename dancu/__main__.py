import sys

from django.core.exceptions import ImproperlyConfigured

try:
    from dancu.cli import main
except ImproperlyConfigured as wrong:  # of DANCU_MODULES: what is wrong with it is all an operator needs
    sys.exit(f"Error: {wrong}")

main()
