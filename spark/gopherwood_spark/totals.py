"""One summary from the summaries of all partitions."""

import re

_NUMBER = re.compile(r"\d+")


def totals(of_columns, of_partitions):
    """Adds up, line by line, the numbers of texts that differ in nothing else.

    What the command says of the columns alone, every partition says again: that counts once.
    """
    sums = {}
    for text, sign in [(of_columns, 1)] + [pair for t in of_partitions for pair in ((t, 1), (of_columns, -1))]:
        for line in text.splitlines():
            numbers = sums.setdefault(_NUMBER.sub("#", line), [0] * len(_NUMBER.findall(line)))
            for i, n in enumerate(_NUMBER.findall(line)):
                numbers[i] += sign * int(n)
    return "\n".join(_filled(line, numbers) for line, numbers in sums.items())


def _filled(line, numbers):
    values = iter(numbers)
    return re.sub("#", lambda _: str(next(values, "#")), line)
