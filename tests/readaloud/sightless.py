"""An operator who sees nothing: uses the console through the accessibility bus alone, as a screen reader does.

sightless.py CONSOLE HANDRAIL SHOP DEMO_FOLDER

Ends with 0 when everything that can be used has a name and a role, what waits is read out, and a payment was rejected
with a reason and another one approved, without a look at the window and without its keys. Needs a display, a session
bus and at-spi."""
import json
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

import pyatspi

CONSOLE, HANDRAIL, SHOP, DEMO = sys.argv[1:5]
PATIENCE = 30  # seconds until something has to be there

USABLE = {pyatspi.ROLE_PUSH_BUTTON, pyatspi.ROLE_TOGGLE_BUTTON, pyatspi.ROLE_CHECK_BOX, pyatspi.ROLE_RADIO_BUTTON, pyatspi.ROLE_COMBO_BOX,
          pyatspi.ROLE_TEXT, pyatspi.ROLE_ENTRY, pyatspi.ROLE_LIST, pyatspi.ROLE_LIST_ITEM, pyatspi.ROLE_TABLE, pyatspi.ROLE_MENU_ITEM, pyatspi.ROLE_MENU,
          pyatspi.ROLE_SPIN_BUTTON, pyatspi.ROLE_PAGE_TAB}
wrong = []


def check(holds, what):
    if not holds:
        wrong.append(what)
        print("WRONG: " + what, flush=True)


