"""`python -m ccredact` is the command line."""

from ccredact.cli import main

if __name__ == "__main__":
    main()
