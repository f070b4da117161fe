"""`python -m assistant` is `placements`."""

from assistant.cli import main

raise SystemExit(main())
