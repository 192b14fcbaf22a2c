"""An office for the browser tests: the daemon with its inbox, documents to drop, and the bus."""
import csv
import json
import pathlib
import shutil
import signal
import socket
import ssl
import subprocess
import tempfile
import time
import urllib.request


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def pdf(content):
    """A PDF of one page of A4."""
    objects = ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
               "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
               f"<</Length {len(content)}>>\nstream\n{content}\nendstream",
               "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"]
    body = "%PDF-1.4\n" + "".join(f"{n} 0 obj {content} endobj\n" for n, content in enumerate(objects, 1))
    return (body + "trailer <</Root 1 0 R>>\n").encode()


def markup_pdf():
    """A page whose text is markup and script."""
    lines = ["<script>document.title='owned'</script>", "<img src=x onerror=document.title='owned'>",
             "<b>bold</b> & <a href=javascript:alert(1)>link</a>", "'; DROP TABLE record; --"]
    return pdf("BT /F 20 Tf 60 760 Td 34 TL " + " ".join(f"({line}) Tj T*" for line in lines) + " ET")


def table_pdf(rows):
    """A page with a ruled table of another kind than the forms."""
    left, top, width, height = 60, 760, 150, 40
    right, bottom = left + width * len(rows[0]), top - height * len(rows)
    lines = [f"{left} {top - height * r} m {right} {top - height * r} l" for r in range(len(rows) + 1)]
    lines += [f"{left + width * c} {top} m {left + width * c} {bottom} l" for c in range(len(rows[0]) + 1)]
    texts = [f"BT /F 14 Tf {left + width * c + 12} {top - height * r - 25} Td ({text}) Tj ET"
             for r, row in enumerate(rows) for c, text in enumerate(row)]
    return pdf(" ".join(lines) + " S " + " ".join(texts))


def opened(workbook):
    """A workbook's first sheet as LibreOffice understands it: rows of texts."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="biaod-book-"))
    try:
        (folder / "book.xlsx").write_bytes(workbook)
        subprocess.run(["libreoffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to",
                        "csv:Text - txt - csv (StarCalc):44,34,76,1", "--outdir", folder, folder / "book.xlsx"],
                       check=True, timeout=120, capture_output=True)
        with open(folder / "book.csv", newline="") as text:
            return list(csv.reader(text))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class Office:
    def __init__(self, biaod, synth, more="", scheme="http"):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="biaod-browser-"))
        self.biaod, self.synth, self.port = biaod, synth, free_port()
        self.url = f"{scheme}://127.0.0.1:{self.port}"
        self.config = self.folder / "biaod.toml"
        self.config.write_text(f"""state = "state"
[intake]
inbox = "inbox"
settle_seconds = 0.1
min_free_mib = 0
[bus]
publish = "ipc://pub"
pull = "ipc://pull"
[web]
listen = "127.0.0.1:{self.port}"
{more}""")
        self.inbox = self.folder / "inbox"
        self.inbox.mkdir()
        self.log = open(self.folder / "log", "w")
        self.daemon = subprocess.Popen([biaod, "run", "--config", self.config], stdout=self.log, stderr=self.log)
        while not self.answers():
            if self.daemon.poll() is not None:
                raise RuntimeError((self.folder / "log").read_text())
            time.sleep(0.05)

    def answers(self):
        try:
            own_certificate = ssl._create_unverified_context()
            return urllib.request.urlopen(self.url + "/api/session", timeout=5, context=own_certificate).status == 200
        except OSError:
            return False

    def get(self, path):
        with urllib.request.urlopen(self.url + path, timeout=60) as answer:
            return json.load(answer)

    def make(self, *options):
        """Reports by the synthesiser: their files."""
        out = pathlib.Path(tempfile.mkdtemp(dir=self.folder))
        subprocess.run([self.synth, "--out", out, *options], check=True, stdout=subprocess.DEVNULL)
        return sorted(path for path in out.iterdir() if path.is_file())

    def drop(self, path, name=None):
        draft = self.inbox / ".draft"
        shutil.copy(path, draft)
        draft.rename(self.inbox / (name or path.name))

    def bus(self, count, *options):
        out = subprocess.run([self.biaod, "tail", "--config", self.config, "--count", str(count), "--from", "1", *options],
                             check=True, capture_output=True, timeout=60).stdout
        return [json.loads(line) for line in out.splitlines()]

    def close(self):
        self.daemon.send_signal(signal.SIGTERM)
        self.daemon.wait(60)
        self.log.close()
        shutil.rmtree(self.folder, ignore_errors=True)
