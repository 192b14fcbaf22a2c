#!/usr/bin/env python3
"""The review page in a real browser, against the running daemon with documents of each kind.

review_page_test.py BIAOD SYNTH PICTURES: PICTURES is a folder for screenshots, for people to look at.
"""
import base64
import csv
import pathlib
import subprocess
import sys
import tempfile
import traceback
import urllib.request

import office as office_module
from webdriver import Browser


# 丰泽街道办事处 reports for another year; the deadline is long past.
ROSTER = """单位,截止日期
云水县梅岭乡人民政府,2020-01-31
长岭县水利局,2020-01-31
白塔县教育局,
丰泽街道办事处,2020-01-31
"""


OTHER_TABLE = [["Plate", "Driver", "Mileage"], ["A-1207", "Wang", "18250"], ["A-3391", "=1+1", "964"]]


class Story:
    def __init__(self, biaod, synth, pictures):
        self.pictures = pathlib.Path(pictures)
        self.pictures.mkdir(parents=True, exist_ok=True)
        self.office = office_module.Office(biaod, synth, 'roster = "roster.csv"\n')
        (self.office.folder / "roster.csv").write_text(ROSTER)
        self.browser = Browser(self.office.folder)

    def picture(self, name):
        """For people to look at; the small one for docs/pictures."""
        self.browser.screenshot(self.pictures / f"{name}.png")
        self.browser.snapshot(self.pictures / f"{name}.jpg", 0.75)

    def expect(self, holds, what):
        if not holds:
            self.picture("failure")
            raise AssertionError(what)

    def silent(self):
        said = self.browser.console()
        self.expect(not said, f"the console says {said}")

    def wait_for(self, condition, what):
        try:
            return self.browser.wait(condition, what)
        except Exception:
            self.picture("failure")
            raise

    def settled(self, count):
        """All documents were read or have failed."""
        progress = self.office.get("/api/progress")
        return progress["done"] + progress["failed"] >= count and not progress["waiting"] + progress["running"]

    def rows(self):
        return self.office.get("/api/documents?order=name&direction=up")["rows"]

    def row(self, part):
        return next(row for row in self.rows() if part in row["name"])

    # ---- what a clerk does

    def drop_and_watch(self):
        make, browser = self.office.make, self.browser
        browser.open(self.office.url + "/")
        browser.find("#counts .count")
        files = {
            "电子版.pdf": make("--from", "3", "--variants", "digital", "--letterhead")[0],
            "扫描件.pdf": make("--from", "4", "--variants", "scan300", "--wrong-sum")[0],
            "传真.tif": make("--from", "5", "--variants", "fax", "--form", "2019")[0],
            "手机拍照.pdf": make("--from", "6", "--variants", "phone")[0],
        }
        for name, path in files.items():
            self.office.drop(path, name)
        # One comes through the page, dropped upon it, with a name that is markup.
        browser.run("""const [bytes, name] = arguments, transfer = new DataTransfer();
            transfer.items.add(new File([Uint8Array.from(atob(bytes), (c) => c.charCodeAt(0))], name));
            window.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, cancelable: true }));""",
                    base64.b64encode(office_module.markup_pdf()).decode(), "<img src=x onerror=alert(1)>.pdf")
        (self.office.folder / "other").write_bytes(office_module.table_pdf(OTHER_TABLE))
        self.office.drop(self.office.folder / "other", "车辆登记.pdf")
        (self.office.folder / "broken").write_bytes(b"%PDF-1.4 broken")
        self.office.drop(self.office.folder / "broken", "损坏.pdf")
        self.wait_for(lambda: browser.count("#rows tr") >= 3 and browser.count("#rows progress") > 0, "a running document")
        self.picture("watch")
        self.wait_for(lambda: self.settled(7), "the documents")
        self.wait_for(lambda: browser.count("#rows tr") == 7 and browser.count("#rows progress") == 0, "seven rows")
        self.expect(browser.text("#counts .failed b") == "1", "one failed")
        self.picture("overview")
        self.expect(browser.run("return document.title") == "biaod", "no markup ran")
        self.silent()

    def filter_and_retry(self):
        browser = self.browser
        browser.click("#counts .failed")
        self.wait_for(lambda: browser.count("#rows tr") == 1, "the failed one")
        self.expect("损坏.pdf" in browser.text("#rows"), "its name")
        self.expect("已损坏" in browser.text("#rows"), f"why, in the clerk's language: {browser.text('#rows')}")
        browser.click("#rows button")
        self.wait_for(lambda: browser.count(".note") > 0, "that it waits again")
        self.wait_for(lambda: self.settled(7), "that it fails again")
        browser.click("#counts .failed")
        browser.type("#search", "电子")
        self.wait_for(lambda: browser.count("#rows tr") == 1 and "电子版" in browser.text("#rows"), "the search")
        browser.run("const s = document.getElementById('search'); s.value = ''; s.dispatchEvent(new Event('input'))")
        self.wait_for(lambda: browser.count("#rows tr") == 7, "all again")
        for direction in ("▴", "▾"):
            browser.click("#head th:nth-child(6) button")  # the file's name
            self.wait_for(lambda: direction in browser.text("#head th:nth-child(6)"), "the order's arrow")
            names = [row["name"] for row in self.office.get(f"/api/documents?order=name&direction={'up' if direction == '▴' else 'down'}")["rows"]]
            self.wait_for(lambda: browser.run("return [...document.querySelectorAll('#rows td:nth-child(6)')].map((c) => c.innerText)") == names, f"the rows sorted: {names}")
        self.silent()

    def review(self):
        """Keyboard alone: next, correct, accept, undo."""
        browser, row = self.browser, self.row("扫描件")
        browser.open(f"{self.office.url}/document?id={row['id']}")
        self.page_picture()
        waited = browser.run("""const asked = performance.getEntriesByType('resource').filter((e) => e.name.endsWith('.jpg'));
            return [asked[0].duration, asked[0].responseEnd]""")
        print(f"  a page's picture, drawn for the first time, {waited[0]:.0f} ms after it was asked for, {waited[1]:.0f} ms after the page was opened")
        self.expect(browser.count("#card .crop image") == 1, "the crop of the first flagged value")
        self.expect(browser.count("svg .cell.here") == 1, "its ring on the page")
        self.picture("document")
        before = self.office.get(f"/api/documents/{row['id']}")
        self.expect(before["sums"] and "≠" in before["sums"][0]["text"], "a failing sum in words")
        field = before["record"]["review"][0]["field"]

        browser.press("c")
        browser.run("document.getElementById('value').select()")
        browser.press("7", "7", "7", "enter")
        browser.find("dialog input")
        browser.press(*"王芳")
        browser.press("enter")
        self.wait_for(lambda: "2" in (browser.text("#revision") or ""), "revision 2")
        after = self.office.get(f"/api/documents/{row['id']}")["record"]
        self.expect(after["corrections"][0]["field"] == field and after["corrections"][0]["new"] == 777, "the history")
        self.expect(after["corrections"][0]["by"] == "王芳", "who")
        message = self.office.bus(9)[-1]
        self.expect(message["id"] == row["id"] and message["revision"] == 2, "revision 2 on the bus")
        self.picture("corrected")

        browser.press("u")
        self.wait_for(lambda: "3" in browser.text("#revision"), "revision 3")
        again = self.office.get(f"/api/documents/{row['id']}")["record"]
        self.expect(again["report"] == before["record"]["report"], "undone")
        browser.press("n")
        self.wait_for(lambda: browser.count("#card.card .crop") == 1, "the next value")
        browser.press("a")
        self.wait_for(lambda: "4" in browser.text("#revision"), "revision 4")
        self.expect(len(self.office.get(f"/api/documents/{row['id']}")["record"]["review"]) < len(before["record"]["review"]), "accepted")
        browser.click("#tab-checks")
        self.wait_for(lambda: browser.count(".sums button") > 0, "failing sums")
        browser.click(".sums button")
        self.picture("checks")
        browser.click("#tab-history")
        self.expect(browser.count(".history li") == 3, "three entries")
        browser.press("u")  # flagged again: the summary below must leave it out
        self.wait_for(lambda: "5" in browser.text("#revision"), "revision 5")
        self.silent()

    def page_picture(self):
        script = """const page = document.querySelector('svg .cell.here')?.closest('.page') ?? document.querySelector('.page');
            const image = page?.querySelector('img');
            return image?.complete && image.naturalWidth > 500"""
        self.wait_for(lambda: self.browser.run(script), "the page's picture")

    def hover(self):
        browser = self.browser
        drawn = browser.milliseconds_of("document.querySelector('svg .cell[data-field]').dispatchEvent(new MouseEvent('click'))")
        print(f"  a value with its picture after {drawn:.0f} ms")
        browser.click("#tab-tables")
        asked = self.pictures_asked()
        browser.hover(".grid td.value:not(.flagged)")
        self.expect(browser.count("svg .cell.there") == 1, "a ring on the page")
        self.expect(browser.count("svg .cell.here") == 1, "beside that of what is chosen")
        self.glass("the crop of a cell of the table")
        browser.hover("svg .cell[data-field]:not(.flagged)")
        self.expect(browser.count(".grid td.there") == 1, "its twin in the table")
        self.glass("the crop of a cell of the page")
        self.picture("hover")
        browser.hover("#language")
        self.expect(browser.count(".glass, .there") == 0, "neither when the pointer has gone")
        self.expect(self.pictures_asked() == asked, "no crop asks the server for anything")
        browser.click(".grid td.value:not(.flagged)")
        self.wait_for(lambda: browser.count("#card .crop image") == 1, "its crop")
        browser.click("#tab-text")
        self.expect(browser.count("#tab p") > 2, "text by sections")
        self.silent()

    def pictures_asked(self):
        return self.browser.run("return performance.getEntriesByType('resource').length")

    def glass(self, what):
        """A crop beside the pointer, cut from the page's picture around the ringed cell."""
        script = """const crop = document.querySelector('.glass .crop'), ring = document.querySelector('svg .cell.there');
            if (!crop || !ring) return false;
            const inside = crop.getBoundingClientRect(), view = crop.viewBox.baseVal;
            const page = ring.closest('.page').querySelector('img').getAttribute('src');
            return inside.top >= 0 && inside.bottom <= innerHeight && inside.left >= 0 && inside.right <= innerWidth
                && crop.querySelector('image').getAttribute('href') === page
                && view.x < ring.x.baseVal.value && view.x + view.width > ring.x.baseVal.value + ring.width.baseVal.value;"""
        self.wait_for(lambda: self.browser.run(script), what)

    def hostile_text(self):
        browser, row = self.browser, self.row("onerror")
        self.expect(row["state"] == "done", f"the page with markup was read: {row}")
        browser.open(f"{self.office.url}/document?id={row['id']}")
        browser.find("#tab-text")
        browser.click("#tab-text")
        self.wait_for(lambda: "<script>" in (browser.text("#tab") or ""), "its markup as text")
        self.expect(browser.count("#tab script, #tab img, #tab a, #title img") == 0, "and as nothing else")
        self.expect("owned" not in browser.run("return document.title"), "no script ran")
        self.page_picture()
        self.picture("markup")
        self.silent()

    def export(self):
        """The buttons: what comes is a workbook with the report's figures, or with another document's tables."""
        browser, row = self.browser, self.row("电子版")
        browser.open(f"{self.office.url}/document?id={row['id']}")
        browser.find("#export")
        book = self.book(browser.run("return document.querySelector('#export').href"))
        self.expect(any("丰泽街道办事处" in cell for line in book for cell in line), "the unit stands in the workbook")
        report = self.office.get(f"/api/documents/{row['id']}")["record"]["report"]
        total = report["requests"]["received"]["total"]
        received = next(line for line in book if "新收政府信息公开申请" in "".join(line))
        self.expect(received[-1].replace(",", "") == str(total), f"and a figure in its place: {received}")
        browser.click("#export")
        downloads = self.office.folder / "downloads"
        self.wait_for(lambda: any(path.suffix == ".xlsx" for path in downloads.iterdir()) if downloads.exists() else False, "the download")

        browser.open(f"{self.office.url}/document?id={self.row('车辆登记')['id']}")
        browser.click("#tab-tables")
        self.wait_for(lambda: "18250" in (browser.text("#tab .grid") or ""), "the table of another document")
        self.page_picture()
        self.picture("other")
        book = self.book(browser.run("return document.querySelector('#export').href"))
        self.expect([line[:3] for line in book[-3:]] == OTHER_TABLE, f"its table, what looks like a formula as text: {book}")
        self.silent()

    def book(self, url):
        with urllib.request.urlopen(url, timeout=60) as answer:
            self.expect("attachment" in answer.headers["Content-Disposition"], "a download")
            return office_module.opened(answer.read())

    def summary(self):
        browser, before = self.browser, len(self.rows())
        for seed in ("32", "40", "43"):
            for path in self.office.make("--from", seed, "--variants", "digital"):
                self.office.drop(path)
        self.wait_for(lambda: self.settled(before + 3), "more reports")
        browser.open(self.office.url + "/summary")
        browser.find("#year")
        browser.run("const s = document.getElementById('year'); s.value = '2019'; s.dispatchEvent(new Event('change'))")
        self.wait_for(lambda: "2019 年，共 4 份" in browser.text("#summary"), "the summary of 2019")
        answer = self.office.get("/api/summary?year=2019")
        self.expect(len(answer["reports"]) == 4, f"four units: {answer['reports']}")
        self.expect("丰泽街道办事处" in browser.text("#roster-missing_units"), "who is missing")
        self.expect("长岭县水利局" in browser.text("#roster-late"), "who is late")
        self.expect("东平镇人民政府" in browser.text("#roster-not_on_roster"), "who is not on the roster")
        flagged = browser.run("return document.querySelector('td.value.flagged')?.dataset.slot")
        self.expect(flagged, "a sum that is not complete")
        browser.run("document.querySelector('td.value.flagged').click()")
        self.wait_for(lambda: browser.run("return document.querySelector('td.here').dataset.slot") == flagged, "the chosen sum")
        self.expect("云水县" in browser.text(".lacking-list"), "what it leaves out")
        self.picture("summary")
        book = self.book(f"{self.office.url}/api/summary.xlsx?year=2019")
        cells = answer["tables"][1]["cells"]
        row = next(cell["row"] for cell in cells if "新收政府信息公开申请" in cell.get("label", ""))
        shown = [str(cell["sum"]) for cell in cells if cell["row"] == row and "slot" in cell]
        line = next(line for line in book if "新收政府信息公开申请" in line[0])
        self.expect(len(shown) == 7 and [cell for cell in line[1:] if cell] == shown, f"the sums in the workbook: {line}, {shown}")
        with urllib.request.urlopen(browser.run("return document.querySelector('#export-csv').href"), timeout=60) as answer:
            table = list(csv.reader(answer.read().decode("utf-8-sig").splitlines()))
        self.expect(["未计入"] in table and any("云水县" in "".join(line) for line in table), "what the CSV's sums leave out")
        line = next(line for line in table if "新收政府信息公开申请" in line[0])
        self.expect([cell for cell in line[1:] if cell] == shown, f"and in the CSV: {line}, {shown}")
        self.silent()

    def year_against_year(self):
        """The next year of two of the units: one does not continue the year before, one is on the old form."""
        browser, before = self.browser, len(self.rows())
        self.office.drop(self.office.make("--from", "78", "--variants", "digital")[0])
        self.office.drop(self.office.make("--from", "113", "--variants", "digital", "--form", "2019")[0])
        self.wait_for(lambda: self.settled(before + 2), "two more reports")
        browser.open(self.office.url + "/summary")
        browser.find("#year")
        browser.run("const s = document.getElementById('year'); s.value = '2020'; s.dispatchEvent(new Event('change'))")
        self.wait_for(lambda: "与 2019 年比" in (browser.text("#summary") or ""), "the comparison with 2019")
        self.wait_for(lambda: "长岭县水利局" in (browser.text("#roster-old_form") or ""), "who is on the old form")
        last = next(unit for unit in self.office.get("/api/summary?year=2020&form=2021")["last_year"] if unit["report"]["name"] == "白塔县教育局")
        reports = {row["year"]: self.office.get(f"/api/documents/{row['id']}")["record"]["report"] for row in self.rows() if row["unit"] == "白塔县教育局"}
        now, then = reports[2020]["requests"]["carried_in"]["total"], reports[2019]["requests"]["carried_out"]["total"]
        self.expect(now != then and any(f"{now} ≠ {then}" in text for text in last["differs"]), f"{now}, {then}: {last}")
        self.expect(f"{now} ≠ {then}" in browser.text("#last-year"), "which the page says, too")
        self.picture("last_year")
        self.silent()

    def english(self):
        browser = self.browser
        browser.open(self.office.url + "/")
        browser.click("#language")
        self.wait_for(lambda: "To review" in (browser.text("#counts") or ""), "English")
        self.wait_for(lambda: browser.count("#rows tr") == 7, "the rows")
        self.picture("english")
        browser.click("#language")
        self.silent()

    def token_and_tls(self):
        """A second daemon as other hosts would see it: a word to sign in with, and TLS of its own."""
        keys = pathlib.Path(tempfile.mkdtemp(dir=self.office.folder))
        (keys / "token").write_text("a word of many letters\n")
        (keys / "token").chmod(0o640)
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1",
                        "-keyout", keys / "key", "-out", keys / "crt"], check=True, capture_output=True)
        more = f'token_file = "{keys}/token"\ncertificate = "{keys}/crt"\nprivate_key = "{keys}/key"\n'
        other = office_module.Office(self.office.biaod, self.office.synth, more, scheme="https")
        try:
            browser = self.browser
            browser.open(other.url + "/")
            browser.find("dialog input")
            browser.press(*"a guess", "enter")
            self.wait_for(lambda: browser.text("dialog .problem"), "that it is the wrong word")
            browser.run("document.querySelector('dialog input').value = ''")
            browser.press(*"a word of many letters", "enter")
            self.wait_for(lambda: browser.count("#counts .count") == 5, "the list")
            self.picture("signed_in")
            said = browser.console()
            self.expect(said and all("401" in line for line in said), f"only the refusals: {said}")
        finally:
            other.close()

    def tell(self):
        try:
            for step in (self.drop_and_watch, self.filter_and_retry, self.review, self.hover, self.hostile_text, self.export, self.english, self.summary, self.year_against_year, self.token_and_tls):
                print("—", step.__name__, flush=True)
                step()
        except Exception:
            traceback.print_exc()
            print((self.office.folder / "log").read_text()[-4000:])
            return 1
        finally:
            self.browser.close()
            self.office.close()
        print("all is well")
        return 0


if __name__ == "__main__":
    sys.exit(Story(*sys.argv[1:4]).tell())
