<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>QAbstractButton</name>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1: %2. Click for its detail.</source>
        <translation>%1: %2. Ein Klick zeigt die Einzelheiten.</translation>
    </message>
</context>
<context>
    <name>QObject</name>
    <message>
        <source>The operator's console of Handrail.</source>
        <translation>Die Bedienkonsole von Handrail.</translation>
    </message>
    <message>
        <source>Folder of the store.</source>
        <translation>Ordner des Speichers.</translation>
    </message>
    <message>
        <source>Start the bundled demo; its store is a folder of its own.</source>
        <translation>Startet die mitgelieferte Demo; ihr Speicher ist ein eigener Ordner.</translation>
    </message>
</context>
<context>
    <name>handrail::app::Console</name>
    <message>
        <source>No longer open: %1</source>
        <translation>Nicht mehr offen: %1</translation>
    </message>
    <message>
        <source>No approval waits.</source>
        <translation>Keine Freigabe wartet.</translation>
    </message>
    <message>
        <source>Rejected; nothing was sent.</source>
        <translation>Abgelehnt; nichts wurde gesendet.</translation>
    </message>
    <message>
        <source>Recorded.</source>
        <translation>Festgehalten.</translation>
    </message>
    <message>
        <source>This rejection can no longer be taken back: the run has gone on, or was ended.</source>
        <translation>Diese Ablehnung lässt sich nicht mehr zurücknehmen: Der Lauf ging weiter oder wurde beendet.</translation>
    </message>
    <message>
        <source>The rejection was taken back.</source>
        <translation>Die Ablehnung wurde zurückgenommen.</translation>
    </message>
    <message>
        <source>%1: done.</source>
        <translation>%1: fertig.</translation>
    </message>
    <message>
        <source>%1: waits for another decision.</source>
        <translation>%1: wartet auf eine weitere Entscheidung.</translation>
    </message>
    <message>
        <source>%1: stopped again and needs a person.</source>
        <translation>%1: ist wieder stehen geblieben und braucht einen Menschen.</translation>
    </message>
    <message>
        <source>%1: failed.</source>
        <translation>%1: fehlgeschlagen.</translation>
    </message>
    <message>
        <source>%1: ran out of time.</source>
        <translation>%1: Zeit abgelaufen.</translation>
    </message>
    <message>
        <source>%1: ended.</source>
        <translation>%1: beendet.</translation>
    </message>
    <message>
        <source>%1: stopped.</source>
        <translation>%1: angehalten.</translation>
    </message>
    <message>
        <source>%1: is running.</source>
        <translation>%1: läuft.</translation>
    </message>
    <message>
        <source>This is a test of the desktop's notifications; nothing waits.</source>
        <translation>Dies ist ein Test der Desktop-Benachrichtigungen; es wartet nichts.</translation>
    </message>
    <message>
        <source>Recorded and sent.</source>
        <translation>Festgehalten und gesendet.</translation>
    </message>
    <message>
        <source>Recorded. It is sent when the hold is over, unless you stop it.</source>
        <translation>Festgehalten. Gesendet wird nach der Wartezeit, wenn Sie es nicht anhalten.</translation>
    </message>
</context>
<context>
    <name>handrail::app::ConsoleViews</name>
    <message>
        <source>Check a definition</source>
        <translation>Definition prüfen</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Werkzeuge</translation>
    </message>
    <message>
        <source>Dashboard</source>
        <translation>Übersicht</translation>
    </message>
    <message>
        <source>Checklist</source>
        <translation>Checkliste</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>runs of agents that call %1</source>
        <translation>Läufe von Agenten, die %1 aufrufen</translation>
    </message>
    <message>
        <source>%1 sent, %2 failed</source>
        <translation>%1 gesendet, %2 fehlgeschlagen</translation>
    </message>
    <message>
        <source>, last sent %1</source>
        <translation>, zuletzt gesendet %1</translation>
    </message>
    <message>
        <source>, last failure: %1</source>
        <translation>, letzter Fehler: %1</translation>
    </message>
    <message>
        <source>Isolated. Nothing is sent there until it is released.</source>
        <translation>Gesperrt. Dorthin wird nichts gesendet, bis die Sperre aufgehoben ist.</translation>
    </message>
    <message>
        <source>Released.</source>
        <translation>Sperre aufgehoben.</translation>
    </message>
    <message>
        <source>The run was aborted.</source>
        <translation>Der Lauf wurde abgebrochen.</translation>
    </message>
    <message>
        <source>The run stands still. Its ticket is in the inbox.</source>
        <translation>Der Lauf steht still. Sein Vorgang liegt im Eingang.</translation>
    </message>
    <message>
        <source>Nobody was ever asked about this run.</source>
        <translation>Zu diesem Lauf wurde nie jemand gefragt.</translation>
    </message>
    <message>
        <source>Pa&amp;use the selected run…</source>
        <translation>Gewählten Lauf an&amp;halten…</translation>
    </message>
    <message>
        <source>&amp;Go to the selected run&apos;s handoff</source>
        <translation>Zur &amp;Übergabe des gewählten Laufs</translation>
    </message>
    <message>
        <source>Agent definitions (*.json)</source>
        <translation>Agentendefinitionen (*.json)</translation>
    </message>
    <message>
        <source>Run an agent</source>
        <translation>Agenten starten</translation>
    </message>
    <message>
        <source>Started.</source>
        <translation>Gestartet.</translation>
    </message>
    <message>
        <source>Sent. It should be there now.</source>
        <translation>Gesendet. Die Nachricht sollte jetzt da sein.</translation>
    </message>
    <message>
        <source>Told the desktop. If nothing came up, it shows no notifications.</source>
        <translation>Dem Desktop gemeldet. Wenn nichts erschienen ist, zeigt er keine Benachrichtigungen.</translation>
    </message>
    <message>
        <source>A&amp;bort the selected run…</source>
        <translation>Gewählten Lauf a&amp;bbrechen…</translation>
    </message>
    <message>
        <source>&amp;Isolate or release the selected tool's host…</source>
        <translation>Host des gewählten Werkzeugs sperren oder fr&amp;eigeben…</translation>
    </message>
    <message>
        <source>&amp;Check a definition…</source>
        <translation>&amp;Definition prüfen…</translation>
    </message>
</context>
<context>
    <name>handrail::app::DesktopNotifier</name>
    <message numerus="yes">
        <source>%n things wait for a person</source>
        <translation>
            <numerusform>%n Sache wartet auf einen Menschen</numerusform>
            <numerusform>%n Sachen warten auf einen Menschen</numerusform>
        </translation>
    </message>
    <message>
        <source>Handrail</source>
        <translation>Handrail</translation>
    </message>
    <message>
        <source>A person is needed</source>
        <translation>Ein Mensch wird gebraucht</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
</context>
<context>
    <name>handrail::app::Tray</name>
    <message>
        <source>Open the inbox</source>
        <translation>Eingang öffnen</translation>
    </message>
    <message>
        <source>Quit Handrail</source>
        <translation>Handrail beenden</translation>
    </message>
    <message numerus="yes">
        <source>Handrail: %Ln wait for a person</source>
        <translation>
            <numerusform>Handrail: %Ln wartet auf einen Menschen</numerusform>
            <numerusform>Handrail: %Ln warten auf einen Menschen</numerusform>
        </translation>
    </message>
    <message>
        <source>Handrail: nothing waits</source>
        <translation>Handrail: nichts wartet</translation>
    </message>
</context>
<context>
    <name>handrail::models::FiguresModel</name>
    <message>
        <source>An earlier result</source>
        <translation>Ein früheres Ergebnis</translation>
    </message>
    <message>
        <source>Another tool</source>
        <translation>Ein anderes Werkzeug</translation>
    </message>
    <message>
        <source>Another model</source>
        <translation>Ein anderes Modell</translation>
    </message>
    <message>
        <source>Approvals</source>
        <translation>Freigaben</translation>
    </message>
    <message>
        <source>Escalations</source>
        <translation>Eskalationen</translation>
    </message>
    <message>
        <source>Reviews</source>
        <translation>Prüfungen</translation>
    </message>
    <message>
        <source>Scope</source>
        <translation>Umfang</translation>
    </message>
    <message>
        <source>Proposals</source>
        <translation>Vorschläge</translation>
    </message>
    <message>
        <source>%1%</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>%1 · %2 %3</source>
        <translation>%1 · %2 %3</translation>
    </message>
    <message>
        <source>%1 times, %2 worked</source>
        <translation>%1-mal, davon %2 mit Erfolg</translation>
    </message>
    <message>
        <source>%1 asked, %2 decided</source>
        <translation>%1 gefragt, %2 entschieden</translation>
    </message>
    <message>
        <source>%1, %2 ran out</source>
        <translation>%1, %2 abgelaufen</translation>
    </message>
    <message>
        <source>%1, %2 on average</source>
        <translation>%1, im Mittel %2</translation>
    </message>
    <message>
        <source>within 10 s</source>
        <translation>in 10 s</translation>
    </message>
    <message>
        <source>within 30 s</source>
        <translation>in 30 s</translation>
    </message>
    <message>
        <source>within 1 min</source>
        <translation>in 1 min</translation>
    </message>
    <message>
        <source>within 5 min</source>
        <translation>in 5 min</translation>
    </message>
    <message>
        <source>within 15 min</source>
        <translation>in 15 min</translation>
    </message>
    <message>
        <source>within 1 h</source>
        <translation>in 1 h</translation>
    </message>
    <message>
        <source>later</source>
        <translation>später</translation>
    </message>
    <message>
        <source>%1 sent</source>
        <translation>%1 gesendet</translation>
    </message>
    <message>
        <source>%1, %2 failed: %3</source>
        <translation>%1, %2 fehlgeschlagen: %3</translation>
    </message>
    <message>
        <source>%1 times</source>
        <translation>%1-mal</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %Ln calls</source>
        <translation>
            <numerusform>%1 von %Ln Aufruf</numerusform>
            <numerusform>%1 von %Ln Aufrufen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 a run, %2 in %Ln runs</source>
        <translation>
            <numerusform>%1 je Lauf, %2 in %Ln Lauf</numerusform>
            <numerusform>%1 je Lauf, %2 in %Ln Läufen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>handrail::models::InboxModel</name>
    <message>
        <source>, chosen</source>
        <translation>, gewählt</translation>
    </message>
    <message>
        <source>, %1 has it</source>
        <translation>, bei %1</translation>
    </message>
    <message numerus="yes">
        <source>%Ln tickets with one cause, like: %1</source>
        <translation>
            <numerusform>%Ln Fall mit einer Ursache, etwa: %1</numerusform>
            <numerusform>%Ln Fälle mit einer Ursache, etwa: %1</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, risk %2: %3</source>
        <translation>%1, Risiko %2: %3</translation>
    </message>
</context>
<context>
    <name>handrail::models::JournalModel</name>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>Ereignis</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
</context>
<context>
    <name>handrail::models::LogModel</name>
    <message>
        <source>security</source>
        <translation>Sicherheit</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>Stufe</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>Ereignis</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
</context>
<context>
    <name>handrail::models::RulesModel</name>
    <message>
        <source>the run stops</source>
        <translation>der Lauf hält an</translation>
    </message>
    <message>
        <source>%1 (the definition says so)</source>
        <translation>%1 (so sagt es die Definition)</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>a code and its title</comment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>When a call ends with</source>
        <translation>Endet ein Aufruf mit</translation>
    </message>
    <message>
        <source>Then</source>
        <translation>Dann</translation>
    </message>
    <message>
        <source>done</source>
        <translation>erledigt</translation>
    </message>
    <message>
        <source>not tried again</source>
        <translation>wird nicht wiederholt</translation>
    </message>
    <message>
        <source>tried once more</source>
        <translation>wird noch einmal versucht</translation>
    </message>
    <message>
        <source>tried again after a wait</source>
        <translation>wird nach einer Pause wiederholt</translation>
    </message>
    <message>
        <source>%1 if nothing was sent; else unknown</source>
        <translation>%1, wenn nichts gesendet wurde; sonst unbekannt</translation>
    </message>
    <message>
        <source>taken up: its state is asked for</source>
        <translation>angenommen: sein Stand wird erfragt</translation>
    </message>
    <message>
        <source>did not happen: the step fails</source>
        <translation>nicht geschehen: der Schritt schlägt fehl</translation>
    </message>
    <message>
        <source>unknown: verified, or a person is asked</source>
        <translation>unbekannt: nachgeprüft, oder ein Mensch gefragt</translation>
    </message>
    <message>
        <source>happened, result lost: verified</source>
        <translation>geschehen, Ergebnis verloren: nachgeprüft</translation>
    </message>
