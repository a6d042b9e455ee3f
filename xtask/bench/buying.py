"""Fits a buy-till-you-die model with the Python package `lifetimes` and prints what it took.

usage: buying.py FILE MODEL HOW OUT

FILE   histories in days (x, t_x, T), fitted in weeks
MODEL  bg-nbd | pareto-nbd
HOW    rows    a row per customer, as the package is used
       cells   equal rows counted first, as weights
OUT    where to write the result as JSON
"""

import json
import sys
import time

import lifetimes
import pandas as pd


def main():
    path, model, how, out = sys.argv[1:]
    frame = pd.read_csv(path)
    began = time.perf_counter()
    if how == "cells":
        frame = frame.groupby(["x", "t_x", "T"]).size().rename("n").reset_index()
    else:
        frame = frame.assign(n=1)
    counted = time.perf_counter()
    fitter = {"bg-nbd": lifetimes.BetaGeoFitter, "pareto-nbd": lifetimes.ParetoNBDFitter}[model]()
    fitter.fit(frame["x"], frame["t_x"] / 7, frame["T"] / 7, weights=frame["n"])
    fitted = time.perf_counter()
    result = {
        # The package scales the likelihood of BG/NBD by the customers and leaves the fit's own value behind.
        "log_likelihood": log_likelihood(fitter, model, frame),
        "parameters": [float(p) for p in fitter.params_],
        "cells": len(frame),
        "count_seconds": counted - began,
        "fit_seconds": fitted - counted,
    }
    with open(out, "w") as file:
        json.dump(result, file)


def log_likelihood(fitter, model, frame):
    """At the fitted parameters, without penalty and in weeks, by the package's own formula."""
    import numpy as np

    x, recency, age, n = (frame[c].to_numpy(dtype=float) for c in ("x", "t_x", "T", "n"))
    recency, age = recency / 7, age / 7
    if model == "bg-nbd":
        logs = np.log(fitter.params_.to_numpy())
        mean = fitter._negative_log_likelihood(logs, x, recency, age, n, 0.0)
        return float(-mean * n.sum())
    each = fitter._conditional_log_likelihood(fitter.params_.to_numpy(), x, recency, age)
    return float((each * n).sum())


main()
