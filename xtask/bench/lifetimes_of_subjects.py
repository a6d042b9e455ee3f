"""Writes simulated subjects under watch: age in days at leaving or at the end of watching, and three covariates.

usage: lifetimes_of_subjects.py FILE ROWS

The same numbers every time: the generator is seeded.
"""

import sys

import numpy as np
import pandas as pd


def main():
    path, rows = sys.argv[1], int(sys.argv[2])
    rng = np.random.default_rng(20)
    plan = rng.integers(0, 3, rows)
    tickets = rng.poisson(1.5, rows)
    spend = np.round(rng.normal(0, 1, rows), 3)
    rate = 0.002 * np.exp(-0.4 * plan + 0.25 * tickets - 0.3 * spend)
    age = np.ceil(rng.exponential(1 / rate))
    until = rng.integers(100, 1000, rows)
    frame = pd.DataFrame(
        {
            "time": np.minimum(age, until).astype(int),
            "event": (age <= until).astype(int),
            "plan": plan,
            "tickets": tickets,
            "spend": spend,
        }
    )
    frame.to_csv(path, index=False)


main()
