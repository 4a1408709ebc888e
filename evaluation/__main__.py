"""`python -m evaluation` is `python -m evaluation.run`."""

import sys

from evaluation.run import main

sys.exit(main())