</context>
<context>
    <name>handrail::models::RunsModel</name>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Agent</source>
        <translation>Agent</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>At, or why it stopped</source>
        <translation>Steht bei, oder warum er hält</translation>
    </message>
    <message>
        <source>Last change</source>
        <translation>Letzte Änderung</translation>
    </message>
    <message>
        <source>Running time</source>
        <translation>Laufzeit</translation>
    </message>
</context>
<context>
    <name>handrail::models::ToolsModel</name>
    <message>
        <source>not called yet</source>
        <translation>noch nicht aufgerufen</translation>
    </message>
    <message>
        <source>isolated</source>
        <translation>gesperrt</translation>
    </message>
    <message>
        <source>open: rests</source>
        <translation>offen: ruht</translation>
    </message>
    <message>
        <source>half open: is tried</source>
        <translation>halb offen: wird erprobt</translation>
    </message>
    <message>
        <source>closed: in use</source>
        <translation>geschlossen: in Betrieb</translation>
    </message>
    <message>
        <source>Only reads</source>
        <translation>Liest nur</translation>
    </message>
    <message>
        <source>Writes with a key</source>
        <translation>Schreibt mit Schlüssel</translation>
    </message>
    <message>
        <source>Writes, verifiable</source>
        <translation>Schreibt, nachprüfbar</translation>
    </message>
    <message>
        <source>Writes blindly</source>
        <translation>Schreibt blind</translation>
    </message>
    <message>
        <source>an earlier result, up to %1 old</source>
        <translation>ein früheres Ergebnis, bis zu %1 alt</translation>
    </message>
    <message>
        <source>%1, then %2</source>
        <translation>%1, dann %2</translation>
    </message>
    <message numerus="yes">
        <source>%1, %n attempts</source>
        <translation>
            <numerusform>%1, %n Versuch</numerusform>
            <numerusform>%1, %n Versuche</numerusform>
        </translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>no calls</source>
        <translation>keine Aufrufe</translation>
    </message>
    <message>
        <source>%1% of %2</source>
        <translation>%1 % von %2</translation>
    </message>
    <message>
        <source>Tool</source>
        <translation>Werkzeug</translation>
    </message>
    <message>
        <source>Agent</source>
        <translation>Agent</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>Host</translation>
    </message>
    <message>
        <source>What it does</source>
        <translation>Was es tut</translation>
    </message>
    <message>
        <source>Limits</source>
        <translation>Grenzen</translation>
    </message>
    <message>
        <source>Gate</source>
        <translation>Schranke</translation>
    </message>
    <message>
        <source>Fallback</source>
        <translation>Ersatz</translation>
    </message>
    <message>
        <source>Breaker</source>
        <translation>Sicherung</translation>
    </message>
    <message>
        <source>Failed calls</source>
        <translation>Fehlgeschlagene Aufrufe</translation>
    </message>
</context>
<context>
    <name>handrail::ui::AboutBox</name>
    <message>
        <source>About Handrail</source>
        <translation>Über Handrail</translation>
    </message>
    <message>
        <source>Handrail %1</source>
        <translation>Handrail %1</translation>
    </message>
    <message>
        <source>Runs agents failure-first: no effect twice, and every doubt shown to a person.</source>
        <translation>Führt Agenten vom Fehlerfall her aus: keine Wirkung zweimal, und jeder Zweifel vor einen Menschen.</translation>
    </message>
    <message>
        <source>Libraries and their licences</source>
        <translation>Bibliotheken und ihre Lizenzen</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>a library and its licence</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Text of the licence</source>
        <translation>Text der Lizenz</translation>
    </message>
    <message>
        <source>%1 is under the licence %2. Its text is not on this computer; the package %3 brings it.</source>
        <translation>%1 steht unter der Lizenz %2. Ihr Text liegt nicht auf diesem Rechner; das Paket %3 bringt ihn mit.</translation>
    </message>
</context>
<context>
    <name>handrail::ui::ActionButton</name>
    <message>
        <source>%1
Key: %2</source>
        <translation>%1
Taste: %2</translation>
    </message>
</context>
<context>
    <name>handrail::ui::ArgumentEdit</name>
    <message>
        <source>not given</source>
        <translation>nicht angegeben</translation>
    </message>
    <message>
        <source>%1 holds hidden characters: type it whole, without the tags.</source>
        <translation>%1 enthält verborgene Zeichen: bitte ganz neu eingeben, ohne die Marken.</translation>
    </message>
    <message>
        <source>%1 must be a number, like 1240.50.</source>
        <translation>%1 muss eine Zahl sein, etwa 1240.50.</translation>
    </message>
    <message>
        <source>%1 must be true or false.</source>
        <translation>%1 muss true oder false sein.</translation>
    </message>
    <message>
        <source>%1 is not valid JSON: %2</source>
        <translation>%1 ist kein gültiges JSON: %2</translation>
    </message>
    <message>
        <source>%1 must stay of its kind, a list or an object.</source>
        <translation>%1 muss von seiner Art bleiben, eine Liste oder ein Objekt.</translation>
    </message>
</context>
<context>
    <name>handrail::ui::ArgumentTable</name>
    <message>
        <source>not in the last call</source>
        <translation>nicht im letzten Aufruf</translation>
    </message>
    <message>
        <source>last time: %1</source>
        <translation>letztes Mal: %1</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>Stands at %1 in the arguments</source>
        <translation>Steht bei %1 in den Argumenten</translation>
    </message>
    <message>
        <source>Mixed alphabets</source>
        <translation>Gemischte Alphabete</translation>
    </message>
    <message>
        <source>Letters of several alphabets stand in one word: this may be a look-alike of another name.</source>
        <translation>In einem Wort stehen Buchstaben mehrerer Alphabete: es kann ein Doppelgänger eines anderen Namens sein.</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>Betrag</translation>
    </message>
    <message>
        <source>Recipient</source>
        <translation>Empfänger</translation>
    </message>
    <message>
        <source>and %1 more, all of them under Raw</source>
        <translation>und %1 weitere, alle unter „Roh“</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>Datensatz</translation>
    </message>
    <message>
        <source>Records</source>
        <translation>Datensätze</translation>
    </message>
</context>
<context>
    <name>handrail::ui::AttemptLine</name>
    <message>
        <source>Check %1</source>
        <translation>Nachprüfung %1</translation>
    </message>
    <message>
        <source>Look before</source>
        <translation>Blick vorher</translation>
    </message>
    <message>
        <source>Look at the tool</source>
        <translation>Blick auf das Werkzeug</translation>
    </message>
    <message>
        <source>Undo %1</source>
        <translation>Rücknahme %1</translation>
    </message>
    <message>
        <source>Call %1</source>
        <translation>Aufruf %1</translation>
    </message>
    <message>
        <source>answered</source>
        <translation>beantwortet</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>%1 · %2 · %3</source>
        <translation>%1 · %2 · %3</translation>
    </message>
    <message>
        <source>, then waited %1</source>
        <translation>, dann %1 gewartet</translation>
    </message>
    <message>
        <source> · injected for a test</source>
        <translation> · zum Test herbeigeführt</translation>
    </message>
    <message>
        <source>Attempts on a time line</source>
        <translation>Versuche auf einer Zeitachse</translation>
    </message>
    <message>
        <source>wait %1</source>
        <translation>%1 warten</translation>
    </message>
    <message>
        <source>0</source>
        <translation>0</translation>
    </message>
</context>
<context>
    <name>handrail::ui::BarList</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>und %n weitere</numerusform>
            <numerusform>und %n weitere</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>handrail::ui::ChecklistView</name>
    <message>
        <source>Agent</source>
        <translation>Agent</translation>
    </message>
    <message>
        <source>Check a file…</source>
        <translation>Datei prüfen…</translation>
    </message>
    <message>
        <source>Score, of a hundred</source>
        <translation>Punkte, von hundert</translation>
    </message>
    <message>
        <source>No agent yet. Run one, or check the file of a definition before it is run.</source>
        <translation>Noch kein Agent. Starten Sie einen, oder prüfen Sie die Datei einer Definition, bevor sie läuft.</translation>
    </message>
    <message>
        <source>Checklist</source>
        <translation>Checkliste</translation>
    </message>
    <message>
        <source>✗ This definition is not valid</source>
        <translation>✗ Diese Definition ist ungültig</translation>
    </message>
    <message>
        <source>%1 of 100: %2 of %3 questions are answered</source>
        <translation>%1 von 100: %2 von %3 Fragen sind beantwortet</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message numerus="yes">
        <source>%n places</source>
        <translation>
            <numerusform>%n Stelle</numerusform>
            <numerusform>%n Stellen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>und %n weitere</numerusform>
            <numerusform>und %n weitere</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>handrail::ui::CommandPalette</name>
    <message>
        <source>Commands</source>
        <translation>Befehle</translation>
    </message>
    <message>
        <source>Type a command</source>
        <translation>Befehl eingeben</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>%1    %2</source>
        <translation>%1    %2</translation>
    </message>
</context>
<context>
    <name>handrail::ui::Dashboard</name>
    <message>
        <source>Today</source>
        <translation>Heute</translation>
    </message>
    <message>
        <source>7 days</source>
        <translation>7 Tage</translation>
    </message>
    <message>
        <source>30 days</source>
        <translation>30 Tage</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Dashboard</source>
        <translation>Übersicht</translation>
    </message>
    <message>
        <source>runs started</source>
        <translation>Läufe gestartet</translation>
    </message>
    <message>
        <source>retries a run</source>
        <translation>Wiederholungen je Lauf</translation>
    </message>
    <message>
        <source>of all calls failed</source>
        <translation>aller Aufrufe schlugen fehl</translation>
    </message>
    <message>
        <source>fallbacks used</source>
        <translation>Ersatz genutzt</translation>
    </message>
    <message>
        <source>wait for a person</source>
        <translation>warten auf einen Menschen</translation>
    </message>
    <message>
        <source>Failed calls by tool</source>
        <translation>Fehlgeschlagene Aufrufe je Werkzeug</translation>
    </message>
    <message>
        <source>Tool</source>
        <translation>Werkzeug</translation>
    </message>
    <message>
        <source>Failed calls</source>
        <translation>Fehlgeschlagene Aufrufe</translation>
    </message>
    <message>
        <source>No call was made in this time.</source>
        <translation>In dieser Zeit gab es keinen Aufruf.</translation>
    </message>
    <message>
        <source>Failures by day</source>
        <translation>Fehler je Tag</translation>
    </message>
    <message>
        <source>Day and failure</source>
        <translation>Tag und Fehler</translation>
    </message>
    <message>
        <source>Times</source>
        <translation>Wie oft</translation>
    </message>
    <message>
        <source>Nothing failed in this time.</source>
        <translation>In dieser Zeit schlug nichts fehl.</translation>
    </message>
    <message>
        <source>Retries a run</source>
        <translation>Wiederholungen je Lauf</translation>
    </message>
    <message>
        <source>Agent</source>
        <translation>Agent</translation>
    </message>
    <message>
        <source>Retries</source>
        <translation>Wiederholungen</translation>
    </message>
    <message>
        <source>No run was started in this time.</source>
        <translation>In dieser Zeit wurde kein Lauf gestartet.</translation>
    </message>
    <message>
        <source>How runs ended</source>
        <translation>Wie Läufe endeten</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>Läufe</translation>
    </message>
    <message>
        <source>No run ended in this time.</source>
        <translation>In dieser Zeit endete kein Lauf.</translation>
    </message>
    <message>
        <source>Questions to people</source>
        <translation>Fragen an Menschen</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Questions</source>
        <translation>Fragen</translation>
    </message>
    <message>
        <source>Nobody was asked in this time.</source>
        <translation>In dieser Zeit wurde niemand gefragt.</translation>
    </message>
    <message>
        <source>Time to decision</source>
        <translation>Zeit bis zur Entscheidung</translation>
    </message>
    <message>
        <source>Decided</source>
        <translation>Entschieden</translation>
    </message>
    <message>
        <source>Decisions</source>
        <translation>Entscheidungen</translation>
    </message>
    <message>
        <source>Nothing was decided in this time.</source>
        <translation>In dieser Zeit wurde nichts entschieden.</translation>
    </message>
    <message>
        <source>What stood in</source>
        <translation>Was einsprang</translation>
    </message>
    <message>
        <source>Fallback</source>
        <translation>Ersatz</translation>
    </message>
    <message>
        <source>Nothing had to stand in in this time.</source>
        <translation>In dieser Zeit musste nichts einspringen.</translation>
    </message>
    <message>
        <source>Alerts that wait</source>
        <translation>Offene Alarme</translation>
    </message>
    <message>
        <source>Alert</source>
        <translation>Alarm</translation>
    </message>
    <message>
        <source>Nothing has come up over several runs.</source>
        <translation>Nichts ist über mehrere Läufe hinweg aufgefallen.</translation>
    </message>
    <message>
        <source>Messages to people</source>
        <translation>Nachrichten an Menschen</translation>
    </message>
    <message>
        <source>Notifier</source>
        <translation>Benachrichtigung</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>Nachrichten</translation>
    </message>
    <message>
        <source>No message was sent yet.</source>
        <translation>Noch wurde keine Nachricht gesendet.</translation>
    </message>
    <message>
        <source>runs of %1</source>
        <translation>Läufe von %1</translation>
    </message>
    <message>
        <source>runs that are: %1</source>
        <translation>Läufe mit dem Zustand: %1</translation>
    </message>
    <message>
        <source>runs that stopped with %1 on %2</source>
        <translation>Läufe, die am %2 mit %1 anhielten</translation>
    </message>
