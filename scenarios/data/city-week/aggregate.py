#!/usr/bin/env python3
"""Makes arrivals.csv: requests per half-hour and channel, from the requests of St. Louis' Citizens' Service Bureau.

    python3 aggregate.py requests.csv > arrivals.csv

requests.csv has one row per request with at least the columns `opened` (local time, `2018-01-02 08:14:55`) and
`channel`. Every half-hour of 1 to 7 January 2018 gets a row, those without a request too. PROVENANCE.md beside
this file names the source and what was left out.
"""

import csv
import datetime
import sys

COLUMNS = {"PHONE": "phone", "WEB": "web", "TWITTER": "twitter", "EMAIL": "email"}
FIRST_DAY = datetime.datetime(2018, 1, 1)
DAYS = 7
STEP = datetime.timedelta(minutes=30)


def main():
    if len(sys.argv) != 2:
        sys.exit("usage: aggregate.py requests.csv > arrivals.csv")
    steps = DAYS * datetime.timedelta(days=1) // STEP
    counts = [dict.fromkeys(COLUMNS.values(), 0) for _ in range(steps)]
    left_out = {}
    with open(sys.argv[1], newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            column = COLUMNS.get(row["channel"])
            if column is None:
                left_out[row["channel"]] = left_out.get(row["channel"], 0) + 1
                continue
            opened = datetime.datetime.strptime(row["opened"], "%Y-%m-%d %H:%M:%S")
            counts[(opened - FIRST_DAY) // STEP][column] += 1
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(["start", *COLUMNS.values()])
    for index, count in enumerate(counts):
        start = (FIRST_DAY + index * STEP).strftime("%Y-%m-%d %H:%M")
        writer.writerow([start, *count.values()])
    print(f"left out by channel: {left_out}", file=sys.stderr)


if __name__ == "__main__":
    main()
