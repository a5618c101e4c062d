"""Opens our workbooks with openpyxl and LibreOffice: every cell is compared, inputs are filled in, and what comes back
must be what was filled in. Usage: python3 tests/office/check.py ZIPING FOLDER (needs soffice and python3-openpyxl)."""
import json
import pathlib
import subprocess
import sys

import openpyxl

ziping, folder = sys.argv[1], pathlib.Path(sys.argv[2])


def run(*words, **more):
    return subprocess.run(words, capture_output=True, text=True, timeout=300, **more)


def read(*files):
    done = run(ziping, "-q", "form", "--read", *map(str, files))
    return [json.loads(line) for line in done.stdout.splitlines()], done.returncode


def converted(file, kind, to):
    to.mkdir(exist_ok=True)
    profile = f"-env:UserInstallation=file://{folder.resolve()}/profile"
    run("soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(to), str(file))
    return to / f"{file.stem}.{kind.split(':')[0]}"


rubrics = json.loads(run(ziping, "rubrics").stdout)["rubrics"]
blank = folder / "blank"
run(ziping, "-q", "form", "--out", str(blank), "--blank")
cells = opened = 0
for rubric in rubrics:
    file = blank / f"附件{rubric['annex']}-空白表.xlsx"
    sheet = openpyxl.load_workbook(file).worksheets[0]
    again = openpyxl.load_workbook(converted(file, "xlsx", folder / "office")).worksheets[0]
    texts = {str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None}
    for row in rubric["rows"]:
        assert row["standard"] in texts and row["id"] in texts, row["id"]
    for row in sheet.iter_rows():
        for cell in row:
            other = again[cell.coordinate].value
            assert (cell.value or "") == (other or ""), (cell.coordinate, cell.value, other)
            assert cell.data_type != "f", cell.coordinate
            cells += 1
    assert {str(it) for it in sheet.merged_cells.ranges} == {str(it) for it in again.merged_cells.ranges}
    assert sheet.protection.sheet and sheet.freeze_panes and sheet.print_title_rows
    opened += 2
    # every list and number is filled in by openpyxl, then by LibreOffice once more
    book = openpyxl.load_workbook(file)
    sheet, filled = book.worksheets[0], 0
    for rule in sheet.data_validations.dataValidation:
        cell = sheet[str(rule.sqref).split(":")[0]]
        assert not cell.protection.locked, cell.coordinate
        label = str(sheet.cell(cell.row, cell.column - 1).value)
        if cell.column != 12 or label.startswith("或") or label == "不适用、待确认" or rule.type is None:
            continue
        words = (rule.formula1 or "").strip('"').split(",")
        cell.value = words[0] if rule.type == "list" else 1
        filled += 1
    by_python = folder / f"python-{rubric['annex']}.xlsx"
    book.save(by_python)
    by_office = converted(by_python, "xlsx", folder / "filled")
    (mine,), status = read(by_python)
    assert status == 0 and "answers" in mine, mine
    (theirs,), status = read(by_office)
    assert status == 0 and mine == theirs, theirs
    given = sum(len(it) for it in mine["answers"].values()) + sum(len(it) for it in mine.get("partial", {}).values())
    print(f"附件{rubric['annex']}: {filled} filled in, {given} keys read, {len(mine.get('partial', {}))} partial")
    converted(file, "pdf", folder / "pdf")
    opened += 2
    # a formula is refused by the name of its cell
    cell.value = "=1+1"
    sheet["L12"].value = "=1+1"
    book.save(folder / "formula.xlsx")
    errors, status = read(folder / "formula.xlsx")
    assert status == 2 and all(it["error"]["code"] == "cell" for it in errors), errors
    assert any("公式" in it["error"]["message"] for it in errors), errors
print(f"{opened} workbooks opened, {cells} cells compared")
