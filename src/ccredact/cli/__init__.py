"""The command line: `ccredact redact`, `explain`, `detect`, `stream` and `watch`."""

from __future__ import annotations

import signal
import sys

from ccredact.cli.app import app
from ccredact.cli.signals import Stopped, stoppable
from ccredact.cli.terminal import FAILED, REFUSED, tell

__all__ = ["app", "main"]


def main() -> None:
    """Run the command line and exit with its code; a wrong command line is one line on standard error."""
    try:
        with stoppable():
            code = app(standalone_mode=False, prog_name="ccredact")
    except KeyboardInterrupt:  # before the handlers stand, or behind them
        tell("interrupted")
        code = 128 + signal.SIGINT
    except Stopped as stopped:
        tell("interrupted" if stopped.number == signal.SIGINT else "terminated")
        code = 128 + stopped.number
    except Exception as error:  # noqa: BLE001  (what typer raises for a wrong option has no name in all its versions)
        usage = getattr(error, "format_message", None)
        if type(error).__name__ != "NoArgsIsHelpError":  # the help has been shown then
            tell(f"{usage()} (ccredact --help shows how)" if usage else f"internal error: {type(error).__name__}")
        code = REFUSED if usage else FAILED
    sys.exit(code if isinstance(code, int) else 0)