</context>
<context>
    <name>handrail::ui::DecisionBar</name>
    <message>
        <source>Withdraw the rejection</source>
        <translation>Ablehnung zurücknehmen</translation>
    </message>
    <message>
        <source>Let it go on</source>
        <translation>Weiterlaufen lassen</translation>
    </message>
    <message>
        <source>Ends the pause: the run goes on where it stood. An approval that ran out meanwhile is asked for anew.</source>
        <translation>Beendet die Pause: Der Lauf geht weiter, wo er stand. Eine inzwischen abgelaufene Freigabe wird neu erbeten.</translation>
    </message>
    <message>
        <source>Takes the no back while nothing was done. It is no yes: the question is asked anew.</source>
        <translation>Nimmt das Nein zurück, solange nichts geschah. Es ist kein Ja: Die Frage wird neu gestellt.</translation>
    </message>
    <message numerus="yes">
        <source>%n people must agree before it is sent.</source>
        <translation>
            <numerusform>%n Mensch muss zustimmen, bevor es gesendet wird.</numerusform>
            <numerusform>%n Menschen müssen zustimmen, bevor es gesendet wird.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 agreed. %n more must agree before it is sent.</source>
        <translation>
            <numerusform>%1 hat zugestimmt. %n weiterer muss zustimmen, bevor es gesendet wird.</numerusform>
            <numerusform>%1 hat zugestimmt. %n weitere müssen zustimmen, bevor es gesendet wird.</numerusform>
        </translation>
    </message>
    <message>
        <source>Decision</source>
        <translation>Entscheidung</translation>
    </message>
    <message>
        <source>A value cannot be decoded, so nobody can see what would be approved.</source>
        <translation>Ein Wert lässt sich nicht entschlüsseln; niemand kann sehen, was freigegeben würde.</translation>
    </message>
    <message>
        <source>A list of records cannot be edited here: reject it and say why.</source>
        <translation>Eine Liste von Datensätzen kann hier nicht geändert werden: lehnen Sie ab und sagen Sie, warum.</translation>
    </message>
    <message>
        <source>%1
Key: %2</source>
        <translation>%1
Taste: %2</translation>
    </message>
    <message>
        <source>Your decision is on its way…</source>
        <translation>Ihre Entscheidung ist unterwegs…</translation>
    </message>
    <message>
        <source>⚠ This changed; look again.</source>
        <translation>⚠ Dies hat sich geändert; sehen Sie noch einmal hin.</translation>
    </message>
    <message>
        <source>Approved. The run is paused: the call leaves when it goes on, unless you stop it.</source>
        <translation>Freigegeben. Der Lauf steht still: Der Aufruf geht ab, wenn der Lauf weitergeht, falls Sie den Aufruf nicht anhalten.</translation>
    </message>
    <message>
        <source>Approved. The call leaves when the time is over, unless you stop it.</source>
        <translation>Freigegeben. Der Aufruf geht ab, wenn die Zeit um ist, falls Sie ihn nicht anhalten.</translation>
    </message>
    <message>
        <source>Nothing can be decided here any more.</source>
        <translation>Hier ist nichts mehr zu entscheiden.</translation>
    </message>
    <message>
        <source>Decided by %1.</source>
        <translation>Entschieden von %1.</translation>
    </message>
    <message>
        <source>amount</source>
        <translation>Betrag</translation>
    </message>
    <message>
        <source>recipient</source>
        <translation>Empfänger</translation>
    </message>
    <message>
        <source>word</source>
        <translation>Wort</translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>Freigeben</translation>
    </message>
    <message>
        <source>Edit and approve…</source>
        <translation>Ändern und freigeben…</translation>
    </message>
    <message>
        <source>It happened…</source>
        <translation>Es ist geschehen…</translation>
    </message>
    <message>
        <source>It did not happen</source>
        <translation>Es ist nicht geschehen</translation>
    </message>
    <message>
        <source>I cannot tell</source>
        <translation>Kann ich nicht sagen</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Retry with changes…</source>
        <translation>Geändert wiederholen…</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>Auslassen</translation>
    </message>
    <message>
        <source>Use fallback</source>
        <translation>Ersatz nutzen</translation>
    </message>
    <message>
        <source>Answer…</source>
        <translation>Antworten…</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Undo…</source>
        <translation>Zurücknehmen…</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Reject…</source>
        <translation>Ablehnen…</translation>
    </message>
    <message>
        <source>Abort…</source>
        <translation>Abbrechen…</translation>
    </message>
    <message>
        <source>Sends exactly what is shown, once. A high risk asks you to type the amount or the name again.</source>
        <translation>Sendet genau das Gezeigte, einmal. Bei hohem Risiko geben Sie Betrag oder Namen noch einmal ein.</translation>
    </message>
    <message>
        <source>Lets you change the arguments, then sends the changed ones. The agent's own request is void.</source>
        <translation>Lässt Sie die Argumente ändern und sendet die geänderten. Die Anfrage des Agenten ist hinfällig.</translation>
    </message>
    <message>
        <source>Settles the doubt: the step counts as done, nothing is sent again. You may add the provider's reference.</source>
        <translation>Klärt den Zweifel: der Schritt gilt als erledigt, nichts wird noch einmal gesendet. Sie können die Referenz des Anbieters angeben.</translation>
    </message>
    <message>
        <source>Settles the doubt: the step counts as not done and is sent again. Be sure before you say so.</source>
        <translation>Klärt den Zweifel: der Schritt gilt als nicht getan und wird noch einmal gesendet. Seien Sie sicher, bevor Sie das sagen.</translation>
    </message>
    <message>
        <source>Notes that nobody knows. The ticket stays open and nothing that depends on it goes on.</source>
        <translation>Hält fest, dass es niemand weiß. Der Vorgang bleibt offen, und nichts, was davon abhängt, geht weiter.</translation>
    </message>
    <message>
        <source>Tries the failed step again with the same arguments and a fresh count of attempts.</source>
        <translation>Versucht den fehlgeschlagenen Schritt mit denselben Argumenten und neuer Zählung noch einmal.</translation>
    </message>
    <message>
        <source>Lets you change the arguments of the failed step, then tries it again.</source>
        <translation>Lässt Sie die Argumente des fehlgeschlagenen Schritts ändern und versucht ihn dann noch einmal.</translation>
    </message>
    <message>
        <source>Leaves this step out and goes on with the next. Later steps may miss its result.</source>
        <translation>Lässt diesen Schritt aus und geht zum nächsten. Späteren Schritten kann sein Ergebnis fehlen.</translation>
    </message>
    <message>
        <source>Does this step with the fallback that the definition names.</source>
        <translation>Führt diesen Schritt mit dem Ersatz aus, den die Definition nennt.</translation>
    </message>
    <message>
        <source>Gives the agent your guidance in words; it then tries again.</source>
        <translation>Gibt dem Agenten Ihren Rat in Worten; er versucht es dann noch einmal.</translation>
    </message>
    <message>
        <source>Leaves what was done as it is and closes the review.</source>
        <translation>Lässt alles, wie es ist, und schließt die Prüfung.</translation>
    </message>
    <message>
        <source>Shows what would be taken back, in order, before anything is sent.</source>
        <translation>Zeigt, was in welcher Reihenfolge zurückgenommen würde, bevor etwas gesendet wird.</translation>
    </message>
    <message>
        <source>Takes the approval back before the call leaves. Nothing is sent, and it is asked about anew.</source>
        <translation>Nimmt die Freigabe zurück, bevor der Aufruf abgeht. Nichts wird gesendet, und es wird neu gefragt.</translation>
    </message>
    <message>
        <source>Nothing is sent. Asks why; the step is skipped or the run ends, as the definition says.</source>
        <translation>Nichts wird gesendet. Fragt nach dem Grund; der Schritt wird ausgelassen oder der Lauf endet, wie die Definition sagt.</translation>
    </message>
    <message>
        <source>Ends the run here. What was done stays done; asks why.</source>
        <translation>Beendet den Lauf hier. Was getan ist, bleibt getan; fragt nach dem Grund.</translation>
    </message>
</context>
<context>
    <name>handrail::ui::DecisionForm</name>
    <message>
        <source>Confirm: %1</source>
        <translation>Bestätigen: %1</translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>Freigeben</translation>
    </message>
    <message>
        <source>Approve the changed request</source>
        <translation>Geänderte Anfrage freigeben</translation>
    </message>
    <message>
        <source>Retry with these</source>
        <translation>Damit wiederholen</translation>
    </message>
    <message>
        <source>Send answer</source>
        <translation>Antwort senden</translation>
    </message>
    <message>
        <source>It happened</source>
        <translation>Es ist geschehen</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Zurücknehmen</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>Ablehnen</translation>
    </message>
    <message>
        <source>Abort the run</source>
        <translation>Lauf abbrechen</translation>
    </message>
    <message>
        <source>Confirm</source>
        <translation>Bestätigen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Back without a decision (Esc)</source>
        <translation>Zurück ohne Entscheidung (Esc)</translation>
    </message>
    <message>
        <source>%1 (Ctrl+Enter)</source>
        <translation>%1 (Strg+Eingabe)</translation>
    </message>
</context>
<context>
    <name>handrail::ui::EditForm</name>
    <message>
        <source>Change the arguments, then approve</source>
        <translation>Argumente ändern, dann freigeben</translation>
    </message>
    <message>
        <source>Change the arguments, then retry</source>
        <translation>Argumente ändern, dann wiederholen</translation>
    </message>
    <message>
        <source>The %1 again</source>
        <translation>%1 noch einmal</translation>
    </message>
    <message>
        <source>Type the %1 “%2” to approve</source>
        <translation>Zur Freigabe eingeben: %1 „%2“</translation>
    </message>
    <message>
        <source>Type the %1 again, as it is now</source>
        <translation>Noch einmal eingeben, wie es jetzt ist: %1</translation>
    </message>
    <message>
        <source>Nothing is changed yet.</source>
        <translation>Noch ist nichts geändert.</translation>
    </message>
    <message>
        <source>The %1 must be typed again.</source>
        <translation>Noch einmal einzugeben: %1.</translation>
    </message>
    <message>
        <source>1 argument changed.</source>
        <translation>1 Argument geändert.</translation>
    </message>
    <message>
        <source>%1 arguments changed.</source>
        <translation>%1 Argumente geändert.</translation>
    </message>
    <message>
        <source>Ctrl+Enter confirms, Esc goes back.</source>
        <translation>Strg+Eingabe bestätigt, Esc geht zurück.</translation>
    </message>
