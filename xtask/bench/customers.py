"""Writes customers' histories in days: x repeat purchases, t_x from the first to the last, T watched.

usage: customers.py FILE N            simulates N customers of a BG/NBD world, each on its own
       customers.py FILE SUMMARY.csv  takes them from a summary in weeks (columns x, t_x, T)
"""

import sys

import numpy as np


def simulated(n):
    random = np.random.default_rng(20_260_101)
    r, alpha, a, b = 0.35, 40.0, 0.8, 2.5  # days
    age = random.integers(30, 731, n)
    rate = random.gamma(r, 1 / alpha, n)
    leave = random.beta(a, b, n)
    x = np.zeros(n, dtype=np.int64)
    last = np.zeros(n)
    now = np.zeros(n)
    there = np.arange(n)
    while there.size:
        now[there] += random.exponential(1, there.size) / rate[there]
        there = there[now[there] <= age[there]]
        # Two purchases on one day are one: only a later day counts.
        later = np.ceil(now[there]) > last[there]
        x[there[later]] += 1
        last[there] = np.ceil(now[there])
        there = there[random.random(there.size) >= leave[there]]
    return x, last.astype(np.int64), age


def summarised(path):
    import pandas as pd

    frame = pd.read_csv(path)
    days = lambda column: (frame[column] * 7).round().astype(np.int64).to_numpy()
    return frame["x"].to_numpy(), days("t_x"), days("T")


if __name__ == "__main__":
    path, source = sys.argv[1:]
    columns = simulated(int(source)) if source.isdigit() else summarised(source)
    with open(path, "w") as out:
        out.write("x,t_x,T\n")
        np.savetxt(out, np.column_stack(columns), fmt="%d", delimiter=",")
