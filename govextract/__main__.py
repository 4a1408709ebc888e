"""``python -m govextract``: the command line where its script is not on the path."""

from govextract.cli import main

if __name__ == "__main__":
    main()
