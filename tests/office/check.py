"""Opens our workbooks and documents with openpyxl, python-docx and LibreOffice: every cell is compared, inputs are filled
in, and what comes back must be what was filled in; where pages end no row is cut.
Usage: check.py ZIPING FOLDER FILES, where FILES has what tests/it/office.rs wrote (`cargo xtask test --office`)."""
import json
import pathlib
import subprocess
import sys

import docx
import openpyxl

ziping, folder, files = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
counts = dict.fromkeys(["workbooks", "documents", "cells", "pages", "filled in"], 0)


def run(*words):
    return subprocess.run(words, capture_output=True, text=True, timeout=300)


def read(*workbooks):
    done = run(ziping, "-q", "form", "--read", *map(str, workbooks))
    return [json.loads(line) for line in done.stdout.splitlines()], done.returncode


def converted(file, kind, to):
    to.mkdir(exist_ok=True)
    profile = f"-env:UserInstallation=file://{folder.resolve()}/profile"
    done = run("soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(to), str(file))
    made = to / f"{file.stem}.{kind.split(':')[0]}"
    assert made.exists(), (done.stdout, done.stderr)
    return made


def printed(file):
    """The text of each page on paper, without blanks."""
    pdf = converted(file, "pdf", folder / "pdf")
    pages = ["".join(it.split()) for it in run("pdftotext", "-layout", str(pdf), "-").stdout.split("\f")[:-1]]
    counts["pages"] += len(pages)
    assert pages and all(pages), (file, "an empty page")
    return pages


def whole(text, page):
    """Does all of it stand on this page? Between its lines stand those of other columns."""
    letters = iter(page)
    return all(it in letters for it in "".join(text.split()))


def loaded(file):
    counts["workbooks"] += 1
    return openpyxl.load_workbook(file)


def merged(sheet):
    return {str(it) for it in sheet.merged_cells.ranges}


def same(sheet, again):
    """Every cell, and which are merged."""
    for row in sheet.iter_rows():
        for cell in row:
            other = again[cell.coordinate].value
            assert (cell.value or "") == (other or ""), (sheet.title, cell.coordinate, cell.value, other)
            assert cell.data_type != "f", (sheet.title, cell.coordinate)
            counts["cells"] += 1
    assert merged(sheet) == merged(again), sheet.title


def official(sheet):
    """How an official table is made: what can be filled in, what stays in view, what is printed, where pages end."""
    assert sheet.protection.sheet and sheet.freeze_panes and sheet.print_title_rows, sheet.title
    assert sheet.print_area and sheet.page_setup.paperSize == 9 and sheet.page_setup.fitToHeight == 0, sheet.title
    rules = sheet.data_validations.dataValidation
    limited = [it for it in rules if it.type]
    assert limited and all(it.showErrorMessage and it.formula1 for it in limited), sheet.title
    inputs = {str(it.sqref).split(":")[0] for it in rules}
    for row in sheet.iter_rows():
        for cell in row:
            if type(cell).__name__ == "Cell" and cell.coordinate in inputs:
                assert not cell.protection.locked, (sheet.title, cell.coordinate)
            elif type(cell).__name__ == "Cell" and cell.value is not None:
                assert cell.protection.locked, (sheet.title, cell.coordinate)
    for page in sheet.row_breaks.brk:
        for area in sheet.merged_cells.ranges:
            assert not area.min_row <= page.id < area.max_row, (sheet.title, page.id, str(area))
    return len(sheet.row_breaks.brk) + 1


def blank_forms():
    rubrics = json.loads(run(ziping, "rubrics").stdout)["rubrics"]
    blank = folder / "blank"
    run(ziping, "-q", "form", "--out", str(blank), "--blank")
    for rubric in rubrics:
        file = blank / f"附件{rubric['annex']}-空白表.xlsx"
        sheet = loaded(file).worksheets[0]
        texts = {str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None}
        for row in rubric["rows"]:
            assert row["standard"] in texts and row["id"] in texts, row["id"]
        same(sheet, loaded(converted(file, "xlsx", folder / "office")).worksheets[0])
        pages = printed(file)
        assert len(pages) == official(sheet), (file, len(pages))
        for row in rubric["rows"]:
            assert any(whole(row["standard"], page) for page in pages), row["id"]
        fill_in(file, rubric["annex"])


def fill_in(file, annex):
    """Every list and number is filled in by openpyxl, then saved by LibreOffice once more."""
    book = loaded(file)
    sheet, filled = book.worksheets[0], 0
    for rule in sheet.data_validations.dataValidation:
        cell = sheet[str(rule.sqref).split(":")[0]]
        label = str(sheet.cell(cell.row, cell.column - 1).value)
        if cell.column != 12 or label.startswith("或") or label == "不适用、待确认" or rule.type is None:
            continue
        words = (rule.formula1 or "").strip('"').split(",")
        cell.value = words[0] if rule.type == "list" else 1
        filled += 1
    by_python = folder / f"python-{annex}.xlsx"
    book.save(by_python)
    (mine,), status = read(by_python)
    assert status == 0 and "answers" in mine, mine
    (theirs,), status = read(converted(by_python, "xlsx", folder / "filled"))
    assert status == 0 and mine == theirs, theirs
    printed(by_python)
    counts["filled in"] += filled
    given = sum(len(it) for it in mine["answers"].values()) + sum(len(it) for it in mine.get("partial", {}).values())
    print(f"附件{annex}: {filled} filled in, {given} keys read, {len(mine.get('partial', {}))} partial")
    # a formula is refused by the name of its cell
    cell.value = "=1+1"
    sheet["L12"].value = "=1+1"
    book.save(folder / "formula.xlsx")
    errors, status = read(folder / "formula.xlsx")
    assert status == 2 and all(it["error"]["code"] == "cell" for it in errors), errors
    assert any("公式" in it["error"]["message"] for it in errors), errors


def dossier():
    """A dossier with every field: cell by cell what the model says, and the same record from what LibreOffice saved."""
    file = files / "full.xlsx"
    says = json.loads((files / "full.json").read_text())
    book = loaded(file)
    assert [it.title for it in book.worksheets] == list(says)
    again = loaded(converted(file, "xlsx", folder / "office"))
    for sheet in book.worksheets:
        cells = says[sheet.title]
        for row in sheet.iter_rows():
            for cell in row:
                there = "" if cell.value is None else str(cell.value)
                assert there == cells.get(cell.coordinate, ""), (sheet.title, cell.coordinate, there)
        assert all(sheet[name].value is not None for name in cells if cells[name]), sheet.title
        same(sheet, again[sheet.title])
        if sheet.title.startswith("附件"):
            official(sheet)
        elif sheet.sheet_state == "visible":
            assert sheet.page_setup.paperSize == 9
    (ours,), status = read(file)
    assert status == 0 and len(ours["lists"]) == 7, ours.get("error")
    (theirs,), status = read(folder / "office" / "full.xlsx")
    assert status == 0 and ours == theirs
    printed(file)
    for n in [1, 2]:
        file = files / f"any-{n}.xlsx"
        by_office = converted(file, "xlsx", folder / "office")
        counts["workbooks"] += 2
        assert [it | {"file": ""} for it in read(file)[0]] == [it | {"file": ""} for it in read(by_office)[0]]


def packet():
    """申报材料 as a document."""
    file, words = files / "full.docx", json.loads((files / "words.json").read_text())
    for opened in [file, converted(file, "docx", folder / "office")]:
        document = docx.Document(opened)
        counts["documents"] += 1
        headings = [it.text for it in document.paragraphs if it.style.name.lower().startswith("heading")]
        assert headings == words["headings"], (headings, words["headings"])
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        counts["cells"] += len(cells)
        # also what stands in links and frames, which has no name in python-docx
        text = "".join("".join(it.text or "" for it in document.element.body.iter() if it.tag.endswith("}t")).split())
        for word in words["typed"]:
            assert "".join(word.split()) in text, word
    pages = printed(file)
    for heading in words["headings"]:
        assert any("".join(heading.split())[:8] in page for page in pages), heading


blank_forms()
dossier()
packet()
print(", ".join(f"{n} {what}" for what, n in counts.items()))