</context>
<context>
    <name>handrail::ui::HandoffPanel</name>
    <message>
        <source>%1, run %2</source>
        <translation>%1, Lauf %2</translation>
    </message>
    <message>
        <source>%1: the same arguments</source>
        <translation>%1: dieselben Argumente</translation>
    </message>
    <message>
        <source>Last such call</source>
        <translation>Letzter solcher Aufruf</translation>
    </message>
    <message>
        <source>Decided: %1 by %2, %3</source>
        <translation>Entschieden: %1 von %2, %3</translation>
    </message>
    <message>
        <source>Raw</source>
        <translation>Roh</translation>
    </message>
    <message>
        <source>Raw data</source>
        <translation>Rohdaten</translation>
    </message>
    <message>
        <source>Save the whole…</source>
        <translation>Alles speichern…</translation>
    </message>
    <message>
        <source>Writes all of it into a file of your choice, uncut.</source>
        <translation>Schreibt alles ungekürzt in eine Datei Ihrer Wahl.</translation>
    </message>
    <message>
        <source>journal lines and JSON</source>
        <translation>Journalzeilen und JSON</translation>
    </message>
    <message>
        <source>Handoff</source>
        <translation>Übergabe</translation>
    </message>
    <message>
        <source>Nothing waits for you</source>
        <translation>Nichts wartet auf Sie</translation>
    </message>
    <message>
        <source>When an agent needs a decision, it stands in the list at the left. Start a run to see one.</source>
        <translation>Braucht ein Agent eine Entscheidung, steht sie links in der Liste. Starten Sie einen Lauf, um eine zu sehen.</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>Plan</translation>
    </message>
    <message>
        <source>Decide by %1</source>
        <translation>Zu entscheiden bis %1</translation>
    </message>
    <message>
        <source>Decide by %1. Silence is never consent: after that it has run out.</source>
        <translation>Zu entscheiden bis %1. Schweigen ist nie Zustimmung: danach ist es abgelaufen.</translation>
    </message>
    <message>
        <source>%1 · run %2 · asked %3</source>
        <translation>%1 · Lauf %2 · gefragt %3</translation>
    </message>
    <message>
        <source>%1 at %2</source>
        <translation>%1 um %2</translation>
    </message>
    <message>
        <source>answered</source>
        <translation>beantwortet</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>Began %1</source>
        <translation>Begann %1</translation>
    </message>
    <message>
        <source>%1 people must agree</source>
        <translation>%1 Menschen müssen zustimmen</translation>
    </message>
    <message>
        <source>Neither the one who asked nor the one who edited it last can be one of them.</source>
        <translation>Weder wer gefragt hat noch wer zuletzt geändert hat, kann dazugehören.</translation>
    </message>
    <message>
        <source>How much harm a wrong decision could do.</source>
        <translation>Wie viel Schaden eine falsche Entscheidung anrichten könnte.</translation>
    </message>
    <message>
        <source>Outcome unknown</source>
        <translation>Ausgang unbekannt</translation>
    </message>
    <message>
        <source>A call was sent and never answered: nobody here knows whether it took effect.</source>
        <translation>Ein Aufruf wurde gesendet und nie beantwortet: niemand hier weiß, ob er gewirkt hat.</translation>
    </message>
    <message>
        <source>Cannot be undone</source>
        <translation>Nicht rücknehmbar</translation>
    </message>
    <message>
        <source>There is no way back after this.</source>
        <translation>Danach gibt es kein Zurück.</translation>
    </message>
    <message>
        <source>What the call does to the world, as the definition says.</source>
        <translation>Was der Aufruf in der Welt bewirkt, wie die Definition sagt.</translation>
    </message>
    <message>
        <source>Fallback used</source>
        <translation>Ersatz genutzt</translation>
    </message>
    <message>
        <source>“%1” went by %2.</source>
        <translation>„%1“ ging über %2.</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Advisory</source>
        <translation>Beratend</translation>
    </message>
    <message>
        <source>The agent plans nothing more before a person has said how to go on.</source>
        <translation>Der Agent plant nichts mehr, bevor ein Mensch gesagt hat, wie es weitergeht.</translation>
    </message>
    <message>
        <source>The agent proposes, and a person decides about each step.</source>
        <translation>Der Agent schlägt vor, und ein Mensch entscheidet über jeden Schritt.</translation>
    </message>
    <message>
        <source>Backup model</source>
        <translation>Ersatzmodell</translation>
    </message>
    <message>
        <source>“%1” proposed it: the first model had given nothing usable.</source>
        <translation>„%1“ hat es vorgeschlagen: das erste Modell hatte nichts Brauchbares gegeben.</translation>
    </message>
    <message>
        <source>%1 times</source>
        <translation>%1-mal</translation>
    </message>
    <message>
        <source>The same has come up this often; it is still one ticket.</source>
        <translation>So oft kam dasselbe auf; es bleibt ein Vorgang.</translation>
    </message>
    <message>
        <source>%1 so far, %2 asked for now, of %3 %4</source>
        <translation>%1 bisher, jetzt %2 gefragt, von %3 %4</translation>
    </message>
    <message>
        <source>What was done</source>
        <translation>Was getan wurde</translation>
    </message>
    <message>
        <source>If you approve</source>
        <translation>Wenn Sie freigeben</translation>
    </message>
    <message>
        <source>Was called</source>
        <translation>Aufgerufen wurde</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>Aufrufe</translation>
    </message>
    <message>
        <source>Request</source>
        <translation>Anfrage</translation>
    </message>
    <message>
        <source>Within a day</source>
        <translation>Innerhalb eines Tages</translation>
    </message>
    <message>
        <source>Why you are asked</source>
        <translation>Warum Sie gefragt werden</translation>
    </message>
    <message>
        <source>%1  (%2)</source>
        <translation>%1  (%2)</translation>
    </message>
    <message>
        <source>Code %1</source>
        <translation>Code %1</translation>
    </message>
    <message>
        <source>Did it happen?</source>
        <translation>Ist es geschehen?</translation>
    </message>
    <message>
        <source>Nobody here knows whether this call took effect.</source>
        <translation>Niemand hier weiß, ob dieser Aufruf gewirkt hat.</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>Gesendet</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Executed steps</source>
        <translation>Ausgeführte Schritte</translation>
    </message>
    <message>
        <source>by %1</source>
        <translation>bis %1</translation>
    </message>
    <message>
        <source>Idempotency key %1</source>
        <translation>Idempotenzschlüssel %1</translation>
    </message>
    <message>
        <source>Failing step</source>
        <translation>Fehlgeschlagener Schritt</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>The log around it</source>
        <translation>Das Protokoll dazu</translation>
    </message>
    <message>
        <source>%1 lines of the journal</source>
        <translation>%1 Zeilen des Journals</translation>
    </message>
    <message>
        <source>Trace %1</source>
        <translation>Trace %1</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>✗ %1  (%2)</source>
        <translation>✗ %1  (%2)</translation>
    </message>
    <message>
        <source>Suggestion</source>
        <translation>Vorschlag</translation>
    </message>
    <message>
        <source>The agent's words</source>
        <translation>Die Worte des Agenten</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rücknahme</translation>
    </message>
    <message>
        <source>Undone</source>
        <translation>Zurückgenommen</translation>
    </message>
    <message>
        <source>Not undone</source>
        <translation>Nicht zurückgenommen</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>Unbekannt</translation>
    </message>
    <message>
        <source>%1 of %2 could be undone</source>
        <translation>%1 von %2 ließen sich zurücknehmen</translation>
    </message>
    <message>
        <source>User input</source>
        <translation>Eingabe</translation>
    </message>
    <message>
        <source>Arguments</source>
        <translation>Argumente</translation>
    </message>
    <message>
        <source>Journal</source>
        <translation>Journal</translation>
    </message>
    <message>
        <source>Digest</source>
        <translation>Prüfsumme</translation>
    </message>
</context>
<context>
    <name>handrail::ui::InboxDelegate</name>
    <message>
        <source>%1 has it</source>
        <translation>bei %1</translation>
    </message>
    <message>
        <source>put off until %1</source>
        <translation>zurückgestellt bis %1</translation>
    </message>
    <message>
        <source>? outcome unknown</source>
        <translation>? Ausgang unbekannt</translation>
    </message>
    <message>
        <source>
Decide by %1</source>
        <translation>
Zu entscheiden bis %1</translation>
    </message>
</context>
<context>
    <name>handrail::ui::InboxPanel</name>
    <message>
        <source>The %1 newest that fit are shown.</source>
        <translation>Die %1 neuesten, die passen, sind zu sehen.</translation>
    </message>
    <message>
        <source>The %1 most urgent are shown; more come as you scroll.</source>
        <translation>Die %1 dringendsten sind zu sehen; weitere kommen beim Blättern.</translation>
    </message>
    <message>
        <source>The %1 most urgent are shown. Search or filter to see others.</source>
        <translation>Die %1 dringendsten sind zu sehen. Andere zeigt eine Suche oder ein Filter.</translation>
    </message>
    <message>
        <source>Mine</source>
        <translation>Meine</translation>
    </message>
    <message>
        <source>Snoozed</source>
        <translation>Zurückgestellt</translation>
    </message>
    <message>
        <source>Search what waits  ( / )</source>
        <translation>Wartendes durchsuchen  ( / )</translation>
    </message>
    <message>
        <source>Search the inbox</source>
        <translation>Eingang durchsuchen</translation>
    </message>
    <message>
        <source>What waits for a person</source>
        <translation>Was auf einen Menschen wartet</translation>
    </message>
    <message>
        <source>Start the demo</source>
        <translation>Demo starten</translation>
    </message>
    <message>
        <source>Run an agent…</source>
        <translation>Agenten starten…</translation>
    </message>
    <message>
        <source>Nothing here fits</source>
        <translation>Hier passt nichts</translation>
    </message>
    <message>
        <source>Nothing waits for you</source>
        <translation>Nichts wartet auf Sie</translation>
    </message>
    <message>
        <source>Clear the search, or choose another filter.</source>
        <translation>Leeren Sie die Suche, oder wählen Sie einen anderen Filter.</translation>
    </message>
    <message>
        <source>When an agent needs a person, its question stands here. Start the demo to see how that looks, or run an agent of your own.</source>
        <translation>Braucht ein Agent einen Menschen, steht seine Frage hier. Starten Sie die Demo, um zu sehen, wie das aussieht, oder einen eigenen Agenten.</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Approvals</source>
        <translation>Freigaben</translation>
    </message>
    <message>
        <source>Escalations</source>
        <translation>Eskalationen</translation>
    </message>
    <message>
        <source>Reviews</source>
        <translation>Prüfungen</translation>
    </message>
    <message>
        <source>Scope</source>
        <translation>Umfang</translation>
    </message>
    <message>
        <source>Unknown outcomes</source>
        <translation>Unbekannter Ausgang</translation>
    </message>
</context>
<context>
    <name>handrail::ui::LogPanel</name>
    <message>
        <source>Search this log</source>
        <translation>Dieses Log durchsuchen</translation>
    </message>
    <message>
        <source>Log of the run</source>
        <translation>Log des Laufs</translation>
    </message>
    <message>
        <source>The log has nothing of this run. Lines come a moment after what they tell.</source>
        <translation>Das Log hat nichts von diesem Lauf. Zeilen kommen einen Augenblick nach dem, was sie erzählen.</translation>
    </message>
    <message>
        <source>No line fits. Clear the search.</source>
        <translation>Keine Zeile passt. Leeren Sie die Suche.</translation>
    </message>
