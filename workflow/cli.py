"""The command line: runs a verb, prints its report, gives the exit code.

Exit 0 clean; 1 findings, bad input or failed work (the rest is done); 2 wrong use or
configuration; 3 partly done (run again).
"""

import gc
import json
from collections.abc import Sequence

from workflow.arguments import parser
from workflow.commands import Report
from workflow.errors import AuflageError
from workflow.terminal import accept_any_letter, err, out


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a verb; the exit code."""
    # A run lasts seconds and makes few cycles: looking for them takes a fifth of its time.
    gc.set_threshold(1_000_000, 50, 50)
    accept_any_letter()
    options = parser().parse_args(arguments)
    as_json = getattr(options, "json", False)
    try:
        report: Report = options.handler(options)
    except AuflageError as error:
        if as_json:
            out(json.dumps({"errors": [str(error)]}, ensure_ascii=False))
        err(f"auflage: {error}")
        return error.exit_code
    except KeyboardInterrupt:
        err("auflage: stopped; what was finished stays")
        return 130
    _print(report, as_json=as_json)
    return report.exit_code


def _print(report: Report, *, as_json: bool) -> None:
    if as_json:
        out(json.dumps(report.data, ensure_ascii=False, indent=2))
    else:
        for line in report.lines:
            out(line)
    for warning in report.warnings:
        err(f"warning: {warning}")
    for error in report.errors:
        err(f"error: {error}")
