"""What goes wrong, in words that reach the person who started the job."""

import re


class InputError(Exception):
    """The log cannot be read as it is, or the output cannot be written where it should be."""


class WorkerFailed(Exception):
    """The gopherwood command could not build a partition."""


# Spark gives a worker's exception as text, with Python's traceback before and Java's behind it.
_REPORTED = re.compile(r"gopherwood_spark\.errors\.(?:WorkerFailed|InputError): (.*?)(?:\n\s*\n|\n\s+at |\n?\Z)", re.DOTALL)


def reported(error):
    """The words of a WorkerFailed or InputError that Spark reports, None for any other failure."""
    found = _REPORTED.search(str(error))
    return found.group(1).strip() if found else None