</context>
<context>
    <name>handrail::ui::MainWindow</name>
    <message>
        <source>This no longer waits for anybody.</source>
        <translation>Dies wartet auf niemanden mehr.</translation>
    </message>
    <message>
        <source>Take it back (Ctrl+Z)</source>
        <translation>Zurücknehmen (Strg+Z)</translation>
    </message>
    <message>
        <source>Han&amp;doff</source>
        <translation>&amp;Fall</translation>
    </message>
    <message>
        <source>&amp;Take it</source>
        <translation>Über&amp;nehmen</translation>
    </message>
    <message>
        <source>&amp;Hand it to…</source>
        <translation>Über&amp;geben an…</translation>
    </message>
    <message>
        <source>&amp;Give it back</source>
        <translation>&amp;Zurückgeben</translation>
    </message>
    <message>
        <source>&amp;Snooze it…</source>
        <translation>Zurück&amp;stellen…</translation>
    </message>
    <message>
        <source>&amp;Choose it, to decide several together</source>
        <translation>&amp;Auswählen, um mehrere gemeinsam zu entscheiden</translation>
    </message>
    <message>
        <source>Choose &amp;none</source>
        <translation>&amp;Keinen auswählen</translation>
    </message>
    <message>
        <source>Gather tickets with one ca&amp;use</source>
        <translation>Fälle mit einer &amp;Ursache zusammenfassen</translation>
    </message>
    <message>
        <source>Take the last &amp;rejection back</source>
        <translation>Letzte Ablehnung zurückneh&amp;men</translation>
    </message>
    <message>
        <source>take the handoff, hand it to somebody, snooze it</source>
        <translation>den Fall übernehmen, übergeben, zurückstellen</translation>
    </message>
    <message>
        <source>X, Shift+J, Shift+K</source>
        <translation>X, Umschalt+J, Umschalt+K</translation>
    </message>
    <message>
        <source>choose several, to decide them together; Esc chooses none</source>
        <translation>mehrere auswählen, um sie gemeinsam zu entscheiden; Esc wählt keinen</translation>
    </message>
    <message>
        <source>→, ←</source>
        <translation>→, ←</translation>
    </message>
    <message>
        <source>open or close a row for tickets with one cause</source>
        <translation>eine Zeile für Fälle mit einer Ursache öffnen oder schließen</translation>
    </message>
    <message>
        <source>Ctrl+Z</source>
        <translation>Strg+Z</translation>
    </message>
    <message>
        <source>take the last rejection back, while nothing was done</source>
        <translation>die letzte Ablehnung zurücknehmen, solange nichts geschah</translation>
    </message>
    <message>
        <source>Handrail</source>
        <translation>Handrail</translation>
    </message>
    <message>
        <source>Inbox</source>
        <translation>Eingang</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>Läufe</translation>
    </message>
    <message>
        <source>(%1) Handrail</source>
        <translation>(%1) Handrail</translation>
    </message>
    <message>
        <source>Handrail has stopped sending: %1 %2</source>
        <translation>Handrail sendet nichts mehr: %1 %2</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Run an agent…</source>
        <translation>&amp;Agenten starten…</translation>
    </message>
    <message>
        <source>Start the &amp;demo</source>
        <translation>De&amp;mo starten</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>&amp;Go</source>
        <translation>&amp;Gehe zu</translation>
    </message>
    <message>
        <source>&amp;Next handoff</source>
        <translation>&amp;Nächste Übergabe</translation>
    </message>
    <message>
        <source>&amp;Previous handoff</source>
        <translation>&amp;Vorige Übergabe</translation>
    </message>
    <message>
        <source>Newest &amp;approval</source>
        <translation>Neueste &amp;Freigabe</translation>
    </message>
    <message>
        <source>&amp;Search the inbox</source>
        <translation>Eingang durch&amp;suchen</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>&amp;Keys</source>
        <translation>&amp;Tasten</translation>
    </message>
    <message>
        <source>&amp;Commands</source>
        <translation>&amp;Befehle</translation>
    </message>
    <message>
        <source>&amp;About Handrail</source>
        <translation>Über Hand&amp;rail</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>Run &amp;pane</source>
        <translation>&amp;Lauf daneben</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>&amp;Farben</translation>
    </message>
    <message>
        <source>Theme: as the desktop</source>
        <translation>Farben: wie der Desktop</translation>
    </message>
    <message>
        <source>Theme: light</source>
        <translation>Farben: hell</translation>
    </message>
    <message>
        <source>Theme: dark</source>
        <translation>Farben: dunkel</translation>
    </message>
    <message>
        <source>Text &amp;size</source>
        <translation>&amp;Schriftgröße</translation>
    </message>
    <message>
        <source>Text: normal</source>
        <translation>Schrift: normal</translation>
    </message>
    <message>
        <source>Text: large</source>
        <translation>Schrift: groß</translation>
    </message>
    <message>
        <source>Text: very large</source>
        <translation>Schrift: sehr groß</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>J, K or arrows</source>
        <translation>J, K oder Pfeile</translation>
    </message>
    <message>
        <source>move through the inbox</source>
        <translation>durch den Eingang gehen</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Eingabe</translation>
    </message>
    <message>
        <source>open the handoff (it never approves)</source>
        <translation>Übergabe öffnen (gibt nie frei)</translation>
    </message>
    <message>
        <source>search</source>
        <translation>suchen</translation>
    </message>
    <message>
        <source>Ctrl+K</source>
        <translation>Strg+K</translation>
    </message>
    <message>
        <source>all commands</source>
        <translation>alle Befehle</translation>
    </message>
    <message>
        <source>Ctrl+Shift+J</source>
        <translation>Strg+Umschalt+J</translation>
    </message>
    <message>
        <source>the newest approval</source>
        <translation>die neueste Freigabe</translation>
    </message>
    <message>
        <source>F9</source>
        <translation>F9</translation>
    </message>
    <message>
        <source>show or hide the run</source>
        <translation>Lauf zeigen oder verbergen</translation>
    </message>
    <message>
        <source>Ctrl+1 to Ctrl+9</source>
        <translation>Strg+1 bis Strg+9</translation>
    </message>
    <message>
        <source>the views, in their order</source>
        <translation>die Ansichten in ihrer Reihenfolge</translation>
    </message>
</context>
<context>
    <name>handrail::ui::NoticeRow</name>
    <message>
        <source>Dismiss</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>handrail::ui::PlainLabel</name>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
</context>
<context>
    <name>handrail::ui::PlanStrip</name>
    <message>
        <source>%1 of %2 done</source>
        <translation>%1 von %2 erledigt</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>1 attempt</source>
        <translation>1 Versuch</translation>
    </message>
    <message>
        <source>%1 attempts</source>
        <translation>%1 Versuche</translation>
    </message>
    <message>
        <source>key %1</source>
        <translation>Schlüssel %1</translation>
    </message>
    <message>
        <source>Its arguments are not known before the steps ahead of it are done.</source>
        <translation>Die Argumente sind erst bekannt, wenn die Schritte davor erledigt sind.</translation>
    </message>
    <message>
        <source>Result: %1</source>
        <translation>Ergebnis: %1</translation>
    </message>
</context>
<context>
    <name>handrail::ui::RefusalBox</name>
    <message>
        <source>Handrail</source>
        <translation>Handrail</translation>
    </message>
</context>
<context>
    <name>handrail::ui::ReasonDialog</name>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>Why? Whoever looks at this later reads it.</source>
        <translation>Warum? Wer später nachsieht, liest es.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>handrail::ui::RepeatForm</name>
    <message>
        <source>Type the %1 again to approve: %2</source>
        <translation>Zur Freigabe noch einmal eingeben (%1): %2</translation>
    </message>
    <message>
        <source>The %1 again</source>
        <translation>%1 noch einmal</translation>
    </message>
    <message>
        <source>That is not the %1 yet.</source>
        <translation>Das stimmt noch nicht überein: %1.</translation>
    </message>
    <message>
        <source>Ctrl+Enter approves, Esc goes back.</source>
        <translation>Strg+Eingabe gibt frei, Esc geht zurück.</translation>
    </message>
</context>
<context>
    <name>handrail::ui::RunPane</name>
    <message>
        <source>Replay this run</source>
        <translation>Diesen Lauf wiederholen</translation>
    </message>
    <message>
        <source>Goes over this run line by line; no effect leaves</source>
        <translation>Geht diesen Lauf Zeile für Zeile durch; keine Wirkung nach außen</translation>
    </message>
    <message>
        <source>Select a handoff or a run to see its journal.</source>
        <translation>Wählen Sie eine Übergabe oder einen Lauf, um das Journal zu sehen.</translation>
    </message>
    <message>
        <source>Journal of the run</source>
        <translation>Journal des Laufs</translation>
    </message>
    <message>
        <source>Running time used</source>
        <translation>Verbrauchte Laufzeit</translation>
    </message>
    <message>
        <source>Steps done</source>
        <translation>Erledigte Schritte</translation>
    </message>
    <message>
        <source>Time %1 of %2</source>
        <translation>Zeit %1 von %2</translation>
    </message>
    <message>
        <source>Steps %1 of %2</source>
        <translation>Schritte %1 von %2</translation>
    </message>
    <message>
        <source>No retries</source>
        <translation>Keine Wiederholung</translation>
    </message>
    <message>
        <source>%1 · models: %2</source>
        <translation>%1 · Modelle: %2</translation>
    </message>
    <message numerus="yes">
        <source>%n retries</source>
        <translation>
            <numerusform>%n Wiederholung</numerusform>
            <numerusform>%n Wiederholungen</numerusform>
        </translation>
    </message>
    <message>
        <source>Journal</source>
        <translation>Journal</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Log</translation>
    </message>
</context>
<context>
    <name>handrail::ui::RunsView</name>
    <message>
        <source>Replay this run</source>
        <translation>Diesen Lauf wiederholen</translation>
    </message>
    <message>
        <source>Goes over the selected run line by line; no effect leaves</source>
        <translation>Geht den gewählten Lauf Zeile für Zeile durch; keine Wirkung nach außen</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>Laufen</translation>
    </message>
    <message>
        <source>Wait for approval</source>
        <translation>Warten auf Freigabe</translation>
    </message>
    <message>
        <source>Need a person</source>
        <translation>Brauchen einen Menschen</translation>
    </message>
    <message>
        <source>Completed</source>
        <translation>Abgeschlossen</translation>
    </message>
    <message>
        <source>Ended otherwise</source>
        <translation>Anders beendet</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>Läufe</translation>
    </message>
    <message>
        <source>Abort this run…</source>
        <translation>Diesen Lauf abbrechen…</translation>
    </message>
    <message>
        <source>Ends the selected run; what was done stays done</source>
        <translation>Beendet den gewählten Lauf; was getan ist, bleibt getan</translation>
    </message>
    <message>
        <source>Go to its handoff</source>
        <translation>Zu seiner Übergabe</translation>
    </message>
    <message>
        <source>Shows what the selected run waits for, or the last that was decided in it. Key: Enter in the list</source>
        <translation>Zeigt, worauf der gewählte Lauf wartet, oder was in ihm zuletzt entschieden wurde. Taste: Eingabe in der Liste</translation>
    </message>
    <message>
        <source>Pause this run…</source>
        <translation>Diesen Lauf anhalten…</translation>
    </message>
    <message>
        <source>Lets the selected run stand still: a call under way is heard out, nothing new is sent until somebody lets it go on</source>
        <translation>Lässt den gewählten Lauf stillstehen: Ein laufender Aufruf wird noch abgewartet, nichts Neues wird gesendet, bis ihn jemand weiterlaufen lässt</translation>
    </message>
    <message>
        <source>Pause a run</source>
        <translation>Lauf anhalten</translation>
    </message>
    <message>
        <source>The run %1 of %2 stands still from here: a call under way is heard out, and nothing new is sent. A ticket in the inbox lets it go on, or ends it.</source>
        <translation>Der Lauf %1 von %2 steht ab hier still: Ein laufender Aufruf wird noch abgewartet, nichts Neues wird gesendet. Ein Vorgang im Eingang lässt ihn weiterlaufen oder beendet ihn.</translation>
    </message>
    <message>
        <source>Pause the run</source>
        <translation>Lauf anhalten</translation>
    </message>
    <message>
        <source>Run an agent…</source>
        <translation>Agenten starten…</translation>
    </message>
    <message>
        <source>Search runs  ( / )</source>
        <translation>Läufe durchsuchen  ( / )</translation>
    </message>
    <message>
        <source>Search runs</source>
        <translation>Läufe durchsuchen</translation>
    </message>
    <message>
        <source>Show older ones</source>
        <translation>Ältere zeigen</translation>
    </message>
    <message>
        <source>%1   ✕</source>
        <comment>a condition and the sign that takes it away</comment>
        <translation>%1   ✕</translation>
    </message>
    <message>
        <source>Only %1; press to show all runs again</source>
        <translation>Nur %1; drücken zeigt wieder alle Läufe</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>a filter and how many fit</comment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>No runs yet. Run an agent, or start the demo from the inbox.</source>
        <translation>Noch keine Läufe. Starten Sie einen Agenten, oder die Demo aus dem Eingang.</translation>
    </message>
    <message>
        <source>No run fits. Clear the search, or choose another filter.</source>
        <translation>Kein Lauf passt. Leeren Sie die Suche, oder wählen Sie einen anderen Filter.</translation>
    </message>
    <message>
        <source>%1 of the newest %2 runs</source>
        <translation>%1 der neuesten %2 Läufe</translation>
    </message>
    <message>
        <source>%1 of %2 runs</source>
        <translation>%1 von %2 Läufen</translation>
    </message>
    <message>
        <source>Abort a run</source>
        <translation>Lauf abbrechen</translation>
    </message>
    <message>
        <source>The run %1 of %2 ends here. What it has done stays done, and its open questions are withdrawn; an unknown outcome stays open.</source>
        <translation>Der Lauf %1 von %2 endet hier. Was er getan hat, bleibt getan; seine offenen Fragen werden zurückgezogen, ein unbekannter Ausgang bleibt offen.</translation>
    </message>
    <message>
        <source>Abort the run</source>
        <translation>Lauf abbrechen</translation>
    </message>
</context>
<context>
    <name>handrail::ui::SchemaForm</name>
    <message>
        <source>like %1</source>
        <translation>etwa %1</translation>
    </message>
    <message>
        <source>of the form %1</source>
        <translation>von der Form %1</translation>
    </message>
    <message>
        <source>(not given)</source>
        <translation>(nicht angegeben)</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>a list, as JSON: [&quot;one&quot;, &quot;two&quot;]</source>
        <translation>eine Liste, als JSON: [&quot;eins&quot;, &quot;zwei&quot;]</translation>
    </message>
    <message>
        <source>as JSON</source>
        <translation>als JSON</translation>
    </message>
    <message>
        <source>%1 (must be given)</source>
        <translation>%1 (Pflicht)</translation>
    </message>
    <message>
        <source>This must be given.</source>
        <translation>Dies muss angegeben werden.</translation>
    </message>
    <message>
        <source>This must be a number, like 12.5.</source>
        <translation>Dies muss eine Zahl sein, etwa 12.5.</translation>
    </message>
    <message>
        <source>This must be a whole number.</source>
        <translation>Dies muss eine ganze Zahl sein.</translation>
    </message>
    <message>
        <source>This is not valid JSON: %1</source>
        <translation>Dies ist kein gültiges JSON: %1</translation>
    </message>
</context>
<context>
    <name>handrail::ui::SearchField</name>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>Suche leeren</translation>
    </message>
