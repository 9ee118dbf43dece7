"""Reckons every formula of the workbooks of plans anew and holds it against the result that the program stored beside it.

    python plans.py FILE.xlsx...
"""

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


for name in sys.argv[1:]:
    many = checked(Path(name).resolve())
    if many < 5:
        sys.exit(f"FAILED {name}: only {many} formulas")
    print(f"{Path(name).name}: {many} formulas agree")
