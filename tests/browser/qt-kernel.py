"""Opens a page in Chromium 87, evaluates a script in it and prints the result as JSON; the console goes to stderr.

The kernel is that of PyQt5's QtWebEngine. The script is one expression. It is asked again every 100 ms until it gives
something other than null, for at most 30 seconds.
"""
import argparse
import json
import os
import sys

arguments = argparse.ArgumentParser(description=__doc__)
arguments.add_argument("--width", type=int, default=1366)
arguments.add_argument("--shot", help="save a picture of the page here")
arguments.add_argument("url")
arguments.add_argument("script")
asked = arguments.parse_args()

os.environ["QTWEBENGINE_DISABLE_SANDBOX"] = "1"
os.environ.setdefault("QTWEBENGINE_CHROMIUM_FLAGS", "--no-sandbox --disable-gpu --disable-background-networking")

from PyQt5.QtCore import QTimer, QUrl
from PyQt5.QtWebEngineWidgets import QWebEnginePage, QWebEngineView
from PyQt5.QtWidgets import QApplication


class Page(QWebEnginePage):
    def javaScriptConsoleMessage(self, level, message, line, source):
        print(f"console: {message} ({source}:{line})", file=sys.stderr)


application = QApplication(sys.argv[:1])
view = QWebEngineView()
page = Page(view)
view.setPage(page)
view.resize(asked.width, 900)
view.show()
timer = QTimer()
left = 300


def ask():
    global left
    left -= 1
    if left < 0:
        finish(1)
    else:
        page.runJavaScript(asked.script, answered)


def answered(value):
    if value is not None and timer.isActive():
        print(json.dumps(value, ensure_ascii=False))
        finish(0)


def finish(status):
    timer.stop()
    if asked.shot:
        view.grab().save(asked.shot)
    application.exit(status)


timer.timeout.connect(ask)
timer.start(100)
page.load(QUrl(asked.url))
status = application.exec_()
# Qt would complain about a page that outlives its profile
view.setPage(None)
page.deleteLater()
sys.exit(status)