</context>
<context>
    <name>handrail::ui::SettingsView</name>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Darstellung</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Farben</translation>
    </message>
    <message>
        <source>As the desktop</source>
        <translation>Wie der Desktop</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>Schriftgröße</translation>
    </message>
    <message>
        <source>Normal</source>
        <translation>Normal</translation>
    </message>
    <message>
        <source>Large</source>
        <translation>Groß</translation>
    </message>
    <message>
        <source>Very large</source>
        <translation>Sehr groß</translation>
    </message>
    <message>
        <source>Comfortable rows</source>
        <translation>Bequeme Zeilen</translation>
    </message>
    <message>
        <source>Rows of tables are 40 pixels high instead of 32.</source>
        <translation>Tabellenzeilen sind 40 statt 32 Pixel hoch.</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Single letters decide</source>
        <translation>Einzelne Buchstaben entscheiden</translation>
    </message>
    <message>
        <source>A, R, J and the like act while the inbox or a handoff has the focus. Switched off, every action is still there by mouse, menu and with Tab.</source>
        <translation>A, R, J und andere wirken, solange der Eingang oder eine Übergabe den Fokus hat. Ausgeschaltet bleibt alles mit Maus, Menü und Tabulator erreichbar.</translation>
    </message>
    <message>
        <source>Operator</source>
        <translation>Bedienende Person</translation>
    </message>
    <message>
        <source>Notifiers</source>
        <translation>Benachrichtigungen</translation>
    </message>
    <message>
        <source>The definitions of agents say who is told and how. A test sends one message that says it is a test.</source>
        <translation>Die Definitionen der Agenten sagen, wer wie benachrichtigt wird. Ein Test sendet eine Nachricht, die sagt, dass sie ein Test ist.</translation>
    </message>
    <message>
        <source>No agent that has run here names a notifier. Add &quot;notify&quot; to a definition.</source>
        <translation>Kein Agent, der hier lief, nennt eine Benachrichtigung. Ergänzen Sie „notify“ in einer Definition.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>a setting and its choice</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Decisions made here are recorded under the name %1, the one that this computer knows you by.</source>
        <translation>Entscheidungen werden hier unter dem Namen %1 festgehalten, unter dem dieser Rechner Sie kennt.</translation>
    </message>
    <message>
        <source>of %1</source>
        <translation>von %1</translation>
    </message>
    <message>
        <source>%1; %2</source>
        <translation>%1; %2</translation>
    </message>
    <message>
        <source>Send a test</source>
        <translation>Test senden</translation>
    </message>
    <message>
        <source>Send a test through %1</source>
        <translation>Test senden über %1</translation>
    </message>
    <message>
        <source>Sending…</source>
        <translation>Wird gesendet…</translation>
    </message>
</context>
<context>
    <name>handrail::ui::StartDialog</name>
    <message>
        <source>Run an agent</source>
        <translation>Agenten starten</translation>
    </message>
    <message>
        <source>Agent</source>
        <translation>Agent</translation>
    </message>
    <message>
        <source>Input, as JSON</source>
        <translation>Eingabe, als JSON</translation>
    </message>
    <message>
        <source>Write the input as &amp;JSON</source>
        <translation>Eingabe als &amp;JSON schreiben</translation>
    </message>
    <message>
        <source>Start the run</source>
        <translation>Lauf starten</translation>
    </message>
    <message>
        <source>Open a &amp;file…</source>
        <translation>&amp;Datei öffnen…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>No agent is known here yet. Open the file of a definition.</source>
        <translation>Hier ist noch kein Agent bekannt. Öffnen Sie die Datei einer Definition.</translation>
    </message>
</context>
<context>
    <name>handrail::ui::ToolDetail</name>
    <message>
        <source>one, never again</source>
        <translation>einer, nie wieder</translation>
    </message>
    <message>
        <source>up to %1, waiting %2 at first and %3 at most</source>
        <translation>bis zu %1, mit anfangs %2 und höchstens %3 Pause</translation>
    </message>
    <message>
        <source>none: nobody is asked</source>
        <translation>keine: niemand wird gefragt</translation>
    </message>
    <message>
        <source>, two people must agree</source>
        <translation>, zwei Menschen müssen zustimmen</translation>
    </message>
    <message>
        <source>, can be stopped for %1</source>
        <translation>, kann %1 lang angehalten werden</translation>
    </message>
    <message>
        <source>, critical</source>
        <translation>, kritisch</translation>
    </message>
    <message>
        <source>none in the last seven days</source>
        <translation>keine in den letzten sieben Tagen</translation>
    </message>
    <message>
        <source>%1 of %2 failed in the last seven days, %3 each</source>
        <translation>%1 von %2 schlugen in den letzten sieben Tagen fehl, je %3</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>Aufruf</translation>
    </message>
    <message>
        <source>Effect</source>
        <translation>Wirkung</translation>
    </message>
    <message>
        <source>Time-out</source>
        <translation>Zeitgrenze</translation>
    </message>
    <message>
        <source>Attempts</source>
        <translation>Versuche</translation>
    </message>
    <message>
        <source>Gate</source>
        <translation>Schranke</translation>
    </message>
    <message>
        <source>Fallback</source>
        <translation>Ersatz</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>Aufrufe</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>Host</translation>
    </message>
    <message>
        <source>Host's limits</source>
        <translation>Grenzen des Hosts</translation>
    </message>
    <message>
        <source>What a failure means for it</source>
        <translation>Was ein Fehler dafür bedeutet</translation>
    </message>
    <message>
        <source>What a failure means for this tool</source>
        <translation>Was ein Fehler für dieses Werkzeug bedeutet</translation>
    </message>
    <message>
        <source> by %1: %2</source>
        <translation> von %1: %2</translation>
    </message>
    <message>
        <source>, until %1</source>
        <translation>, bis %1</translation>
    </message>
    <message numerus="yes">
        <source>, %n calls under way</source>
        <translation>
            <numerusform>, %n Aufruf unterwegs</numerusform>
            <numerusform>, %n Aufrufe unterwegs</numerusform>
        </translation>
    </message>
    <message>
        <source>none: a person is asked</source>
        <translation>keiner: ein Mensch wird gefragt</translation>
    </message>
    <message>
        <source>%1 calls at once; rests for %2 after %3 failures in a row</source>
        <translation>%1 Aufrufe zugleich; ruht %2 nach %3 Fehlern in Folge</translation>
    </message>
    <message>
        <source>Release this host…</source>
        <translation>Sperre des Hosts aufheben…</translation>
    </message>
    <message>
        <source>Isolate this host…</source>
        <translation>Diesen Host sperren…</translation>
    </message>
    <message>
        <source>Calls go out to it again</source>
        <translation>Aufrufe gehen wieder dorthin</translation>
    </message>
    <message>
        <source>Nothing is sent to it any more until it is released</source>
        <translation>Dorthin wird nichts mehr gesendet, bis die Sperre aufgehoben ist</translation>
    </message>
</context>
<context>
    <name>handrail::ui::ToolsView</name>
    <message>
        <source>Search tools  ( / )</source>
        <translation>Werkzeuge durchsuchen  ( / )</translation>
    </message>
    <message>
        <source>Search tools</source>
        <translation>Werkzeuge durchsuchen</translation>
    </message>
    <message>
        <source>All tools</source>
        <translation>Alle Werkzeuge</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Werkzeuge</translation>
    </message>
    <message>
        <source>No tools yet. A tool stands here once an agent that has it was run.</source>
        <translation>Noch keine Werkzeuge. Ein Werkzeug steht hier, sobald ein Agent mit ihm lief.</translation>
    </message>
    <message>
        <source>No tool fits. Clear the search.</source>
        <translation>Kein Werkzeug passt. Leeren Sie die Suche.</translation>
    </message>
    <message>
        <source>Nothing is sent to %1 any more until somebody releases it, also after a restart. Runs that need it wait.</source>
        <translation>An %1 wird nichts mehr gesendet, bis jemand die Sperre aufhebt, auch nach einem Neustart. Läufe, die es brauchen, warten.</translation>
    </message>
    <message>
        <source>Calls to %1 go out again, and the runs that wait for it go on.</source>
        <translation>Aufrufe an %1 gehen wieder hinaus, und die wartenden Läufe gehen weiter.</translation>
    </message>
    <message>
        <source>Isolate a host</source>
        <translation>Host sperren</translation>
    </message>
    <message>
        <source>Release a host</source>
        <translation>Sperre eines Hosts aufheben</translation>
    </message>
    <message>
        <source>Isolate</source>
        <translation>Sperren</translation>
    </message>
    <message>
        <source>Release</source>
        <translation>Aufheben</translation>
    </message>
</context>
<context>
    <name>handrail::ui::UndoForm</name>
    <message>
        <source>This would be taken back, in this order</source>
        <translation>Das würde zurückgenommen, in dieser Reihenfolge</translation>
    </message>
    <message>
        <source>The whole run, not only this step</source>
        <translation>Den ganzen Lauf, nicht nur diesen Schritt</translation>
    </message>
    <message>
        <source>Nothing of this can be undone.</source>
        <translation>Davon lässt sich nichts zurücknehmen.</translation>
    </message>
    <message>
        <source>One call will be sent. If it fails, you are asked again.</source>
        <translation>Ein Aufruf wird gesendet. Schlägt er fehl, werden Sie wieder gefragt.</translation>
    </message>
    <message>
        <source>%1 calls will be sent, one after the other. A failure stops and asks again.</source>
        <translation>%1 Aufrufe werden gesendet, einer nach dem anderen. Ein Fehler hält an und fragt wieder.</translation>
    </message>
</context>
<context>
    <name>handrail::ui::UndoList</name>
    <message>
        <source>no time limit</source>
        <translation>ohne Frist</translation>
    </message>
    <message>
        <source>too late since %1</source>
        <translation>zu spät seit %1</translation>
    </message>
    <message>
        <source>until %1 (%2)</source>
        <translation>bis %1 (%2)</translation>
    </message>
    <message>
        <source>stays as it is</source>
        <translation>bleibt, wie es ist</translation>
    </message>
    <message>
        <source>%1.</source>
        <translation>%1.</translation>
    </message>
    <message>
        <source>Stays as it is: %1</source>
        <translation>Bleibt, wie es ist: %1</translation>
    </message>
</context>
<context>
    <name>handrail::ui::ViewBar</name>
    <message>
        <source>Show %1</source>
        <translation>%1 zeigen</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>a view and how much is in it</comment>
        <translation>%1 %2</translation>
    </message>
</context>
<context>
    <name>handrail::ui::Wording</name>
    <message>
        <source>1 record</source>
        <translation>1 Datensatz</translation>
    </message>
    <message>
        <source>%1 records</source>
        <translation>%1 Datensätze</translation>
    </message>
    <message>
        <source>Ran out</source>
        <translation>Abgelaufen</translation>
    </message>
    <message>
        <source>%1:%2 left</source>
        <translation>noch %1:%2</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>noch %1</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>gerade eben</translation>
    </message>
    <message>
        <source>%1 s ago</source>
        <translation>vor %1 s</translation>
    </message>
    <message>
        <source>%1 min ago</source>
        <translation>vor %1 min</translation>
    </message>
    <message>
        <source>%1 ago</source>
        <translation>vor %1</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nein</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nichts</translation>
    </message>
    <message>
        <source>empty text</source>
        <translation>leerer Text</translation>
    </message>
    <message>
        <source>planned</source>
        <translation>geplant</translation>
    </message>
    <message>
        <source>running</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>done</source>
        <translation>erledigt</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>skipped</source>
        <translation>ausgelassen</translation>
    </message>
    <message>
        <source>undone</source>
        <translation>zurückgenommen</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>Low risk</source>
        <translation>Geringes Risiko</translation>
    </message>
    <message>
        <source>Medium risk</source>
        <translation>Mittleres Risiko</translation>
    </message>
    <message>
        <source>High risk</source>
        <translation>Hohes Risiko</translation>
    </message>
    <message>
        <source>Critical risk</source>
        <translation>Kritisches Risiko</translation>
    </message>
    <message>
        <source>Only reads</source>
        <translation>Liest nur</translation>
    </message>
    <message>
        <source>Writes, protected by a key</source>
        <translation>Schreibt, durch Schlüssel geschützt</translation>
    </message>
    <message>
        <source>Writes, can be verified</source>
        <translation>Schreibt, nachprüfbar</translation>
    </message>
    <message>
        <source>Writes blindly</source>
        <translation>Schreibt blind</translation>
    </message>
    <message>
        <source>Approval</source>
        <translation>Freigabe</translation>
    </message>
    <message>
        <source>Escalation</source>
        <translation>Eskalation</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Prüfung</translation>
    </message>
    <message>
        <source>Scope</source>
        <translation>Umfang</translation>
    </message>
    <message>
        <source>Proposal</source>
        <translation>Vorschlag</translation>
    </message>
