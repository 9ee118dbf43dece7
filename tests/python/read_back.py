"""Reads the files of a report with the usual Python tools and holds them against its JSON document.

    python read_back.py FOLDER      the folder that `channelmix report` wrote

With LibreOffice on the path, the workbook is recalculated as well: every formula must come to the stored result, and a wage that is
raised by one must raise the total by the paid hours, and by what comes on top of wages.
"""

import json
import math
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import openpyxl
import pandas

passed = 0


def claim(holds, what):
    global passed
    if not holds:
        sys.exit(f"FAILED {what}\n{passed} passed, 1 failed")
    passed += 1


def near(a, b):
    if a is None or b is None:
        return a is None and b is None
    return math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-9)


def nothing(value):
    return None if value is None or (isinstance(value, float) and math.isnan(value)) else value


def csv(folder, document):
    summary = pandas.read_csv(folder / "summary.csv")
    intervals = pandas.read_csv(folder / "intervals.csv")
    groups = pandas.read_csv(folder / "groups.csv")
    claim(summary["mean"].dtype.kind == "f", "summary.csv: numbers are numbers")
    rows = 0
    for variant in document["variants"]:
        for name, queue in variant["queues"].items():
            of = summary.query("variant == @variant['name'] and kind == 'queue' and name == @name")
            level = of[of.measure == "service_level"]
            claim(near(nothing(level["mean"].iloc[0]), queue["service_level"]["mean"]), f"summary.csv: service level of {name}")
            own = intervals.query("variant == @variant['name'] and queue == @name")
            claim(len(own) == len(queue["intervals"]), f"intervals.csv: rows of {name}")
            claim(near(own.offered_mean.sum(), sum(i["offered"]["mean"] for i in queue["intervals"])), f"intervals.csv: offered to {name}")
            rows += len(own)
        for name, group in variant["groups"].items():
            own = groups.query("variant == @variant['name'] and group == @name")
            claim(near(own.heads_mean.sum(), sum(i["heads"]["mean"] for i in group["intervals"])), f"groups.csv: heads of {name}")
    claim(rows == len(intervals), "intervals.csv: no row too many")


def workbook(path, document):
    values = openpyxl.load_workbook(path, data_only=True)
    mixes = pandas.read_excel(path, sheet_name="Mixes", nrows=len(document["variants"]))
    claim(list(mixes["Mix"]) == [variant["name"] for variant in document["variants"]], "Mixes: names")
    for variant, cost in zip(document["variants"], mixes.iloc[:, 1]):
        claim(near(cost, variant["cost"]["total"]["mean"]), f"Mixes: cost of {variant['name']}")
    for sheet in values:
        claim(sheet.title == "Summary" or sheet.freeze_panes is not None, f"{sheet.title}: the heading is frozen")
    claim(len(openpyxl.load_workbook(path)["Mixes"]._charts) >= 1, "Mixes: charts")
    claim(values["Mixes"]["B2"].number_format == "#,##0", "Mixes: money has its format")
    return values


def recalculated(path, folder):
    command = ["soffice", "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder / "out"), str(path)]
    subprocess.run(command, check=True, capture_output=True)
    return openpyxl.load_workbook(folder / "out" / path.name, data_only=True)


def formulas(path, values, folder):
    # Saved by openpyxl, the workbook has formulas and no results.
    book = openpyxl.load_workbook(path)
    bare = folder / "bare.xlsx"
    book.save(bare)
    anew = recalculated(bare, folder)
    compared = 0
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.value.startswith("="):
                    stored, found = values[sheet.title][cell.coordinate].value, anew[sheet.title][cell.coordinate].value
                    claim(math.isclose(stored, found, rel_tol=1e-6, abs_tol=1e-6), f"{sheet.title} {cell.coordinate}: {stored} {found}")
                    compared += 1
    claim(compared > 20, f"only {compared} formulas")
    group = book["Wages"]["A2"].value
    hours = next(row[2].value * row[4].value for row in anew["Costs"].iter_rows(min_row=2) if row[0].value == "base" and row[1].value == group)
    book["Wages"]["B2"] = book["Wages"]["B2"].value + 1
    dearer = folder / "dearer.xlsx"
    book.save(dearer)
    moved = recalculated(dearer, folder)["Mixes"]["B2"].value - anew["Mixes"]["B2"].value
    claim(math.isclose(moved, hours, rel_tol=1e-6), f"a wage raised by one moves the total by {moved}, not by {hours}")


folder = Path(sys.argv[1])
document = json.loads((folder / "summary.json").read_text())
csv(folder, document)
values = workbook(folder / "report.xlsx", document)
if shutil.which("soffice"):
    with tempfile.TemporaryDirectory() as scratch:
        formulas(folder / "report.xlsx", values, Path(scratch))
else:
    print("SKIPPED: the workbook was not recalculated: there is no soffice", file=sys.stderr)
print(f"{passed} passed, 0 failed")
