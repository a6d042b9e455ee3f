"""The bare aggregations that `cx` is measured against.

usage: peer.py DIR TOOL TASK

TOOL  duckdb | polars | pandas
TASK  histogram   answers by question, channel, month and point
      customers   per customer: purchases, first and last moment, spend
"""

import os
import sys

THREADS = int(os.environ.get("CX_BENCH_THREADS", "2"))
os.environ["POLARS_MAX_THREADS"] = str(THREADS)


def duckdb_(folder, task):
    import duckdb

    con = duckdb.connect()
    con.execute(f"set threads to {THREADS}")
    if task == "histogram":
        sql = f"""select question, channel, date_trunc('month', answered_at) as month, value, count(*)
                  from '{folder}/responses.parquet' group by all"""
    else:
        sql = f"""select customer_id, count(*), min(occurred_at), max(occurred_at), sum(amount)
                  from '{folder}/transactions.parquet' group by all"""
    return con.execute(f"select count(*) from ({sql})").fetchone()[0]


def polars_(folder, task):
    import polars as pl

    if task == "histogram":
        frame = pl.scan_parquet(f"{folder}/responses.parquet")
        keys = ["question", "channel", pl.col("answered_at").dt.truncate("1mo").alias("month"), "value"]
        frame = frame.group_by(keys).agg(pl.len())
    else:
        frame = pl.scan_parquet(f"{folder}/transactions.parquet").group_by("customer_id")
        frame = frame.agg(
            pl.len().alias("n"),
            pl.col("occurred_at").min().alias("first"),
            pl.col("occurred_at").max().alias("last"),
            pl.col("amount").sum(),
        )
    return frame.collect(engine="streaming").height


def pandas_(folder, task):
    import pandas as pd

    if task == "histogram":
        columns = ["question", "channel", "answered_at", "value"]
        frame = pd.read_parquet(f"{folder}/responses.parquet", columns=columns)
        month = frame["answered_at"].dt.tz_localize(None).astype("datetime64[s]").dt.to_period("M")
        return len(frame.groupby(["question", "channel", month, "value"], observed=True).size())
    columns = ["customer_id", "occurred_at", "amount"]
    frame = pd.read_parquet(f"{folder}/transactions.parquet", columns=columns)
    grouped = frame.groupby("customer_id")
    return len(grouped.agg(n=("amount", "size"), first=("occurred_at", "min"), last=("occurred_at", "max"), spend=("amount", "sum")))


if __name__ == "__main__":
    folder, tool, task = sys.argv[1:]
    print({"duckdb": duckdb_, "polars": polars_, "pandas": pandas_}[tool](folder, task))