</context>
<context>
    <name>handrail::ui::WordsForm</name>
    <message>
        <source>Why do you reject it?</source>
        <translation>Warum lehnen Sie ab?</translation>
    </message>
    <message>
        <source>Why do you end this run?</source>
        <translation>Warum beenden Sie diesen Lauf?</translation>
    </message>
    <message>
        <source>What should the agent know or do?</source>
        <translation>Was soll der Agent wissen oder tun?</translation>
    </message>
    <message>
        <source>It happened. The provider's reference, if there is one:</source>
        <translation>Es ist geschehen. Die Referenz des Anbieters, falls es eine gibt:</translation>
    </message>
    <message>
        <source>for example re_3PqX… (may stay empty)</source>
        <translation>zum Beispiel re_3PqX… (darf leer bleiben)</translation>
    </message>
    <message>
        <source>Reference</source>
        <translation>Referenz</translation>
    </message>
    <message>
        <source>Your words go to the agent as they are.</source>
        <translation>Ihre Worte gehen unverändert an den Agenten.</translation>
    </message>
    <message>
        <source>Your words are kept with the decision.</source>
        <translation>Ihre Worte werden mit der Entscheidung aufbewahrt.</translation>
    </message>
    <message>
        <source>Ctrl+Enter confirms, Esc goes back.</source>
        <translation>Strg+Eingabe bestätigt, Esc geht zurück.</translation>
    </message>
    <message>
        <source>Needed. Ctrl+Enter confirms, Esc goes back.</source>
        <translation>Nötig. Strg+Eingabe bestätigt, Esc geht zurück.</translation>
    </message>
</context>
<context>
    <name>words</name>
    <message>
        <source>%1 tokens</source>
        <translation>%1 Tokens</translation>
    </message>
    <message>
        <source>start</source>
        <translation>Beginn</translation>
    </message>
    <message>
        <source>+%1</source>
        <translation>+%1</translation>
    </message>
    <message>
        <source>= same</source>
        <translation>= gleich</translation>
    </message>
    <message>
        <source>? not known</source>
        <translation>? nicht bekannt</translation>
    </message>
    <message>
        <source>− not now</source>
        <translation>− jetzt nicht</translation>
    </message>
    <message>
        <source>≠ other</source>
        <translation>≠ anders</translation>
    </message>
    <message>
        <source>+ new</source>
        <translation>+ neu</translation>
    </message>
    <message>
        <source>running</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source>waits for approval</source>
        <translation>wartet auf Freigabe</translation>
    </message>
    <message>
        <source>needs a person</source>
        <translation>braucht einen Menschen</translation>
    </message>
    <message>
        <source>completed</source>
        <translation>abgeschlossen</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>timed out</source>
        <translation>Zeit abgelaufen</translation>
    </message>
    <message>
        <source>aborted</source>
        <translation>abgebrochen</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>angehalten</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 min %2 s</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 h %2 min</translation>
    </message>
    <message>
        <source>%1 days</source>
        <translation>%1 Tage</translation>
    </message>
</context>
<context>
    <name>handrail::ui::BulkPanel</name>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message numerus="yes">
        <source>%n more are not in this list: decide these first, then the next ones stand here.</source>
        <translation>
            <numerusform>%n weiterer steht nicht in dieser Liste: Entscheiden Sie zuerst diese, dann folgt er.</numerusform>
            <numerusform>%n weitere stehen nicht in dieser Liste: Entscheiden Sie zuerst diese, dann folgen die nächsten.</numerusform>
        </translation>
    </message>
    <message>
        <source>Show them, too</source>
        <translation>Auch diese zeigen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Decide together</source>
        <translation>Gemeinsam entscheiden</translation>
    </message>
    <message>
        <source>Why (needed to reject or to end; kept with each)</source>
        <translation>Warum (nötig zum Ablehnen oder Beenden; wird bei jedem vermerkt)</translation>
    </message>
    <message>
        <source>Their number</source>
        <translation>Ihre Anzahl</translation>
    </message>
    <message>
        <source>What is decided together</source>
        <translation>Was gemeinsam entschieden wird</translation>
    </message>
    <message>
        <source>Risk</source>
        <translation>Risiko</translation>
    </message>
    <message>
        <source>Decide by</source>
        <translation>Entscheiden bis</translation>
    </message>
    <message>
        <source>What became of it</source>
        <translation>Was daraus wurde</translation>
    </message>
    <message numerus="yes">
        <source>%n more with this cause came since. They are not in this list, so nothing here decides them.</source>
        <translation>
            <numerusform>%n weiterer Fall mit dieser Ursache kam seither hinzu. Er steht nicht in dieser Liste, also entscheidet ihn hier nichts.</numerusform>
            <numerusform>%n weitere Fälle mit dieser Ursache kamen seither hinzu. Sie stehen nicht in dieser Liste, also entscheidet sie hier nichts.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Decide %n together</source>
        <translation>
            <numerusform>%n gemeinsam entscheiden</numerusform>
            <numerusform>%n gemeinsam entscheiden</numerusform>
        </translation>
    </message>
    <message>
        <source>One decision over exactly these. Each is held against what is shown here when it is recorded; what has changed meanwhile is refused and stays open. Offered is what is possible for every one of them.</source>
        <translation>Eine Entscheidung über genau diese. Jeder Fall wird beim Festhalten mit dem verglichen, was hier steht; was sich inzwischen geändert hat, wird abgewiesen und bleibt offen. Angeboten wird, was bei jedem von ihnen möglich ist.</translation>
    </message>
    <message>
        <source>This was decided; its answers stand in the list.</source>
        <translation>Das ist entschieden; die Antworten stehen in der Liste.</translation>
    </message>
    <message>
        <source>Say why first.</source>
        <translation>Sagen Sie zuerst, warum.</translation>
    </message>
    <message>
        <source>Type their number first.</source>
        <translation>Geben Sie zuerst ihre Anzahl ein.</translation>
    </message>
    <message>
        <source>⚠ Some are of high risk. To approve, type how many there are.</source>
        <translation>⚠ Einige haben ein hohes Risiko. Zum Genehmigen geben Sie ein, wie viele es sind.</translation>
    </message>
    <message>
        <source>on its way…</source>
        <translation>unterwegs…</translation>
    </message>
</context>
<context>
    <name>handrail::app::ConsoleReplay</name>
    <message>
        <source>Save the bundle</source>
        <translation>Das Bündel speichern</translation>
    </message>
    <message>
        <source>Saved. It replays anywhere: handrail replay FILE</source>
        <translation>Gespeichert. Es lässt sich überall wiederholen: handrail replay DATEI</translation>
    </message>
    <message>
        <source>Agent definitions (*.json)</source>
        <translation>Agentendefinitionen (*.json)</translation>
    </message>
    <message>
        <source>Replay</source>
        <translation>Wiederholung</translation>
    </message>
    <message>
        <source>Open a bundle</source>
        <translation>Ein Bündel öffnen</translation>
    </message>
    <message>
        <source>Bundles (*.json);;All files (*)</source>
        <translation>Bündel (*.json);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Choose another definition</source>
        <translation>Eine andere Definition wählen</translation>
    </message>
    <message>
        <source>Reading the journal…</source>
        <translation>Das Journal wird gelesen…</translation>
    </message>
    <message>
        <source>Replaying…</source>
        <translation>Wird wiederholt…</translation>
    </message>
    <message>
        <source>Working out what would have been…</source>
        <translation>Es wird ermittelt, was gewesen wäre…</translation>
    </message>
</context>
<context>
    <name>handrail::ui::MomentPanel</name>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Running time used</source>
        <translation>Verbrauchte Laufzeit</translation>
    </message>
    <message>
        <source>Raw</source>
        <translation>Roh</translation>
    </message>
    <message>
        <source>Where the run stood</source>
        <translation>Wo der Lauf stand</translation>
    </message>
    <message>
        <source>Journal line</source>
        <translation>Journalzeile</translation>
    </message>
    <message>
        <source>Decided by</source>
        <translation>Entschieden durch</translation>
    </message>
    <message>
        <source>Budget</source>
        <translation>Budget</translation>
    </message>
    <message>
        <source>Time: %1 left of %2</source>
        <translation>Zeit: noch %1 von %2</translation>
    </message>
    <message>
        <source>This step: %1 left</source>
        <translation>Dieser Schritt: noch %1</translation>
    </message>
    <message>
        <source>Steps: %1 left of %2</source>
        <translation>Schritte: noch %1 von %2</translation>
    </message>
    <message>
        <source>Retries: %1 left, %2 made</source>
        <translation>Wiederholversuche: noch %1, %2 gemacht</translation>
    </message>
    <message>
        <source>Models: %1</source>
        <translation>Modelle: %1</translation>
    </message>
    <message>
        <source>Plan: %1</source>
        <translation>Plan: %1</translation>
    </message>
    <message>
        <source>Line %1 · %2 · %3</source>
        <translation>Zeile %1 · %2 · %3</translation>
    </message>
    <message>
        <source>It came from outside or follows by itself: no rule had to choose.</source>
        <translation>Es kam von außen oder folgt von selbst: Keine Regel musste wählen.</translation>
    </message>
    <message>
        <source>, at %1</source>
        <translation>, bei %1</translation>
    </message>
</context>
<context>
    <name>handrail::models::ReplayModel</name>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>Ereignis</translation>
    </message>
    <message>
        <source>– not reached</source>
        <translation>– nicht erreicht</translation>
    </message>
    <message>
        <source>→ given</source>
        <translation>→ gegeben</translation>
    </message>
    <message>
        <source>✓ same</source>
        <translation>✓ gleich</translation>
    </message>
    <message>
        <source>✗ differs</source>
        <translation>✗ weicht ab</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>Zeile</translation>
    </message>
    <message>
        <source>Replayed</source>
        <translation>Wiederholt</translation>
    </message>
</context>
<context>
    <name>handrail::ui::ReplayView</name>
    <message>
        <source>Save as a bundle…</source>
        <translation>Als Bündel speichern…</translation>
    </message>
    <message>
        <source>The run that is open, as one file to be replayed on another machine</source>
        <translation>Der geöffnete Lauf als eine Datei, auf einem anderen Rechner zu wiederholen</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Journal</source>
        <translation>Journal</translation>
    </message>
    <message>
        <source>Time line of the run</source>
        <translation>Zeitlinie des Laufs</translation>
    </message>
    <message>
        <source>Choose a run above, or open a bundle that another machine has exported. In the list of runs and beside a run, "Replay this run" opens it here.</source>
        <translation>Wählen Sie oben einen Lauf, oder öffnen Sie ein Bündel, das ein anderer Rechner ausgeführt hat. In der Liste der Läufe und neben einem Lauf öffnet ihn „Diesen Lauf wiederholen“ hier.</translation>
    </message>
    <message>
        <source>Replay</source>
        <translation>Wiederholung</translation>
    </message>
    <message>
        <source>Replay: no effect leaves</source>
        <translation>Wiederholung: keine Wirkung nach außen</translation>
    </message>
    <message>
        <source>What replays has neither a wire nor a store: nothing is sent and nothing is stored.</source>
        <translation>Was hier wiederholt, hat weder Leitung noch Speicher: Nichts wird gesendet und nichts gespeichert.</translation>
    </message>
    <message>
        <source>Run to replay: choose one, or type its id</source>
        <translation>Lauf zum Wiederholen: wählen Sie einen, oder geben Sie seine Kennung ein</translation>
    </message>
    <message>
        <source>Choose a run or type its id</source>
        <translation>Lauf wählen oder Kennung eingeben</translation>
    </message>
    <message>
        <source>Open a bundle…</source>
        <translation>Bündel öffnen…</translation>
    </message>
    <message>
        <source>A run that was exported here or elsewhere; the file is trusted in nothing</source>
        <translation>Ein Lauf, der hier oder anderswo ausgeführt wurde; der Datei wird in nichts vertraut</translation>
    </message>
    <message>
        <source>It works</source>
        <translation>Arbeitet</translation>
    </message>
    <message>
        <source>Goes over the whole journal and proves that the code decides the same</source>
        <translation>Geht das ganze Journal durch und beweist, dass der Code dasselbe entscheidet</translation>
    </message>
    <message>
        <source>What if</source>
        <translation>Was wäre wenn</translation>
    </message>
    <message>
        <source>Journal of the run that is replayed</source>
        <translation>Journal des wiederholten Laufs</translation>
    </message>
    <message>
        <source>%1 · imported bundle</source>
        <translation>%1 · eingeführtes Bündel</translation>
    </message>
    <message>
        <source>%1 · %2 · %3 lines</source>
        <translation>%1 · %2 · %3 Zeilen</translation>
    </message>
    <message>
        <source>Not replayed yet</source>
        <translation>Noch nicht wiederholt</translation>
    </message>
    <message>
        <source>✗ W112: line %1 is decided otherwise now, so the run is shown as it stood before. %2</source>
        <translation>✗ W112: Zeile %1 wird heute anders entschieden; der Lauf wird gezeigt, wie er davor stand. %2</translation>
    </message>
    <message numerus="yes">
        <source>✓ Same decisions, %n lines</source>
        <translation>
            <numerusform>✓ Gleiche Entscheidungen, %n Zeile</numerusform>
            <numerusform>✓ Gleiche Entscheidungen, %n Zeilen</numerusform>
        </translation>
    </message>
    <message>
        <source>line %1</source>
        <translation>Zeile %1</translation>
    </message>
    <message>
        <source>behind the last line</source>
        <translation>hinter der letzten Zeile</translation>
    </message>
    <message>
        <source> Now: %1</source>
        <translation> Jetzt: %1</translation>
    </message>
    <message>
        <source>✗ W112 at %1: %2%3</source>
        <translation>✗ W112 bei %1: %2%3</translation>
    </message>