def until(ask, what):
    """What `ask` finds, once it finds something."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            found = ask()
            if found:
                return found
        except Exception:  # what was there a moment ago may be gone: it is asked again
            pass
        time.sleep(0.05)
    print("NEVER THERE: " + what, flush=True)
    sys.exit(1)


def everything(root, depth=0):
    yield root
    if depth < 40:
        for i in range(root.childCount):
            child = root.getChildAtIndex(i)
            if child is not None:
                yield from everything(child, depth + 1)


def is_there(one):
    state = one.getState()
    return state.contains(pyatspi.STATE_SHOWING) and state.contains(pyatspi.STATE_VISIBLE)


def console():
    desktop = pyatspi.Registry.getDesktop(0)
    for i in range(desktop.childCount):
        app = desktop.getChildAtIndex(i)
        if app is not None and app.name.lower().startswith("handrail"):
            return app
    return None


def named(role, *names):
    """The last usable thing of a role that has one of these names: an open form stands behind the buttons that open it."""
    found = None
    for one in everything(console()):
        if one.getRole() == role and is_there(one) and one.getState().contains(pyatspi.STATE_SENSITIVE) and one.name in names:
            found = one
    return found


def press(*names):
    button = until(lambda: named(pyatspi.ROLE_PUSH_BUTTON, *names), "a button " + " or ".join(names))
    action = button.queryAction()
    names = [action.getName(i) for i in range(action.nActions)]
    check("Press" in names, button.name + " can be pressed")
    action.doAction(names.index("Press"))


def write(text, *starts):
    """Into the field whose name begins so."""
    def field():
        for one in everything(console()):
            if one.getRole() in (pyatspi.ROLE_TEXT, pyatspi.ROLE_ENTRY) and is_there(one) and one.getState().contains(pyatspi.STATE_EDITABLE) and one.name.startswith(starts):
                return one
        return None
    until(field, "a field " + " or ".join(starts)).queryEditableText().setTextContents(text)


def waiting():
    """What is read out for each row of the inbox."""
    for one in everything(console()):
        if one.getRole() == pyatspi.ROLE_LIST and is_there(one):
            rows = [one.getChildAtIndex(i) for i in range(one.childCount)]
            return [row.name for row in rows if row is not None]
    return []


def started(folder, port, invoice):
    with open(os.path.join(DEMO, "pay-invoice.json"), encoding="utf-8") as file:
        agent = file.read().replace("127.0.0.1:8791", "127.0.0.1:%d" % port)
    path = os.path.join(folder, "pay-invoice.json")
    with open(path, "w", encoding="utf-8") as file:
        file.write(agent)
    subprocess.run([HANDRAIL, "run", path, "--input", json.dumps({"invoice_id": invoice}), "--store", folder + "/store"],
                   check=False, stdout=subprocess.DEVNULL)


def payments(folder):
    with sqlite3.connect("file:%s/shop.sqlite?mode=ro" % folder, uri=True) as books:
        return books.execute("SELECT COUNT(*) FROM payments").fetchone()[0]


def look_at_everything():
    usable = 0
    for one in everything(console()):
        if not is_there(one) or one.getRole() not in USABLE:
            continue
        usable += 1
        check(one.name != "" or one.description != "", "a %s within \"%s\" has no name" % (one.getRoleName(), one.parent.name if one.parent is not None else ""))
    check(usable > 20, "there is much that can be used, not %d" % usable)
    print("%d things that can be used, each with a name" % usable, flush=True)


def use(folder):
    until(lambda: len(waiting()) == 2, "two rows in the inbox")
    for title in ("Pay 1,240.00 EUR to ACME GmbH?", "Pay 75.00 EUR to Nordwind KG?"):
        check(any(title in row and "risk" in row for row in waiting()), "the row \"%s\" is read out with its risk: %s" % (title, waiting()))
    look_at_everything()
    question = until(lambda: next((one for one in everything(console()) if one.getRole() == pyatspi.ROLE_LABEL and is_there(one) and one.name.startswith("Pay ")), None), "the question")
    first = question.name
    values = [one.name for one in everything(console()) if one.getRole() == pyatspi.ROLE_LABEL and is_there(one)]
    check(any(value.startswith("Amount: ") for value in values) and any(value.startswith("Recipient: ") for value in values), "amount and recipient are read out with their names")

    press("Reject…")
    write("Not ordered", "Why do you reject it?")
    press("Confirm: Reject")
    until(lambda: len(waiting()) == 1, "one row less")
    check(payments(folder) == 0, "nothing was paid")

    until(lambda: next((one for one in everything(console()) if one.getRole() == pyatspi.ROLE_LABEL and is_there(one) and one.name.startswith("Pay ") and one.name != first), None), "the next question")
    press("Approve")
    amount = next(one.name.split(": ", 1)[1] for one in everything(console()) if one.getRole() == pyatspi.ROLE_LABEL and is_there(one) and one.name.startswith("Amount: "))
    write(amount.replace("\u00a0", " ").split(" ")[0], "The amount")
    press("Confirm: Approve")
    until(lambda: payments(folder) == 1, "the payment in the shop's books")
    until(lambda: len(waiting()) == 0, "an empty inbox")
    look_at_everything()


def main():
    with tempfile.TemporaryDirectory() as folder:
        env = dict(os.environ, QT_LINUX_ACCESSIBILITY_ALWAYS_ON="1", QT_QPA_PLATFORM="xcb", LC_ALL="C.UTF-8", XDG_STATE_HOME=folder + "/state", USER="ann")
        os.environ["XDG_STATE_HOME"] = env["XDG_STATE_HOME"]
        shop = subprocess.Popen([SHOP, "--port", "0", "--db", folder + "/shop.sqlite", "--port-file", folder + "/port"])
        window = None
        try:
            until(lambda: os.path.exists(folder + "/port"), "the shop")
            port = int(open(folder + "/port", encoding="utf-8").read())
            for invoice in ("INV-2001", "INV-2002"):
                started(folder, port, invoice)
            window = subprocess.Popen([CONSOLE, "--store", folder + "/store"], env=env)
            until(console, "the console on the bus")
            use(folder)
        finally:
            for process in (window, shop):
                if process is not None:
                    process.send_signal(signal.SIGTERM)
                    process.wait()
    print("wrong: %d" % len(wrong), flush=True)
    return 1 if wrong else 0


sys.exit(main())
