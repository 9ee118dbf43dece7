"""Reckons every formula of the workbooks of plans anew and holds it against the result that the program stored beside it; holds the sheet
Roster, where there is one, against the file roster.csv beside the workbook.

    python plans.py FILE.xlsx...
"""

import csv
import math
import sys
import warnings
from pathlib import Path

import formulas
import openpyxl

warnings.filterwarnings("ignore")


def checked(path):
    stored = openpyxl.load_workbook(path, data_only=True)
    for sheet in stored:
        if sheet.title != "Plan" and sheet.freeze_panes is None:
            sys.exit(f"FAILED {path.name}: the heading of {sheet.title} is not frozen")
    found = formulas.ExcelModel().loads(str(path)).finish().calculate()
    compared = 0
    for sheet in openpyxl.load_workbook(path):
        for row in sheet.iter_rows():
            for cell in row:
                if not (isinstance(cell.value, str) and cell.value.startswith("=")):
                    continue
                anew = float(found[f"'[{path.name}]{sheet.title.upper()}'!{cell.coordinate}"].value[0, 0])
                result = stored[sheet.title][cell.coordinate].value
                if not math.isclose(anew, result, rel_tol=1e-6, abs_tol=1e-6):
                    sys.exit(f"FAILED {path.name} {sheet.title} {cell.coordinate} {cell.value}: {result} is stored, {anew} is right")
                compared += 1
    return compared


def duties(path):
    """Who works from when to when, by agent and date: what follows without a gap is one duty."""
    found = {}
    with open(path, newline="") as file:
        for row in csv.DictReader(file):
            stretches = found.setdefault(row["agent"], [])
            if stretches and stretches[-1][1] == row["start"]:
                stretches[-1][1] = row["end"]
            else:
                stretches.append([row["start"], row["end"]])
    return {
        agent: {start[:10]: f"{start[11:]}–{end[11:]}" for start, end in stretches}
        for agent, stretches in found.items()
    }


def check_roster(path):
    """Every duty stands with its agent on its day, and nothing else does."""
    book = openpyxl.load_workbook(path)
    if "Roster" not in book.sheetnames:
        return
    rows = list(book["Roster"].iter_rows(values_only=True))
    dates = [heading[-10:] for heading in rows[0][3:]]
    agents = [row for row in rows[1:] if row[1]]
    found = {row[1]: {date: duty for date, duty in zip(dates, row[3:]) if duty} for row in agents}
    wanted = duties(path.parent / "roster.csv")
    if not wanted or found != wanted:
        sys.exit(f"FAILED {path.name}: the sheet Roster is not roster.csv: {found} {wanted}")
    print(f"{path.name}: the duties of {len(found)} agents are those of roster.csv")


for name in sys.argv[1:]:
    many = checked(Path(name).resolve())
    check_roster(Path(name).resolve())
    if many < 5:
        sys.exit(f"FAILED {name}: only {many} formulas")
    print(f"{Path(name).name}: {many} formulas agree")