</context>
<context>
    <name>handrail::ui::TendingBar</name>
    <message>
        <source>%1
Key: %2</source>
        <translation>%1
Taste: %2</translation>
    </message>
    <message>
        <source>Who has it</source>
        <translation>Bei wem</translation>
    </message>
    <message>
        <source>Take</source>
        <translation>Übernehmen</translation>
    </message>
    <message>
        <source>Others see that you have it. They may still decide it.</source>
        <translation>Andere sehen, dass Sie ihn haben. Entscheiden dürfen sie ihn weiterhin.</translation>
    </message>
    <message>
        <source>Hand to…</source>
        <translation>Übergeben an…</translation>
    </message>
    <message>
        <source>Somebody else has it from now on.</source>
        <translation>Von nun an hat ihn jemand anderes.</translation>
    </message>
    <message>
        <source>Snooze…</source>
        <translation>Zurückstellen…</translation>
    </message>
    <message>
        <source>Out of the way until later; it is back in time to be decided before it runs out.</source>
        <translation>Bis später aus dem Weg; rechtzeitig vor dem Ablauf ist er wieder da.</translation>
    </message>
    <message>
        <source>Nobody has it yet.</source>
        <translation>Noch bei niemandem.</translation>
    </message>
    <message>
        <source>You have this.</source>
        <translation>Sie haben ihn.</translation>
    </message>
    <message>
        <source>%1 has this.</source>
        <translation>%1 hat ihn.</translation>
    </message>
    <message>
        <source>Put off until %1.</source>
        <translation>Zurückgestellt bis %1.</translation>
    </message>
    <message>
        <source>Give back</source>
        <translation>Zurückgeben</translation>
    </message>
    <message>
        <source>Hand to</source>
        <translation>Übergeben an</translation>
    </message>
    <message>
        <source>Who has it from now on? Their name as they sign in:</source>
        <translation>Wer hat ihn von nun an? Der Name, mit dem sie sich anmelden:</translation>
    </message>
    <message>
        <source>Hand over</source>
        <translation>Übergeben</translation>
    </message>
    <message>
        <source>For 15 minutes</source>
        <translation>Für 15 Minuten</translation>
    </message>
    <message>
        <source>For an hour</source>
        <translation>Für eine Stunde</translation>
    </message>
    <message>
        <source>For four hours</source>
        <translation>Für vier Stunden</translation>
    </message>
    <message>
        <source>Until tomorrow morning</source>
        <translation>Bis morgen früh</translation>
    </message>
    <message>
        <source>As long as it can be: until %1</source>
        <translation>So lange es geht: bis %1</translation>
    </message>
    <message>
        <source>Back at once</source>
        <translation>Sofort zurück</translation>
    </message>
</context>
<context>
    <name>handrail::ui::TimeLine</name>
    <message>
        <source>0</source>
        <translation>0</translation>
    </message>
    <message>
        <source>%1 · %2 · %3</source>
        <translation>%1 · %2 · %3</translation>
    </message>
    <message>
        <source>call %1</source>
        <translation>Aufruf %1</translation>
    </message>
    <message>
        <source>waits %1</source>
        <translation>wartet %1</translation>
    </message>
    <message>
        <source>waits for a person %1</source>
        <translation>wartet auf einen Menschen %1</translation>
    </message>
    <message>
        <source>no process ran %1</source>
        <translation>kein Prozess lief %1</translation>
    </message>
    <message>
        <source>%1</source>
        <translation>%1</translation>
    </message>
    <message>
        <source>line %1</source>
        <translation>Zeile %1</translation>
    </message>
    <message>
        <source>new</source>
        <translation>neu</translation>
    </message>
    <message>
        <source>no lines</source>
        <translation>keine Zeilen</translation>
    </message>
    <message>
        <source>%1; %2 of %3</source>
        <translation>%1; %2 von %3</translation>
    </message>
    <message>
        <source>// %1</source>
        <translation>// %1</translation>
    </message>
</context>
<context>
    <name>handrail::ui::WhatIfForm</name>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>Decision</source>
        <translation>Entscheidung</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>Aufruf</translation>
    </message>
    <message>
        <source>Arguments</source>
        <translation>Argumente</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>Change the field and try again.</source>
        <translation>Ändern Sie das Feld und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>line %1</source>
        <translation>Zeile %1</translation>
    </message>
    <message>
        <source>What to change</source>
        <translation>Was geändert wird</translation>
    </message>
    <message>
        <source>What if</source>
        <translation>Was wäre wenn</translation>
    </message>
    <message>
        <source>an argument had been other</source>
        <translation>ein Argument anders gewesen wäre</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>Argument</source>
        <translation>Argument</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>a limit had been other</source>
        <translation>eine Grenze anders gewesen wäre</translation>
    </message>
    <message>
        <source>Limit</source>
        <translation>Grenze</translation>
    </message>
    <message>
        <source>running time of the run, in seconds</source>
        <translation>Laufzeit des Laufs in Sekunden</translation>
    </message>
    <message>
        <source>running time of a step, in seconds</source>
        <translation>Laufzeit eines Schritts in Sekunden</translation>
    </message>
    <message>
        <source>number of steps</source>
        <translation>Anzahl der Schritte</translation>
    </message>
    <message>
        <source>age of the run, in seconds</source>
        <translation>Alter des Laufs in Sekunden</translation>
    </message>
    <message>
        <source>tokens of models</source>
        <translation>Token der Modelle</translation>
    </message>
    <message>
        <source>Value of the limit</source>
        <translation>Wert der Grenze</translation>
    </message>
    <message>
        <source>a reply had been other</source>
        <translation>eine Antwort anders gewesen wäre</translation>
    </message>
    <message>
        <source>Reply</source>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>How it ended</source>
        <translation>Wie es ausging</translation>
    </message>
    <message>
        <source>it succeeded, with this result</source>
        <translation>es gelang, mit diesem Ergebnis</translation>
    </message>
    <message>
        <source>Result, as JSON</source>
        <translation>Ergebnis als JSON</translation>
    </message>
    <message>
        <source>It ended</source>
        <translation>Es endete</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>a call had failed on purpose</source>
        <translation>ein Aufruf mit Absicht gescheitert wäre</translation>
    </message>
    <message>
        <source>Failure</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>no answer in time</source>
        <translation>keine Antwort in der Zeit</translation>
    </message>
    <message>
        <source>HTTP 500</source>
        <translation>HTTP 500</translation>
    </message>
    <message>
        <source>no connection</source>
        <translation>keine Verbindung</translation>
    </message>
    <message>
        <source>a person had decided otherwise</source>
        <translation>ein Mensch anders entschieden hätte</translation>
    </message>
    <message>
        <source>Decided instead</source>
        <translation>Stattdessen entschieden</translation>
    </message>
    <message>
        <source>What was said</source>
        <translation>Was gesagt wurde</translation>
    </message>
    <message>
        <source>Instead</source>
        <translation>Stattdessen</translation>
    </message>
    <message>
        <source>the whole definition had been other</source>
        <translation>die ganze Definition anders gewesen wäre</translation>
    </message>
    <message>
        <source>The same replies and decisions, under the definition in a file that you choose.</source>
        <translation>Dieselben Antworten und Entscheidungen, unter der Definition in einer Datei, die Sie wählen.</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>Datei wählen…</translation>
    </message>
    <message>
        <source>Try</source>
        <translation>Versuchen</translation>
    </message>
    <message>
        <source>The definition has no step: what a model proposed is changed as its reply.</source>
        <translation>Die Definition hat keinen Schritt: Was ein Modell vorschlug, wird als dessen Antwort geändert.</translation>
    </message>
    <message>
        <source>The journal has no reply.</source>
        <translation>Das Journal hat keine Antwort.</translation>
    </message>
    <message>
        <source>The journal has no call.</source>
        <translation>Das Journal hat keinen Aufruf.</translation>
    </message>
    <message>
        <source>Nobody has decided anything in this run.</source>
        <translation>In diesem Lauf hat niemand etwas entschieden.</translation>
    </message>
    <message>
        <source>as usual</source>
        <translation>wie üblich</translation>
    </message>
    <message>
        <source>Settled</source>
        <translation>Geklärt</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>all of them, as JSON</source>
        <translation>alle zusammen, als JSON</translation>
    </message>
    <message>
        <source>happened, not_happened or cannot_tell</source>
        <translation>happened, not_happened oder cannot_tell</translation>
    </message>
    <message>
        <source>Name the argument.</source>
        <translation>Nennen Sie das Argument.</translation>
    </message>
    <message>
        <source>A limit is a number.</source>
        <translation>Eine Grenze ist eine Zahl.</translation>
    </message>
    <message>
        <source>The result is no JSON: %1</source>
        <translation>Das Ergebnis ist kein JSON: %1</translation>
    </message>
    <message>
        <source>Arguments are a JSON object.</source>
        <translation>Argumente sind ein JSON-Objekt.</translation>
    </message>
</context>
<context>
    <name>handrail::models::WhatIfModel</name>
    <message>
        <source>As it was</source>
        <translation>Wie es war</translation>
    </message>
    <message>
        <source>Compared</source>
        <translation>Verglichen</translation>
    </message>
    <message>
        <source>As it would be</source>
        <translation>Wie es wäre</translation>
    </message>
</context>
<context>
    <name>handrail::ui::WhatIfPanel</name>
    <message>
        <source>Time line as it was</source>
        <translation>Zeitlinie, wie es war</translation>
    </message>
    <message>
        <source>Time line as it would be</source>
        <translation>Zeitlinie, wie es wäre</translation>
    </message>
    <message>
        <source>The lines side by side</source>
        <translation>Die Zeilen nebeneinander</translation>
    </message>
    <message>
        <source>Choose what is to be other and press Try. What the journal cannot answer is not guessed: the line then ends there and says so.</source>
        <translation>Wählen Sie, was anders sein soll, und drücken Sie Versuchen. Was das Journal nicht beantworten kann, wird nicht geraten: Die Linie endet dann dort und sagt es.</translation>
    </message>
    <message>
        <source>As it was</source>
        <translation>Wie es war</translation>
    </message>
    <message>
        <source>As it would be</source>
        <translation>Wie es wäre</translation>
    </message>
    <message>
        <source>= No line would be other.</source>
        <translation>= Keine Zeile wäre anders.</translation>
    </message>
    <message numerus="yes">
        <source>≠ %n lines would be other.</source>
        <translation>
            <numerusform>≠ %n Zeile wäre anders.</numerusform>
            <numerusform>≠ %n Zeilen wären anders.</numerusform>
        </translation>
    </message>
    <message>
        <source>Then: %1</source>
        <translation>Dann: %1</translation>
    </message>
    <message>
        <source>? It is not known how it goes on. %1</source>
        <translation>? Es ist nicht bekannt, wie es weitergeht. %1</translation>
    </message>
    <message>
        <source>Assumed: %1</source>
        <translation>Angenommen: %1</translation>
    </message>
</context>
<context>
    <name>handrail::ui::BundleDialog</name>
    <message>
        <source>Save a run as a bundle</source>
        <translation>Einen Lauf als Bündel speichern</translation>
    </message>
    <message>
        <source>The journal and the definition of run %1, to be replayed anywhere. Secrets stay behind: only their names are in it.</source>
        <translation>Das Journal und die Definition des Laufs %1, überall zu wiederholen. Geheimnisse bleiben hier: nur ihre Namen stehen darin.</translation>
    </message>
    <message>
        <source>What is to be masked</source>
        <translation>Was unkenntlich gemacht wird</translation>
    </message>
    <message>
        <source>Mask, too: email, /buyer/name</source>
        <translation>Auch unkenntlich: email, /buyer/name</translation>
    </message>
    <message>
        <source>Names or places, with commas between them. The same value is masked wherever else it stands.</source>
        <translation>Namen oder Stellen, mit Kommas dazwischen. Derselbe Wert wird überall unkenntlich, wo er sonst steht.</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>Speichern…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>The file will have %1.</source>
        <translation>Die Datei wird %1 haben.</translation>
    </message>
</context>
</TS>
