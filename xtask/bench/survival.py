"""Fits a survival curve or Cox's model with the Python package `lifelines` and says what it took.

usage: survival.py FILE TASK OUT

FILE   subjects under watch: time, event and covariates
TASK   kaplan-meier | cox
OUT    where to write the result as JSON
"""

import json
import sys
import time

import pandas as pd
from lifelines import CoxPHFitter, KaplanMeierFitter


def main():
    path, task, out = sys.argv[1:]
    frame = pd.read_csv(path)
    began = time.perf_counter()
    if task == "kaplan-meier":
        fitter = KaplanMeierFitter().fit(frame["time"], frame["event"])
        seconds = time.perf_counter() - began
        figures = [float(fitter.predict(365)), float(fitter.median_survival_time_)]
    else:
        fitter = CoxPHFitter().fit(frame, "time", "event")
        seconds = time.perf_counter() - began
        figures = [float(x) for x in fitter.params_]
        figures += [float(x) for x in fitter.standard_errors_] + [float(fitter.log_likelihood_)]
    with open(out, "w") as file:
        json.dump({"seconds": seconds, "figures": figures}, file)


main()
