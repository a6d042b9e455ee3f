"""Writes a company of a chosen size as Parquet files, with the settings that map them.

usage: generate.py DIR ROWS

ROWS responses and as many transactions of ROWS/10 customers over two years.
The same numbers every time: the generator is seeded.
"""

import os
import sys

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

SETTINGS = """\
format = 1

[project]
name = "Bench"
time_zone = "UTC"
currency = "EUR"
profile = "full-50"

[[source]]
name = "customers"
files = ["customers.parquet"]
[source.customers]
customer_id = "customer_id"
acquired_at = "acquired_at"
dimensions = ["segment"]

[[source]]
name = "responses"
files = ["responses.parquet"]
[source.responses]
customer_id = "customer_id"
survey_kind = { value = "relationship" }
question = "question"
channel = "channel"
answered_at = "answered_at"
value = "value"

[[source]]
name = "transactions"
files = ["transactions.parquet"]
[source.transactions]
customer_id = "customer_id"
order_id = "order_id"
occurred_at = "occurred_at"
amount = "amount"
channel = "channel"

[questions]
recommend = "0-10"
satisfaction = "1-5"
effort = "1-7"
"""

QUESTIONS = ["recommend", "satisfaction", "effort"]
CHANNELS = ["web", "app", "phone", "shop", "email", "chat"]
SEGMENTS = ["home", "garden", "trade", "studio"]
START = np.datetime64("2024-01-01T00:00:00", "us").astype("int64")
SPAN = 730 * 86_400_000_000
CHUNK = 1_000_000


def coded(rng, words, n, weights=None):
    codes = rng.choice(len(words), n, p=weights).astype("int8")
    return pa.DictionaryArray.from_arrays(pa.array(codes), pa.array(words))


def moments(rng, first, last, n):
    """Sorted moments of one chunk, as records come in."""
    times = np.sort(rng.integers(first, last, n))
    return pa.array(times, type=pa.timestamp("us", tz="UTC"))


def write(path, schema_of, rows):
    writer = None
    for number, start in enumerate(range(0, rows, CHUNK)):
        n = min(CHUNK, rows - start)
        first = START + SPAN * start // rows
        last = START + SPAN * (start + n) // rows
        table = schema_of(np.random.default_rng([7, number]), first, last, n, start)
        if writer is None:
            writer = pq.ParquetWriter(path, table.schema, compression="zstd")
        writer.write_table(table, row_group_size=CHUNK)
    writer.close()


def main():
    folder, rows = sys.argv[1], int(sys.argv[2])
    customers = max(rows // 10, 10)
    os.makedirs(folder, exist_ok=True)

    def responses(rng, first, last, n, _):
        question = rng.choice(3, n).astype("int8")
        tops = np.array([11, 5, 7])[question]
        lows = np.array([0, 1, 1])[question]
        value = np.minimum(lows + (rng.beta(3.0, 1.3, n) * tops).astype("int64"), lows + tops - 1)
        return pa.table(
            {
                "customer_id": pa.array(rng.integers(0, customers, n).astype("int32")),
                "question": pa.DictionaryArray.from_arrays(pa.array(question), pa.array(QUESTIONS)),
                "channel": coded(rng, CHANNELS, n, [0.3, 0.25, 0.15, 0.1, 0.1, 0.1]),
                "answered_at": moments(rng, first, last, n),
                "value": pa.array(value.astype("int8")),
            }
        )

    def transactions(rng, first, last, n, start):
        # Heavy buyers buy more often: customers are drawn unevenly.
        who = (customers * rng.random(n) ** 1.6).astype("int32")
        return pa.table(
            {
                "customer_id": pa.array(who),
                "order_id": pa.array(np.arange(start, start + n, dtype="int32")),
                "occurred_at": moments(rng, first, last, n),
                "amount": pa.array(np.round(rng.lognormal(3.2, 0.9, n), 2)),
                "channel": coded(rng, CHANNELS, n),
            }
        )

    def people(rng, first, last, n, start):
        return pa.table(
            {
                "customer_id": pa.array(np.arange(start, start + n, dtype="int32")),
                "acquired_at": moments(rng, START - SPAN, START, n),
                "segment": coded(rng, SEGMENTS, n, [0.46, 0.33, 0.12, 0.09]),
            }
        )

    write(os.path.join(folder, "responses.parquet"), responses, rows)
    write(os.path.join(folder, "transactions.parquet"), transactions, rows)
    write(os.path.join(folder, "customers.parquet"), people, customers)
    with open(os.path.join(folder, "cx.toml"), "w", encoding="utf-8") as file:
        file.write(SETTINGS)


if __name__ == "__main__":
    main()
