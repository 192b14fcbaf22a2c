"""A browser under test: Chromium driven by chromedriver, over the WebDriver protocol (W3C). Standard library only."""
import base64
import json
import pathlib
import subprocess
import time
import urllib.error
import urllib.request

KEYS = {"enter": "\ue007", "escape": "\ue00c", "tab": "\ue004"}
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
PATIENCE = 60  # seconds that only a broken program needs


class Failure(Exception):
    pass


class Browser:
    def __init__(self, folder, width=1440, height=900):
        self.base = f"http://127.0.0.1:{self.start_driver()}"
        arguments = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                     "--disable-background-networking", "--disable-component-update", "--disable-sync",
                     f"--window-size={width},{height}", f"--user-data-dir={folder}/profile"]
        options = {"args": arguments, "prefs": {"download.default_directory": f"{folder}/downloads"}}
        answer = self.call("POST", "/session", {"capabilities": {"alwaysMatch": {
            "browserName": "chrome", "acceptInsecureCerts": True, "goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL"}}}})
        self.session = f"/session/{answer['sessionId']}"

    def start_driver(self):
        """Its port. Another program may take the port that the driver chose, which ends it: it gets more than one try."""
        said = ""
        for _ in range(3):
            self.driver = subprocess.Popen(["chromedriver", "--port=0"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
            for line in self.driver.stdout:
                said += line
                if "started successfully on port" in line:
                    return int(line.rsplit(" ", 1)[1].rstrip(".\n"))
            self.driver.wait()
        raise Failure(f"chromedriver does not start: {said}")

    def close(self):
        try:
            self.call("DELETE", self.session)
        finally:
            self.driver.terminate()
            self.driver.wait()

    def call(self, method, path, body=None):
        data = None if method in ("GET", "DELETE") else json.dumps(body or {}).encode()
        request = urllib.request.Request(self.base + path, data, {"Content-Type": "application/json"}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise Failure(f"{path}: {json.load(error)['value']['message'].splitlines()[0]}") from None

    def open(self, url):
        self.call("POST", self.session + "/url", {"url": url})

    def run(self, script, *arguments):
        return self.call("POST", self.session + "/execute/sync", {"script": script, "args": list(arguments)})

    def milliseconds_of(self, script):
        """From the script's start until the page with what it did has been drawn."""
        return self.call("POST", self.session + "/execute/async", {"args": [], "script": """const done = arguments[0];
            const begun = performance.now();""" + script + """;
            requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - begun)));"""})

    def find(self, css):
        """The element, as soon as it is there."""
        return self.wait(lambda: self.run("return document.querySelector(arguments[0])", css), css)

    def text(self, css):
        return self.run("return document.querySelector(arguments[0])?.innerText ?? null", css)

    def count(self, css):
        return self.run("return document.querySelectorAll(arguments[0]).length", css)

    def click(self, css):
        """Clicks; again where the page has just drawn the element anew, as its list does when a document is done."""
        try:
            self.call("POST", f"{self.session}/element/{self.find(css)[ELEMENT]}/click")
        except Failure as failure:
            if "stale element" not in str(failure):
                raise
            self.call("POST", f"{self.session}/element/{self.find(css)[ELEMENT]}/click")

    def type(self, css, text):
        self.call("POST", f"{self.session}/element/{self.find(css)[ELEMENT]}/value", {"text": text})

    def press(self, *keys):
        """Keys to whatever has the focus."""
        actions = []
        for key in keys:
            key = KEYS.get(key, key)
            actions += [{"type": "keyDown", "value": key}, {"type": "keyUp", "value": key}]
        self.call("POST", self.session + "/actions", {"actions": [{"type": "key", "id": "keys", "actions": actions}]})

    def hover(self, css):
        origin = {ELEMENT: self.find(css)[ELEMENT]}
        move = {"type": "pointerMove", "duration": 0, "x": 0, "y": 0, "origin": origin}
        self.call("POST", self.session + "/actions", {"actions": [
            {"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}, "actions": [move]}]})

    def screenshot(self, path):
        pathlib.Path(path).write_bytes(base64.b64decode(self.call("GET", self.session + "/screenshot")))

    def snapshot(self, path, scale):
        """A smaller picture, as JPEG, for documents."""
        x, y, width, height = self.run("return [scrollX, scrollY, innerWidth, innerHeight]")
        answer = self.call("POST", self.session + "/goog/cdp/execute", {"cmd": "Page.captureScreenshot", "params": {
            "format": "jpeg", "quality": 80, "clip": {"x": x, "y": y, "width": width, "height": height, "scale": scale}}})
        pathlib.Path(path).write_bytes(base64.b64decode(answer["data"]))

    def console(self):
        """What the console said since it was asked last: errors and policy violations."""
        entries = self.call("POST", self.session + "/se/log", {"type": "browser"})
        return [entry["message"] for entry in entries if entry["level"] in ("SEVERE", "WARNING")]

    def wait(self, condition, what, patience=PATIENCE):
        end = time.monotonic() + patience
        while time.monotonic() < end:
            found = condition()
            if found:
                return found
            time.sleep(0.05)
        raise Failure(f"waited in vain for {what}")
