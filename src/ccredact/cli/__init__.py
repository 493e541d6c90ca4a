"""The command line: `ccredact redact`, `explain`, `detect`, `stream` and `watch`."""

from __future__ import annotations

import signal
import sys

__all__ = ["main"]


def main() -> None:
    """Run the command line and exit with its code; a wrong command line is one line on standard error."""
    try:
        code = _run()
    except KeyboardInterrupt:  # before the handlers stand, or behind them
        if sys.stderr is not None:
            sys.stderr.write("ccredact: interrupted\n")
        code = 128 + signal.SIGINT
    sys.exit(code)


def _run() -> int:
    """Load the commands, which takes a while in which Ctrl-C may come, and run one; return its code."""
    from ccredact.cli.app import app  # noqa: PLC0415
    from ccredact.cli.signals import Stopped, stoppable  # noqa: PLC0415
    from ccredact.cli.terminal import FAILED, REFUSED, tell  # noqa: PLC0415

    try:
        with stoppable():
            code = app(standalone_mode=False, prog_name="ccredact")
    except Stopped as stopped:
        tell("interrupted" if stopped.number == signal.SIGINT else "terminated")
        return 128 + stopped.number
    except Exception as error:  # noqa: BLE001  (what typer raises for a wrong option has no name in all its versions)
        usage = getattr(error, "format_message", None)
        if type(error).__name__ != "NoArgsIsHelpError":  # the help has been shown then
            tell(f"{usage()} (ccredact --help shows how)" if usage else f"internal error: {type(error).__name__}")
        code = REFUSED if usage else FAILED
    return code if isinstance(code, int) else 0
