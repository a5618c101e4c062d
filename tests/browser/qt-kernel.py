"""Drives the Chromium inside QtWebEngine: 87 with PyQt5, 102 with PyQt6, by lines of JSON.

Each line on stdin is [number, command, arguments...]; the answer on stdout is {"id": number, "value": ...} or has "error".
Downloads are told as {"download": name, "path": ...} and what the console said as {"console": ..., "level": ...} in between.
"""
import json
import os
import sys
import tempfile

six = sys.argv[1] == "102"
folder = sys.argv[2]
width, height = int(sys.argv[3]), int(sys.argv[4])
os.environ["QTWEBENGINE_DISABLE_SANDBOX"] = "1"
os.environ.setdefault("QTWEBENGINE_CHROMIUM_FLAGS", "--no-sandbox --disable-gpu --disable-background-networking")

if six:
    from PyQt6.QtCore import QMimeData, QPoint, QPointF, QSocketNotifier, Qt, QUrl
    from PyQt6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QInputMethodEvent
    from PyQt6.QtTest import QTest
    from PyQt6.QtWebEngineCore import QWebEnginePage, QWebEngineProfile
    from PyQt6.QtWebEngineWidgets import QWebEngineView
    from PyQt6.QtWidgets import QApplication
else:
    from PyQt5.QtCore import QMimeData, QPoint, QPointF, QSocketNotifier, Qt, QUrl
    from PyQt5.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QInputMethodEvent
    from PyQt5.QtTest import QTest
    from PyQt5.QtWebEngineWidgets import QWebEnginePage, QWebEngineProfile, QWebEngineView
    from PyQt5.QtWidgets import QApplication


def say(**what):
    sys.stdout.write(json.dumps(what, ensure_ascii=False) + "\n")
    sys.stdout.flush()


class Page(QWebEnginePage):
    chosen = []

    def javaScriptConsoleMessage(self, level, message, line, source):
        say(console=f"{message} ({source}:{line})", level=getattr(level, "value", level))

    # a field for files was pressed: what was said before is what somebody chooses
    def chooseFiles(self, mode, old, types):
        return Page.chosen

    def javaScriptConfirm(self, url, message):
        return True


application = QApplication(sys.argv[:1])
profile = QWebEngineProfile("ziping", application)
profile.setPersistentStoragePath(os.path.join(folder, "kept"))
profile.setCachePath(os.path.join(folder, "cache"))
profile.setHttpAcceptLanguage("zh-CN")


def download(item):
    name = item.suggestedFileName() if hasattr(item, "suggestedFileName") else os.path.basename(item.path())
    where = tempfile.mkdtemp(dir=folder)
    if six:
        item.setDownloadDirectory(where)
        item.setDownloadFileName("file")
        item.isFinishedChanged.connect(lambda: say(download=name, path=os.path.join(where, "file")))
    else:
        item.setPath(os.path.join(where, "file"))
        item.finished.connect(lambda: say(download=name, path=os.path.join(where, "file")))
    item.accept()


profile.downloadRequested.connect(download)
views = []


def tab():
    view = QWebEngineView()
    view.setPage(Page(profile, view))
    view.resize(width, height)
    view.show()
    views.append(view)


def inner(view):
    return view.focusProxy() or view


def mouse(view, x, y, times):
    at = QPoint(int(x), int(y))
    view.activateWindow()
    QTest.mouseMove(inner(view), at)
    QTest.mouseClick(inner(view), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    if 1 < times:
        QTest.mouseDClick(inner(view), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)


# what a keyboard has is typed, everything else comes out of an input method
def text(view, words):
    if all(" " <= it <= "~" for it in words):
        QTest.keyClicks(inner(view), words)
    else:
        ime(view, [], words)


def ime(view, parts, words):
    for part in parts:
        application.sendEvent(inner(view), QInputMethodEvent(part, []))
    event = QInputMethodEvent("", [])
    event.setCommitString(words)
    application.sendEvent(inner(view), event)


KEYS = {"Enter": "Return", "ArrowRight": "Right", "ArrowLeft": "Left", "ArrowDown": "Down", "ArrowUp": "Up", "Escape": "Escape"}


def key(view, name):
    *held, last = name.split("+")
    modifiers = Qt.KeyboardModifier.NoModifier
    if "Control" in held:
        modifiers |= Qt.KeyboardModifier.ControlModifier
    if "Shift" in held:
        modifiers |= Qt.KeyboardModifier.ShiftModifier
    last = KEYS.get(last, last)
    QTest.keyClick(inner(view), getattr(Qt.Key, "Key_" + (last.upper() if len(last) == 1 else last)), modifiers)


# as a file that is dragged out of a folder
def drop(view, x, y, path):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(path)])
    no, left = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    at, copy = QPoint(int(x), int(y)), Qt.DropAction.CopyAction
    application.sendEvent(inner(view), QDragEnterEvent(at, copy, data, left, no))
    # the page has to say that it takes the file, or it is opened in place of the page
    for _ in range(3):
        QTest.qWait(100)
        application.sendEvent(inner(view), QDragMoveEvent(at, copy, data, left, no))
    QTest.qWait(100)
    event = QDropEvent(QPointF(x, y), copy, data, left, no)
    application.sendEvent(inner(view), event)


def pdf(view, answer):
    fd, path = tempfile.mkstemp(suffix=".pdf", dir=folder)
    os.close(fd)

    def done(where, good):
        view.page().pdfPrintingFinished.disconnect()
        answer(path if good else None)

    view.page().pdfPrintingFinished.connect(done)
    view.page().printToPdf(path)


def obey(number, command, *given):
    answer = lambda value=None: say(id=number, value=value)
    view = views[-1] if views else None
    if command == "tab":
        tab()
    elif command == "close":
        views.pop().deleteLater()
    elif command == "goto":
        view.load(QUrl(given[0]))
    elif command == "evaluate":
        return view.page().runJavaScript(given[0], answer)
    elif command == "mouse":
        mouse(view, *given)
    elif command == "text":
        text(view, *given)
    elif command == "ime":
        ime(view, *given)
    elif command == "key":
        key(view, *given)
    elif command == "choose":
        Page.chosen = given[0]
    elif command == "drop":
        drop(view, *given)
    elif command == "pdf":
        return pdf(view, answer)
    elif command == "shot":
        view.grab().save(given[0])
    elif command == "size":
        view.resize(*given)
    elif command == "back":
        view.back()
    elif command == "forward":
        view.forward()
    elif command == "reload":
        view.reload()
    elif command == "quit":
        for it in views:
            it.setPage(None)
        application.quit()
    else:
        raise ValueError(command)
    answer()


waiting = b""


def heard():
    global waiting
    some = os.read(0, 1 << 20)
    if not some:
        return application.quit()
    *lines, waiting = (waiting + some).split(b"\n")
    for line in lines:
        number, command, *given = json.loads(line)
        try:
            obey(number, command, *given)
        except Exception as error:  # told to whoever asked
            say(id=number, error=f"{command}: {error!r}")


tab()
notifier = QSocketNotifier(0, QSocketNotifier.Type.Read)
notifier.activated.connect(heard)
status = application.exec() if six else application.exec_()
# Qt complains about a page that outlives its profile
os._exit(status)
