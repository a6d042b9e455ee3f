"""Writes a company of a chosen size whose initiatives were drawn by lot, and a plan of what to do next.

usage: returns.py DIR CUSTOMERS

Twenty initiatives that each meet a tenth of the customers, half of them by lot;
five purchases a customer over two years; fourteen candidates. The same numbers
every time: the generator is seeded.
"""

import os
import sys

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

SETTINGS = """\
format = 1

[project]
name = "Bench of returns"
time_zone = "UTC"
currency = "EUR"
covered = [2024-01-01, 2025-12-31]

[[source]]
name = "customers"
files = ["customers.parquet"]
[source.customers]
customer_id = "customer_id"
acquired_at = "acquired_at"
closed_at = "closed_at"
dimensions = ["segment"]

[[source]]
name = "transactions"
files = ["transactions.parquet"]
[source.transactions]
customer_id = "customer_id"
occurred_at = "occurred_at"
amount = "amount"
margin = "margin"

[[source]]
name = "assignments"
files = ["assignments.parquet"]
[source.assignments]
initiative_id = "initiative_id"
customer_id = "customer_id"
arm = "arm"
assigned_at = "assigned_at"

[[source]]
name = "initiatives"
files = ["initiatives.csv"]
[source.initiatives]
initiative_id = "id"
started_at = "from"
target_metric = "metric"
value_stream = "stream"
assigned_by = "way"

[[source]]
name = "costs"
files = ["costs.csv"]
[source.costs]
initiative_id = "initiative"
occurred_at = "day"
amount = "amount"
cost_kind = "kind"
"""

INITIATIVES = 20
CANDIDATES = 14
PURCHASES = 5
SEGMENTS = ["home", "garden", "trade", "studio"]
DAY = 86_400_000_000
START = np.datetime64("2024-01-01T00:00:00", "us").astype("int64")
DAYS = 731


def moments(values):
    return pa.array(values, type=pa.timestamp("us", tz="UTC"))


def names(numbers):
    return pa.array(np.char.add("C", numbers.astype("U8")))


def main(folder, customers):
    os.makedirs(folder, exist_ok=True)
    rng = np.random.default_rng(7)
    ids = np.arange(customers)
    began = START - rng.integers(0, 1500, customers) * DAY
    closed = START + rng.integers(0, 4 * DAYS, customers) * DAY
    gone = closed < START + DAYS * DAY
    pq.write_table(
        pa.table(
            {
                "customer_id": names(ids),
                "acquired_at": moments(began),
                "closed_at": pa.array(closed, type=pa.timestamp("us", tz="UTC"), mask=~gone),
                "segment": pa.DictionaryArray.from_arrays(
                    pa.array(rng.integers(0, len(SEGMENTS), customers).astype("int8")), pa.array(SEGMENTS)
                ),
            }
        ),
        os.path.join(folder, "customers.parquet"),
        compression="zstd",
    )
    starts = [START + (200 + 12 * i) * DAY for i in range(INITIATIVES)]
    effect = np.zeros(customers)
    since = np.full(customers, np.iinfo("int64").max)
    who, what, arms, when = [], [], [], []
    for i, start in enumerate(starts):
        met = rng.choice(customers, customers // 10, replace=False)
        met = met[~gone[met] | (closed[met] > start)]
        treated = rng.random(len(met)) < 0.5
        effect[met[treated]] += 0.01 * i
        since[met[treated]] = np.minimum(since[met[treated]], start)
        who.append(met)
        what.append(np.full(len(met), i, dtype="int8"))
        arms.append(treated.astype("int8"))
        when.append(np.full(len(met), start))
    pq.write_table(
        pa.table(
            {
                "initiative_id": pa.DictionaryArray.from_arrays(
                    pa.array(np.concatenate(what)), pa.array([f"I{i:02}" for i in range(INITIATIVES)])
                ),
                "customer_id": names(np.concatenate(who)),
                "arm": pa.DictionaryArray.from_arrays(
                    pa.array(np.concatenate(arms)), pa.array(["control", "treatment"])
                ),
                "assigned_at": moments(np.concatenate(when)),
            }
        ),
        os.path.join(folder, "assignments.parquet"),
        compression="zstd",
    )
    n = PURCHASES * customers
    buyer = rng.integers(0, customers, n)
    at = np.sort(START + rng.integers(0, DAYS * DAY, n))
    there = (at < closed[buyer]) | ~gone[buyer]
    buyer, at = buyer[there], at[there]
    amount = np.round(rng.gamma(3.0, 20.0, len(buyer)) * (1.0 + effect[buyer] * (at >= since[buyer])), 2)
    pq.write_table(
        pa.table(
            {
                "customer_id": names(buyer),
                "occurred_at": moments(at),
                "amount": pa.array(amount),
                "margin": pa.array(np.round(0.4 * amount, 2)),
            }
        ),
        os.path.join(folder, "transactions.parquet"),
        compression="zstd",
        row_group_size=1_000_000,
    )
    day = lambda micros: str(np.datetime64(int(micros), "us"))[:10]
    with open(os.path.join(folder, "initiatives.csv"), "w") as out:
        out.write("id,from,metric,stream,way\n")
        out.writelines(f"I{i:02},{day(s)},aov,spend,lot\n" for i, s in enumerate(starts))
    with open(os.path.join(folder, "costs.csv"), "w") as out:
        out.write("initiative,day,amount,kind\n")
        out.writelines(f"I{i:02},{day(s)},{20000 + 1000 * i},initiative_capex\n" for i, s in enumerate(starts))
    with open(os.path.join(folder, "plan.toml"), "w") as out:
        out.write('starts = 2026-02-02\nbudget = "300000"\nhorizon_months = 24\n'.replace('"300000"', "300000"))
        for i in range(CANDIDATES):
            out.write(
                f'\n[[initiative]]\nid = "N{i:02}"\nname = "Candidate {i}"\n'
                f'change = {{ churn = "-{1 + i % 5}%..-{3 + i % 7}%..-{8 + i % 9}%" }}\n'
                f"cost = {15000 + 4000 * i}\n"
            )
    # Last, since its presence says that the rest is whole.
    with open(os.path.join(folder, "cx.toml"), "w") as out:
        out.write(SETTINGS)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
