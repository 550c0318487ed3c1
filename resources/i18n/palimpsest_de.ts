<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE" sourcelanguage="en">
<context>
    <name>CompareText</name>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Settings that differ</source>
        <translation>Abweichende Einstellungen</translation>
    </message>
    <message>
        <source>Task %1</source>
        <translation>Aufgabe %1</translation>
    </message>
    <message>
        <source>there</source>
        <translation>vorhanden</translation>
    </message>
    <message>
        <source>not there</source>
        <translation>nicht vorhanden</translation>
    </message>
    <message>
        <source>None: both runs have the same settings</source>
        <translation>Keine: beide Läufe haben dieselben Einstellungen</translation>
    </message>
    <message>
        <source>Accuracy of the virtualized tasks, on the test samples</source>
        <translation>Genauigkeit der virtualisierten Aufgaben auf den Testbeispielen</translation>
    </message>
    <message>
        <source>Mean of the tasks that both have</source>
        <translation>Mittel der Aufgaben, die beide haben</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>Page pool</source>
        <translation>Seitenpool</translation>
    </message>
    <message>
        <source>Exclusive pages</source>
        <translation>Exklusive Seiten</translation>
    </message>
    <message>
        <source>Private tensors</source>
        <translation>Private Tensoren</translation>
    </message>
    <message>
        <source>Page tables</source>
        <translation>Seitentabellen</translation>
    </message>
    <message>
        <source>Scales</source>
        <translation>Skalen</translation>
    </message>
    <message>
        <source>Virtualized, all of these</source>
        <translation>Virtualisiert, alles zusammen</translation>
    </message>
    <message>
        <source>Scratch network</source>
        <translation>Arbeitsnetz</translation>
    </message>
    <message>
        <source>Networks as they were</source>
        <translation>Netze im Original</translation>
    </message>
    <message>
        <source>Matching</source>
        <translation>Zuordnung</translation>
    </message>
    <message>
        <source>Barycentre cost</source>
        <translation>Schwerpunktkosten</translation>
    </message>
    <message>
        <source>Pairwise cost</source>
        <translation>Paarweise Kosten</translation>
    </message>
    <message>
        <source>Gap to the lower bound</source>
        <translation>Abstand zur unteren Schranke</translation>
    </message>
    <message>
        <source>Slots of the pool</source>
        <translation>Slots des Pools</translation>
    </message>
    <message>
        <source>Page map</source>
        <translation>Seitenkarte</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>Execution</source>
        <translation>Umschaltung</translation>
    </message>
    <message>
        <source>Paged switch, median</source>
        <translation>Seitenweise Umschaltung, Median</translation>
    </message>
    <message>
        <source>Paged switch, 95 %</source>
        <translation>Seitenweise Umschaltung, 95 %</translation>
    </message>
    <message>
        <source>Pages with other neighbours, or another level</source>
        <translation>Seiten mit anderen Nachbarn oder auf anderer Ebene</translation>
    </message>
</context>
<context>
    <name>ImportPage</name>
    <message>
        <source>values divided by %1</source>
        <translation>Werte durch %1 geteilt</translation>
    </message>
    <message>
        <source>dark and light swapped, divided by %1</source>
        <translation>Hell und Dunkel vertauscht, durch %1 geteilt</translation>
    </message>
    <message>
        <source>each sample divided by its length</source>
        <translation>jedes Beispiel durch seine Länge geteilt</translation>
    </message>
    <message>
        <source>less the mean of each column</source>
        <translation>abzüglich des Mittels jeder Spalte</translation>
    </message>
    <message>
        <source>mean 0 and deviation 1 a channel</source>
        <translation>Mittel 0 und Abweichung 1 je Kanal</translation>
    </message>
    <message>
        <source>colours made grey</source>
        <translation>Farben in Grau umgewandelt</translation>
    </message>
    <message>
        <source>brought to %1</source>
        <translation>auf %1 gebracht</translation>
    </message>
    <message>
        <source>sound made a spectrogram</source>
        <translation>Ton in ein Spektrogramm umgewandelt</translation>
    </message>
    <message>
        <source>write it into the field Shape of one sample, as in 3, 32, 32</source>
        <translation>schreiben Sie sie in das Feld „Form eines Beispiels“, etwa 3, 32, 32</translation>
    </message>
    <message>
        <source>choose its layer list below</source>
        <translation>wählen Sie unten die Schichtliste dazu</translation>
    </message>
    <message>
        <source>a layer list, chosen below,</source>
        <translation>eine Schichtliste, unten gewählt,</translation>
    </message>
    <message>
        <source>values as the files have them</source>
        <translation>Werte, wie sie in den Dateien stehen</translation>
    </message>
</context>
<context>
    <name>Inspector</name>
    <message>
        <source>%1 nats per squared weight</source>
        <translation>%1 nat je Gewicht²</translation>
    </message>
    <message>
        <source>Cost of the slot</source>
        <translation>Kosten des Slots</translation>
    </message>
    <message>
        <source>%1 nats, %2 of the pool&apos;s</source>
        <translation>%1 nat, %2 der Kosten des Pools</translation>
    </message>
    <message>
        <source>%1 nats</source>
        <translation>%1 nat</translation>
    </message>
    <message>
        <source>Slot %1</source>
        <translation>Slot %1</translation>
    </message>
    <message>
        <source>Used by</source>
        <translation>Genutzt von</translation>
    </message>
    <message>
        <source>no page</source>
        <translation>keiner Seite</translation>
    </message>
    <message>
        <source>%1 pages of %2 tasks</source>
        <translation>Seiten: %1, Aufgaben: %2</translation>
    </message>
    <message>
        <source>Fisher</source>
        <translation>Fisher</translation>
    </message>
    <message>
        <source>Page %1</source>
        <translation>Seite %1</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>Aufgabe</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>Density</source>
        <translation>Dichte</translation>
    </message>
    <message>
        <source>%1 of the task&apos;s Fisher</source>
        <translation>%1 der Fisher-Information der Aufgabe</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Ort</translation>
    </message>
    <message>
        <source>exclusive, in memory level 2</source>
        <translation>exklusiv, in Speicherebene 2</translation>
    </message>
    <message>
        <source>%1, with %2 other pages</source>
        <translation>%1; weitere Seiten dort: %2</translation>
    </message>
    <message>
        <source>slot %1</source>
        <translation>Slot %1</translation>
    </message>
    <message>
        <source>Layer %1</source>
        <translation>Schicht %1</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>Ausgabe</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>Gewichte</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
    <message>
        <source>none: the layer has no weights on pages</source>
        <translation>keine: die Schicht hat keine Gewichte auf Seiten</translation>
    </message>
    <message>
        <source>%1, %2 of them exclusive</source>
        <translation>%1, davon %2 exklusiv</translation>
    </message>
    <message>
        <source>Task %1</source>
        <translation>Aufgabe %1</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Netz</translation>
    </message>
    <message>
        <source>%1 weights in %2 layers</source>
        <translation>Gewichte: %1, Schichten: %2</translation>
    </message>
    <message>
        <source>%1 of %2 weights</source>
        <translation>%1 von %2 Gewichten</translation>
    </message>
    <message>
        <source>Private</source>
        <translation>Privat</translation>
    </message>
    <message>
        <source>%1 values</source>
        <translation>Werte: %1</translation>
    </message>
    <message>
        <source>Shared</source>
        <translation>Gemeinsam</translation>
    </message>
    <message>
        <source>Exclusive</source>
        <translation>Exklusiv</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>Genauigkeit</translation>
    </message>
    <message>
        <source>%1 alone, %2 packed</source>
        <translation>%1 allein, %2 gepackt</translation>
    </message>
</context>
<context>
    <name>MemoryBarText</name>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>budget %1, exceeded by %2</source>
        <translation>Budget %1, um %2 überschritten</translation>
    </message>
    <message>
        <source>budget %1, %2 left</source>
        <translation>Budget %1, %2 frei</translation>
    </message>
    <message>
        <source>Page pool</source>
        <translation>Seitenpool</translation>
    </message>
    <message>
        <source>Exclusive pages</source>
        <translation>Exklusive Seiten</translation>
    </message>
    <message>
        <source>Private tensors</source>
        <translation>Private Tensoren</translation>
    </message>
    <message>
        <source>Page tables</source>
        <translation>Seitentabellen</translation>
    </message>
    <message>
        <source>Scales</source>
        <translation>Skalen</translation>
    </message>
    <message>
        <source>Scratch network</source>
        <translation>Arbeitsnetz</translation>
    </message>
    <message>
        <source>Whole networks</source>
        <translation>Ganze Netze</translation>
    </message>
    <message>
        <source>Networks as they were</source>
        <translation>Netze im Original</translation>
    </message>
    <message>
        <source>Private %1</source>
        <translation>Privat %1</translation>
    </message>
    <message>
        <source>Virtualized</source>
        <translation>Virtualisiert</translation>
    </message>
    <message>
        <source>Scratch, beside it</source>
        <translation>Arbeitsnetz, zusätzlich</translation>
    </message>
    <message>
        <source>Level 1, with scratch</source>
        <translation>Ebene 1, mit Arbeitsnetz</translation>
    </message>
    <message>
        <source>Level 2</source>
        <translation>Ebene 2</translation>
    </message>
</context>
<context>
    <name>NewProject</name>
    <message>
        <source>Tasks: %1.</source>
        <translation>Aufgaben: %1.</translation>
    </message>
    <message>
        <source>These data sets are not on this computer yet: %1.</source>
        <translation>Diese Datensätze sind noch nicht auf diesem Rechner: %1.</translation>
    </message>
    <message>
        <source>Empty</source>
        <translation>Leer</translation>
    </message>
    <message>
        <source>A recipe without tasks: add your own networks and data to it.</source>
        <translation>Ein Rezept ohne Aufgaben: Fügen Sie eigene Netze und Daten hinzu.</translation>
    </message>
    <message>
        <source>Ten tasks</source>
        <translation>Zehn Aufgaben</translation>
    </message>
    <message>
        <source>One level</source>
        <translation>Eine Ebene</translation>
    </message>
</context>
<context>
    <name>PageMap</name>
    <message>
        <source>ex</source>
        <comment>exclusive, in two or three letters</comment>
        <translation>ex</translation>
    </message>
    <message>
        <source>%1 nats</source>
        <translation>%1 nat</translation>
    </message>
    <message>
        <source>Slot %1: no page uses it.</source>
        <translation>Slot %1: Keine Seite nutzt ihn.</translation>
    </message>
    <message>
        <source>Page %1</source>
        <translation>Seite %1</translation>
    </message>
    <message>
        <source>Layer: %1</source>
        <translation>Schicht: %1</translation>
    </message>
    <message>
        <source>Fisher: %1 nats per squared weight</source>
        <translation>Fisher: %1 nat je Gewicht²</translation>
    </message>
    <message>
        <source>Exclusive: kept in memory level 2 for this task alone</source>
        <translation>Exklusiv: nur für diese Aufgabe in Speicherebene 2</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>und %1 weitere</translation>
    </message>
    <message>
        <source>Slot %1
Pages (%2, of %3 tasks): %4
Cost: %5</source>
        <translation>Slot %1
Seiten (%2, aus %3 Aufgaben): %4
Kosten: %5</translation>
    </message>
</context>
<context>
    <name>PageSearch</name>
    <message>
        <source>page %1:%2</source>
        <translation>Seite %1:%2</translation>
    </message>
    <message>
        <source>layer %1 of %2</source>
        <translation>Schicht %1 von %2</translation>
    </message>
    <message>
        <source>task %1</source>
        <translation>Aufgabe %1</translation>
    </message>
    <message>
        <source>slot %1</source>
        <translation>Slot %1</translation>
    </message>
</context>
<context>
    <name>PreviewData</name>
    <message>
        <source>The network takes samples of shape %1, and the data have %2 after preprocessing: change the network, the shape of the samples or the preprocessing.</source>
        <translation>Das Netz nimmt Beispiele der Form %1 an, und die Daten haben nach der Vorverarbeitung %2: Ändern Sie das Netz, die Form der Beispiele oder die Vorverarbeitung.</translation>
    </message>
    <message>
        <source>The network has %1 outputs, and the data have %2 classes: they must be the same number.</source>
        <translation>Das Netz hat %1 Ausgänge, und die Daten haben %2 Klassen: Beide Zahlen müssen gleich sein.</translation>
    </message>
</context>
<context>
    <name>QAbstractSpinBox</name>
    <message>
        <source>&amp;Select All</source>
        <translation>&amp;Alles auswählen</translation>
    </message>
    <message>
        <source>&amp;Step up</source>
        <translation>&amp;Erhöhen</translation>
    </message>
    <message>
        <source>Step &amp;down</source>
        <translation>&amp;Verringern</translation>
    </message>
</context>
<context>
    <name>QLineEdit</name>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Wiederherstellen</translation>
    </message>
    <message>
        <source>Cu&amp;t</source>
        <translation>&amp;Ausschneiden</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>&amp;Einfügen</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Select All</source>
        <translation>Alles auswählen</translation>
    </message>
</context>
<context>
    <name>QMainWindow</name>
    <message>
        <source>&amp;Project</source>
        <translation>&amp;Projekt</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation>&amp;Ausführen</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>A&amp;nsicht</translation>
    </message>
    <message>
        <source>&amp;Window</source>
        <translation>&amp;Fenster</translation>
    </message>
    <message>
        <source>&amp;Settings</source>
        <translation>&amp;Einstellungen</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>&amp;Sprache</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Werkzeuge</translation>
    </message>
</context>
<context>
    <name>QPlatformTheme</name>
    <message>
        <source>OK</source>
        <translation>OK</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>&amp;Yes</source>
        <translation>&amp;Ja</translation>
    </message>
    <message>
        <source>&amp;No</source>
        <translation>&amp;Nein</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>Anwenden</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
</context>
<context>
    <name>QShortcut</name>
    <message>
        <source>Ctrl</source>
        <translation>Strg</translation>
    </message>
    <message>
        <source>Shift</source>
        <translation>Umschalt</translation>
    </message>
    <message>
        <source>Alt</source>
        <translation>Alt</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Leertaste</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Del</source>
        <translation>Entf</translation>
    </message>
    <message>
        <source>Ins</source>
        <translation>Einfg</translation>
    </message>
    <message>
        <source>Home</source>
        <translation>Pos1</translation>
    </message>
    <message>
        <source>End</source>
        <translation>Ende</translation>
    </message>
    <message>
        <source>PgUp</source>
        <translation>Bild auf</translation>
    </message>
    <message>
        <source>PgDown</source>
        <translation>Bild ab</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>Links</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>Rechts</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>Oben</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>Unten</translation>
    </message>
</context>
<context>
    <name>QWidgetTextControl</name>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Wiederherstellen</translation>
    </message>
    <message>
        <source>Cu&amp;t</source>
        <translation>&amp;Ausschneiden</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>Copy &amp;Link Location</source>
        <translation>&amp;Link-Adresse kopieren</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>&amp;Einfügen</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Select All</source>
        <translation>Alles auswählen</translation>
    </message>
</context>
<context>
    <name>RecipeDifference</name>
    <message>
        <source>%1 %2 → %3</source>
        <translation>%1 %2 → %3</translation>
    </message>
    <message>
        <source>Task %1 is gone</source>
        <translation>Aufgabe %1 ist weg</translation>
    </message>
    <message>
        <source>Task %1 is new</source>
        <translation>Aufgabe %1 ist neu</translation>
    </message>
    <message>
        <source>The tasks are in another order</source>
        <translation>Die Aufgaben stehen in anderer Reihenfolge</translation>
    </message>
</context>
<context>
    <name>RecipeStep</name>
    <message>
        <source>%1: %2 %3 → %4</source>
        <translation>%1: %2 %3 → %4</translation>
    </message>
    <message>
        <source>%1 %2 → %3</source>
        <translation>%1 %2 → %3</translation>
    </message>
</context>
<context>
    <name>ReportPdf</name>
    <message>
        <source>%1: Palimpsest report</source>
        <translation>%1: Palimpsest-Bericht</translation>
    </message>
    <message>
        <source>%1: page %2 of %3</source>
        <translation>%1: Seite %2 von %3</translation>
    </message>
</context>
<context>
    <name>SettingText</name>
    <message>
        <source>on</source>
        <translation>ein</translation>
    </message>
    <message>
        <source>off</source>
        <translation>aus</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>leer</translation>
    </message>
    <message>
        <source>Unit: %1.</source>
        <translation>Einheit: %1.</translation>
    </message>
    <message>
        <source>Range: %1.</source>
        <translation>Bereich: %1.</translation>
    </message>
    <message>
        <source>It must be given.</source>
        <translation>Angabe erforderlich.</translation>
    </message>
    <message>
        <source>Default: %1.</source>
        <translation>Voreinstellung: %1.</translation>
    </message>
    <message>
        <source>In project.json: %1.</source>
        <translation>In project.json: %1.</translation>
    </message>
    <message>
        <source>above %1, at most %2</source>
        <translation>über %1, höchstens %2</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 bis %2</translation>
    </message>
    <message>
        <source>above %1</source>
        <translation>über %1</translation>
    </message>
    <message>
        <source>%1 or more</source>
        <translation>mindestens %1</translation>
    </message>
</context>
<context>
    <name>TableView</name>
    <message numerus="yes">
        <source>… and %n more</source>
        <translation>
            <numerusform>… und %n weitere Zeile</numerusform>
            <numerusform>… und %n weitere Zeilen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ViewExporter</name>
    <message>
        <source>Made by Palimpsest</source>
        <translation>Erstellt mit Palimpsest</translation>
    </message>
</context>
<context>
    <name>core</name>
    <message>
        <source>import</source>
        <translation>Import</translation>
    </message>
    <message>
        <source>train</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>fisher</source>
        <translation>Fisher</translation>
    </message>
    <message>
        <source>pages</source>
        <translation>Seiten</translation>
    </message>
    <message>
        <source>separate</source>
        <translation>Trennung</translation>
    </message>
    <message>
        <source>match</source>
        <translation>Zuordnung</translation>
    </message>
    <message>
        <source>optimise</source>
        <translation>Optimierung</translation>
    </message>
    <message>
        <source>evaluate</source>
        <translation>Bewertung</translation>
    </message>
    <message>
        <source>place</source>
        <translation>Platzierung</translation>
    </message>
    <message>
        <source>execute</source>
        <translation>Ausführung</translation>
    </message>
    <message>
        <source>report</source>
        <translation>Bericht</translation>
    </message>
    <message>
        <source>after %1</source>
        <translation>nach %1</translation>
    </message>
    <message>
        <source>%1 of %2 parts done</source>
        <translation>%1 von %2 Teilen fertig</translation>
    </message>
    <message>
        <source>inputs changed</source>
        <translation>Eingaben haben sich geändert</translation>
    </message>
    <message>
        <source>an earlier stage changed</source>
        <translation>eine frühere Stufe hat sich geändert</translation>
    </message>
    <message>
        <source>an earlier result does not read any more</source>
        <translation>ein früheres Ergebnis lässt sich nicht mehr lesen</translation>
    </message>
    <message>
        <source>made by another version of the program</source>
        <translation>von einer anderen Version des Programms erzeugt</translation>
    </message>
    <message>
        <source>file changed: %1</source>
        <translation>Datei geändert: %1</translation>
    </message>
    <message>
        <source>%1 was %2, is no longer there</source>
        <translation>%1 war %2, ist nicht mehr da</translation>
    </message>
    <message>
        <source>%1 was not set, is %2</source>
        <translation>%1 war nicht gesetzt, ist %2</translation>
    </message>
    <message>
        <source>%1 was %2, is %3</source>
        <translation>%1 war %2, ist %3</translation>
    </message>
    <message>
        <source>epoch %1 of %2</source>
        <translation>Epoche %1 von %2</translation>
    </message>
    <message>
        <source>step %1 of %2</source>
        <translation>Schritt %1 von %2</translation>
    </message>
    <message>
        <source>sweep %1, cost %2</source>
        <translation>Durchgang %1, Kosten %2</translation>
    </message>
    <message>
        <source>price %1 of an exclusive page</source>
        <translation>Preis %1 einer exklusiven Seite</translation>
    </message>
    <message>
        <source>bound of %1 and %2</source>
        <translation>Schranke von %1 und %2</translation>
    </message>
    <message>
        <source>block %1</source>
        <translation>Block %1</translation>
    </message>
    <message>
        <source>start</source>
        <translation>Start</translation>
    </message>
    <message>
        <source>lower bounds</source>
        <translation>untere Schranken</translation>
    </message>
    <message>
        <source>matched</source>
        <translation>zugeordnet</translation>
    </message>
    <message>
        <source>scoring</source>
        <translation>Bewertung</translation>
    </message>
    <message>
        <source>Fisher information</source>
        <translation>Fisher-Information</translation>
    </message>
    <message>
        <source>reading</source>
        <translation>Lesen</translation>
    </message>
    <message>
        <source>reading data</source>
        <translation>Daten lesen</translation>
    </message>
    <message>
        <source>reading test split</source>
        <translation>Testteil lesen</translation>
    </message>
    <message>
        <source>cutting networks into pages</source>
        <translation>Netze in Seiten schneiden</translation>
    </message>
    <message>
        <source>contribution density</source>
        <translation>Beitragsdichte</translation>
    </message>
    <message>
        <source>counting bytes</source>
        <translation>Bytes zählen</translation>
    </message>
    <message>
        <source>writing</source>
        <translation>Schreiben</translation>
    </message>
    <message>
        <source>optimise goes on from its last checkpoint</source>
        <translation>Die Optimierung geht von ihrem letzten Zwischenstand weiter</translation>
    </message>
    <message>
        <source>trying a pool of %1 pages</source>
        <translation>ein Pool von %1 Seiten wird versucht</translation>
    </message>
    <message>
        <source>the project has no task; add one first</source>
        <translation>das Projekt hat keine Aufgabe; fügen Sie zuerst eine hinzu</translation>
    </message>
    <message>
        <source>the cost is not known before %1 is trained; run the stage train</source>
        <translation>die Kosten sind erst bekannt, wenn %1 trainiert ist; führen Sie die Stufe Training aus</translation>
    </message>
    <message>
        <source>the cost is not known before the Fisher information of %1 is computed; run the stage fisher</source>
        <translation>die Kosten sind erst bekannt, wenn die Fisher-Information von %1 berechnet ist; führen Sie die Stufe Fisher aus</translation>
    </message>
    <message>
        <source>separation by density decides about exclusive pages by the Fisher information, which is not known yet: none is counted</source>
        <translation>die Trennung nach Dichte entscheidet über exklusive Seiten nach der Fisher-Information, die noch nicht bekannt ist: keine wird gezählt</translation>
    </message>
    <message>
        <source>1 reads grey pictures, 3 coloured ones (red, green, blue); 0 takes what the first picture has.</source>
        <translation>1 liest graue Bilder, 3 farbige (Rot, Grün, Blau); 0 nimmt, was das erste Bild hat.</translation>
    </message>
    <message>
        <source>Audio</source>
        <translation>Audio</translation>
    </message>
    <message>
        <source>Baselines</source>
        <translation>Vergleichsbasen</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>Batch</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Davor</translation>
    </message>
    <message>
        <source>Block</source>
        <translation>Block</translation>
    </message>
    <message>
        <source>Budgets</source>
        <translation>Budgets</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>Kanäle</translation>
    </message>
    <message>
        <source>Channels last</source>
        <translation>Kanäle zuletzt</translation>
    </message>
    <message>
        <source>Checkpoint seconds</source>
        <translation>Zwischenstand alle</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>Klassen</translation>
    </message>
    <message>
        <source>Column</source>
        <translation>Spalte</translation>
    </message>
    <message>
        <source>Column that tells the fold of each row, such as fold, or a person.</source>
        <translation>Spalte, die den Fold jeder Zeile angibt, etwa fold oder eine Person.</translation>
    </message>
    <message>
        <source>Column whose equal values mark samples that belong together, such as the person or the recording.</source>
        <translation>Spalte, deren gleiche Werte zusammengehörende Beispiele kennzeichnen, etwa die Person oder die Aufnahme.</translation>
    </message>
    <message>
        <source>Column with the class; empty takes the one called label, class, category, classid or target. With cifar: fine (default) or coarse, the two labels of CIFAR-100.</source>
        <translation>Spalte mit der Klasse; leer: die namens label, class, category, classid oder target. Bei cifar: fine (Voreinstellung) oder coarse, die beiden Labels von CIFAR-100.</translation>
    </message>
    <message>
        <source>Column with the name of each file; empty takes the one called filename, file, path or slice_file_name.</source>
        <translation>Spalte mit dem Namen jeder Datei; leer: die namens filename, file, path oder slice_file_name.</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Spalten</translation>
    </message>
    <message>
        <source>Cosine</source>
        <translation>Kosinus</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>Kosten</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>Daten</translation>
    </message>
    <message>
        <source>Data root</source>
        <translation>Datenordner</translation>
    </message>
    <message>
        <source>Descent stops after so many sweeps in any case.</source>
        <translation>Der Abstieg endet in jedem Fall nach so vielen Durchgängen.</translation>
    </message>
    <message>
        <source>Descent stops when one sweep over the tasks lowers the cost by less than this share.</source>
        <translation>Der Abstieg endet, wenn ein Durchgang über die Aufgaben die Kosten um weniger als diesen Anteil senkt.</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Beschreibung</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>Epochen</translation>
    </message>
    <message>
        <source>Exclusive pages</source>
        <translation>Exklusive Seiten</translation>
    </message>
    <message>
        <source>Exclusive storage</source>
        <translation>Format exklusiver Seiten</translation>
    </message>
    <message>
        <source>Execution</source>
        <translation>Ausführung</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>File or folder of the test split where path names that of the training split alone; empty where path holds both, or where folds, lists or split.test tell them apart.</source>
        <translation>Datei oder Ordner des Testteils, wenn path nur den Trainingsteil nennt; leer, wenn path beide enthält oder folds, lists oder split.test sie trennen.</translation>
    </message>
    <message>
        <source>File that describes the network, relative to the project folder.</source>
        <translation>Datei, die das Netz beschreibt, relativ zum Projektordner.</translation>
    </message>
    <message>
        <source>Fisher</source>
        <translation>Fisher</translation>
    </message>
    <message>
        <source>Folder or file of the data set, relative to dataRoot, or to the project folder where dataRoot is empty; what is not there is sought where `data fetch` and the set-up put data sets.</source>
        <translation>Ordner oder Datei des Datensatzes, relativ zu dataRoot oder, wenn dataRoot leer ist, zum Projektordner; was dort fehlt, wird gesucht, wo `data fetch` und die Einrichtung Datensätze ablegen.</translation>
    </message>
    <message>
        <source>Folder that data paths are relative to; empty: the project folder.</source>
        <translation>Ordner, auf den sich Datenpfade beziehen; leer: der Projektordner.</translation>
    </message>
    <message>
        <source>Folds</source>
        <translation>Folds</translation>
    </message>
    <message>
        <source>Folds that make the test split; an empty list: none.</source>
        <translation>Folds, die den Testteil bilden; leere Liste: keine.</translation>
    </message>
    <message>
        <source>Folds that make the validation split; an empty list: split.validation cuts it.</source>
        <translation>Folds, die den Validierungsteil bilden; leere Liste: split.validation schneidet ihn ab.</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>Formation</source>
        <translation>Seitenbildung</translation>
    </message>
    <message>
        <source>Gives each sample this shape, such as [1, 8, 8] for a flat line of csv; an empty list keeps the shape that the file has.</source>
        <translation>Gibt jedem Beispiel diese Form, etwa [1, 8, 8] für eine flache csv-Zeile; eine leere Liste behält die Form der Datei.</translation>
    </message>
    <message>
        <source>Greatest number of passes over the training samples; an early stop may end it sooner.</source>
        <translation>Größte Zahl von Durchläufen durch die Trainingsbeispiele; ein früher Abbruch kann das Training eher beenden.</translation>
    </message>
    <message>
        <source>Greatest step size of the optimiser, reached after the warm-up.</source>
        <translation>Größte Schrittweite des Optimierers, nach dem Aufwärmen erreicht.</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>Gruppen</translation>
    </message>
    <message>
        <source>Groups of the same name in two classes are different groups, such as the numbered tracks of GTSRB.</source>
        <translation>Gleichnamige Gruppen in zwei Klassen sind verschiedene Gruppen, etwa die nummerierten Spuren von GTSRB.</translation>
    </message>
    <message>
        <source>Height and width that each picture is brought to (bilinear, with a wider filter where it gets smaller); an empty list expects pictures of one size.</source>
        <translation>Höhe und Breite, auf die jedes Bild gebracht wird (bilinear, beim Verkleinern mit breiterem Filter); eine leere Liste erwartet Bilder gleicher Größe.</translation>
    </message>
    <message>
        <source>How each page finds its slot: descent matches every task again against the others until nothing is gained; the others are there to compare with.</source>
        <translation>Wie jede Seite ihren Slot findet: descent ordnet jede Aufgabe neu gegen die anderen zu, bis nichts mehr gewonnen wird; die übrigen dienen dem Vergleich.</translation>
    </message>
    <message>
        <source>How pages become exclusive: those that gain most from it in matching (price), or those with the highest contribution density (density).</source>
        <translation>Wie Seiten exklusiv werden: die, denen es in der Zuordnung am meisten bringt (price), oder die mit der höchsten Beitragsdichte (density).</translation>
    </message>
    <message>
        <source>How tensors are cut into pages: large tensors start on a new page (aligned), or all of them one after the other (reference).</source>
        <translation>Wie Tensoren in Seiten geschnitten werden: große Tensoren beginnen auf einer neuen Seite (aligned), oder alle folgen aufeinander (reference).</translation>
    </message>
    <message>
        <source>How the files of the data set are read: tables of numbers (csv), time series (ts), arrays (idx, hdf5, npz, cifar, mat), folders of pictures (images) or sounds (audio), or sensor streams that are cut into windows (sensors).</source>
        <translation>Wie die Dateien des Datensatzes gelesen werden: Zahlentabellen (csv), Zeitreihen (ts), Arrays (idx, hdf5, npz, cifar, mat), Ordner mit Bildern (images) oder Tönen (audio) oder Sensordaten, die in Fenster geschnitten werden (sensors).</translation>
    </message>
    <message>
        <source>Hz</source>
        <translation>Hz</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>Label</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>Labels</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>Lernrate</translation>
    </message>
    <message>
        <source>Length of a sample: longer clips are cut, shorter ones filled with silence; 0 takes the longest clip of the training split.</source>
        <translation>Länge eines Beispiels: längere Clips werden gekürzt, kürzere mit Stille aufgefüllt; 0 nimmt den längsten Clip des Trainingsteils.</translation>
    </message>
    <message>
        <source>Level 1 bytes</source>
        <translation>Bytes der Ebene 1</translation>
    </message>
    <message>
        <source>Level 2 bytes</source>
        <translation>Bytes der Ebene 2</translation>
    </message>
    <message>
        <source>Lists</source>
        <translation>Listen</translation>
    </message>
    <message>
        <source>Loss of accuracy against the stand-alone network that is accepted for this task.</source>
        <translation>Verlust an Genauigkeit gegen das eigenständige Netz, der für diese Aufgabe zugelassen wird.</translation>
    </message>
    <message>
        <source>Lowers the step size to 0 along a cosine; off: it stays constant, and training stops early when every task is within its tolerance.</source>
        <translation>Senkt die Schrittweite entlang eines Kosinus auf 0; aus: sie bleibt gleich, und das Training endet früh, wenn jede Aufgabe in ihrer Toleranz liegt.</translation>
    </message>
    <message>
        <source>Margin</source>
        <translation>Spielraum</translation>
    </message>
    <message>
        <source>Matching</source>
        <translation>Zuordnung</translation>
    </message>
    <message>
        <source>Max sweeps</source>
        <translation>Durchgänge höchstens</translation>
    </message>
    <message>
        <source>Memory of level 1 (pool, private tensors, page tables and one scratch network); 0 sets no limit.</source>
        <translation>Speicher der Ebene 1 (Pool, private Tensoren, Seitentabellen und ein Arbeitsnetz); 0 setzt keine Grenze.</translation>
    </message>
    <message>
        <source>Memory of level 2, where the exclusive pages lie; 0 sets no limit.</source>
        <translation>Speicher der Ebene 2, in der die exklusiven Seiten liegen; 0 setzt keine Grenze.</translation>
    </message>
    <message>
        <source>Minibatches that each task gets; the baselines with training get the same number.</source>
        <translation>Minibatches, die jede Aufgabe bekommt; trainierte Vergleichsbasen bekommen gleich viele.</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Name of the project in reports.</source>
        <translation>Name des Projekts in Berichten.</translation>
    </message>
    <message>
        <source>Name of the task in tables, files and overrides; letters, digits, &apos;_&apos; and &apos;-&apos; only.</source>
        <translation>Name der Aufgabe in Tabellen, Dateien und Abweichungen; nur Buchstaben, Ziffern, &apos;_&apos; und &apos;-&apos;.</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Netz</translation>
    </message>
    <message>
        <source>Number format in which the exclusive pages are stored.</source>
        <translation>Zahlenformat, in dem die exklusiven Seiten gespeichert werden.</translation>
    </message>
    <message>
        <source>Number of classes; 0 takes as many as the labels of the training split show.</source>
        <translation>Zahl der Klassen; 0 nimmt so viele, wie die Labels des Trainingsteils zeigen.</translation>
    </message>
    <message>
        <source>Number of consecutive samples that belong together, such as the frames of one film, and are never parted by a split.</source>
        <translation>Zahl aufeinanderfolgender Beispiele, die zusammengehören, etwa die Bilder eines Films, und die keine Aufteilung trennt.</translation>
    </message>
    <message>
        <source>Only rows for which all of these hold are taken, such as esc10=True or gt!=null.</source>
        <translation>Nur Zeilen, für die alle diese Bedingungen gelten, etwa esc10=True oder gt!=null.</translation>
    </message>
    <message>
        <source>Optimisation</source>
        <translation>Optimierung</translation>
    </message>
    <message>
        <source>Page size</source>
        <translation>Seitengröße</translation>
    </message>
    <message>
        <source>Page value</source>
        <translation>Seitenwert</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>Pfad</translation>
    </message>
    <message>
        <source>Patience</source>
        <translation>Geduld</translation>
    </message>
    <message>
        <source>Pool pages</source>
        <translation>Poolseiten</translation>
    </message>
    <message>
        <source>Pool storage</source>
        <translation>Format der Poolseiten</translation>
    </message>
    <message>
        <source>Preprocess</source>
        <translation>Vorverarbeitung</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>Projekt</translation>
    </message>
    <message>
        <source>Pulls weights towards zero at each step, with adamw apart from the gradient; 0 turns it off.</source>
        <translation>Zieht die Gewichte bei jedem Schritt gegen null, mit adamw getrennt vom Gradienten; 0 schaltet es ab.</translation>
    </message>
    <message>
        <source>Pulls weights towards zero at each step, apart from the gradient (AdamW); 0 turns it off.</source>
        <translation>Zieht die Gewichte bei jedem Schritt, getrennt vom Gradienten, gegen null (AdamW); 0 schaltet es ab.</translation>
    </message>
    <message>
        <source>Random switches between tasks that the execute stage measures.</source>
        <translation>Zufällige Umschaltungen zwischen Aufgaben, die die Stufe Ausführung misst.</translation>
    </message>
    <message>
        <source>Rate that each clip is converted to; 0 expects clips of one rate.</source>
        <translation>Rate, auf die jeder Clip umgerechnet wird; 0 erwartet Clips gleicher Rate.</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>Zeilen</translation>
    </message>
    <message>
        <source>Rows from the begin of one window to that of the next; 0 takes windows.rows, so that they do not overlap.</source>
        <translation>Zeilen vom Anfang eines Fensters bis zu dem des nächsten; 0 nimmt windows.rows, sodass sie sich nicht überlappen.</translation>
    </message>
    <message>
        <source>Rows of the stream that make one sample.</source>
        <translation>Zeilen der Sensordaten, die ein Beispiel bilden.</translation>
    </message>
    <message>
        <source>Sample rate</source>
        <translation>Abtastrate</translation>
    </message>
    <message>
        <source>Sample shape</source>
        <translation>Beispielform</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>Beispiele</translation>
    </message>
    <message>
        <source>Samples of each task in one step.</source>
        <translation>Beispiele jeder Aufgabe in einem Schritt.</translation>
    </message>
    <message>
        <source>Samples of one training step; more make a step steadier and slower.</source>
        <translation>Beispiele eines Trainingsschritts; mehr machen einen Schritt ruhiger und langsamer.</translation>
    </message>
    <message>
        <source>Samples that are worked on at once; changes speed and memory, hardly the result.</source>
        <translation>Beispiele, die zugleich bearbeitet werden; das ändert Tempo und Speicher, kaum das Ergebnis.</translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation>Ablauf</translation>
    </message>
    <message>
        <source>Seconds</source>
        <translation>Sekunden</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Startwert</translation>
    </message>
    <message>
        <source>Seed of the cut for the test split, apart from the project&apos;s seed, so that every run is tested on the same samples.</source>
        <translation>Startwert des Schnitts für den Testteil, getrennt von dem des Projekts, damit jeder Lauf an denselben Beispielen geprüft wird.</translation>
    </message>
    <message>
        <source>Separation</source>
        <translation>Trennung</translation>
    </message>
    <message>
        <source>Share of the steps over which the step size rises from 0 to learningRate.</source>
        <translation>Anteil der Schritte, über den die Schrittweite von 0 auf learningRate steigt.</translation>
    </message>
    <message>
        <source>Share of the training split that is held back to choose between states of a network; the classes keep their proportions.</source>
        <translation>Anteil des Trainingsteils, der zurückgehalten wird, um zwischen Zuständen eines Netzes zu wählen; die Klassen behalten ihre Anteile.</translation>
    </message>
    <message>
        <source>Share that is cut off as test split where the data set has none of its own; 0 cuts nothing off.</source>
        <translation>Anteil, der als Testteil abgeschnitten wird, wenn der Datensatz keinen eigenen hat; 0 schneidet nichts ab.</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Slots of the pool that all tasks share; 0 takes as many as budgets.level1Bytes holds.</source>
        <translation>Slots des Pools, den sich alle Aufgaben teilen; 0 nimmt so viele, wie in budgets.level1Bytes passen.</translation>
    </message>
    <message>
        <source>Small tensors</source>
        <translation>Kleine Tensoren</translation>
    </message>
    <message>
        <source>Soft penalty</source>
        <translation>Weiche Strafe</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>Aufteilung</translation>
    </message>
    <message>
        <source>Start of all random numbers; the same seed on the same machine and thread count gives the same results.</source>
        <translation>Anfang aller Zufallszahlen; derselbe Startwert ergibt auf demselben Rechner mit gleicher Thread-Zahl dieselben Ergebnisse.</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>Step size of the Adam optimiser; too large diverges, too small learns slowly.</source>
        <translation>Schrittweite des Adam-Optimierers; zu groß läuft davon, zu klein lernt langsam.</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>Steps between two looks at the validation split, from which the best state is kept.</source>
        <translation>Schritte zwischen zwei Blicken auf den Validierungsteil, nach denen der beste Zustand behalten wird.</translation>
    </message>
    <message>
        <source>Strategy</source>
        <translation>Strategie</translation>
    </message>
    <message>
        <source>Switches</source>
        <translation>Umschaltungen</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>Test</translation>
    </message>
    <message>
        <source>Test seed</source>
        <translation>Test-Startwert</translation>
    </message>
    <message>
        <source>The files hold each sample as [height, width, channels]; it becomes [channels, height, width], before sampleShape is applied.</source>
        <translation>Die Dateien enthalten jedes Beispiel als [Höhe, Breite, Kanäle]; es wird zu [Kanäle, Höhe, Breite], bevor sampleShape angewandt wird.</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>Threads</translation>
    </message>
    <message>
        <source>Threads that the engine uses; 0 takes as many as there are cores.</source>
        <translation>Threads, die die Engine nutzt; 0 nimmt so viele, wie es Kerne gibt.</translation>
    </message>
    <message>
        <source>Time between two checkpoints, from which a broken run goes on; it does not change the result.</source>
        <translation>Zeit zwischen zwei Zwischenständen, von denen ein abgebrochener Lauf weitergeht; das Ergebnis ändert sich dadurch nicht.</translation>
    </message>
    <message>
        <source>Tolerance</source>
        <translation>Toleranz</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>Training samples that are drawn for it, without replacement; all of them where there are fewer.</source>
        <translation>Trainingsbeispiele, die dafür ohne Zurücklegen gezogen werden; alle, wenn es weniger gibt.</translation>
    </message>
    <message>
        <source>Turn steps</source>
        <translation>Schritte je Runde</translation>
    </message>
    <message>
        <source>Validate every</source>
        <translation>Validieren alle</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>Validierung</translation>
    </message>
    <message>
        <source>Values</source>
        <translation>Werte</translation>
    </message>
    <message>
        <source>Warmup</source>
        <translation>Aufwärmen</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>Gewichtung</translation>
    </message>
    <message>
        <source>Weight decay</source>
        <translation>Gewichtsabnahme</translation>
    </message>
    <message>
        <source>Weight of the task&apos;s loss beside the others, in matching and in joint optimisation.</source>
        <translation>Gewichtung des Verlusts der Aufgabe neben den anderen, in der Zuordnung und in der gemeinsamen Optimierung.</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>Gewichte</translation>
    </message>
    <message>
        <source>Weights of one page; small pages match better, but need longer page tables. A power of two from 64 to 65,536 with formation aligned.</source>
        <translation>Gewichte einer Seite; kleine Seiten passen besser, brauchen aber längere Seitentabellen. Bei Seitenbildung aligned eine Zweierpotenz von 64 bis 65,536.</translation>
    </message>
    <message>
        <source>Weights of the trained network (safetensors), relative to the project folder; empty: the train stage makes them.</source>
        <translation>Gewichte des trainierten Netzes (safetensors), relativ zum Projektordner; leer: die Stufe Training erzeugt sie.</translation>
    </message>
    <message>
        <source>What a shared page holds at first: the mean weighted by Fisher information (barycentre), the plain mean, or the weights of the last task that took it (last).</source>
        <translation>Was eine gemeinsame Seite zuerst enthält: das mit der Fisher-Information gewichtete Mittel (barycentre), das einfache Mittel (mean) oder die Gewichte der Aufgabe, die sie zuletzt nahm (last).</translation>
    </message>
    <message>
        <source>What matching makes small: the rise of the loss at the best common value (barycentre), or the references&apos; sum over pairs (pairwise).</source>
        <translation>Was die Zuordnung klein macht: den Anstieg des Verlusts beim besten gemeinsamen Wert (barycentre) oder die Summe der Vorlagen über Paare (pairwise).</translation>
    </message>
    <message>
        <source>What the project is for, in your own words.</source>
        <translation>Wozu das Projekt dient, in Ihren eigenen Worten.</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Bedingung</translation>
    </message>
    <message>
        <source>Whether biases and normalisation weights stay with their task (private) or are cut into pages like the rest (paged).</source>
        <translation>Ob Bias- und Normierungsgewichte bei ihrer Aufgabe bleiben (private) oder wie die übrigen in Seiten geschnitten werden (paged).</translation>
    </message>
    <message>
        <source>Whether each step trains all tasks at once (simultaneous), or the tasks take turns as in the references (turns).</source>
        <translation>Ob jeder Schritt alle Aufgaben zugleich trainiert (simultaneous) oder die Aufgaben wie in den Vorlagen abwechseln (turns).</translation>
    </message>
    <message>
        <source>Which labels the Fisher information is taken over: one drawn from the network&apos;s own output for each sample (sampled), every class (all: exact, as many times slower as there are classes), or the references&apos; estimator (reference).</source>
        <translation>Über welche Labels die Fisher-Information gebildet wird: für jedes Beispiel eines, das aus der Ausgabe des Netzes gezogen wird (sampled), jede Klasse (all: exakt, so vielmal langsamer, wie es Klassen gibt), oder der Schätzer der Vorlagen (reference).</translation>
    </message>
    <message>
        <source>Windows</source>
        <translation>Fenster</translation>
    </message>
    <message>
        <source>With density: share of a task&apos;s Fisher information that may stay on shared pages; smaller makes more pages exclusive.</source>
        <translation>Bei density: Anteil der Fisher-Information einer Aufgabe, der auf gemeinsamen Seiten bleiben darf; kleinere Werte machen mehr Seiten exklusiv.</translation>
    </message>
    <message>
        <source>With images and audio, where column is empty: a file&apos;s fold is its name before this text, such as the 1 of 1-30226-A.ogg with -.</source>
        <translation>Bei images und audio, wenn column leer ist: Der Fold einer Datei ist ihr Name vor diesem Text, etwa die 1 von 1-30226-A.ogg bei -.</translation>
    </message>
    <message>
        <source>With images and audio: csv file, relative to path, with the name and the class of each file; with a star it stands for all files of such names (GT-*.csv). Empty: each folder is a class.</source>
        <translation>Bei images und audio: csv-Datei, relativ zu path, mit Name und Klasse jeder Datei; mit einem Stern steht sie für alle Dateien solcher Namen (GT-*.csv). Leer: jeder Ordner ist eine Klasse.</translation>
    </message>
    <message>
        <source>With images and audio: files whose names are the same before this text belong together, such as _nohash_ for the speakers of Speech Commands.</source>
        <translation>Bei images und audio: Dateien, deren Namen vor diesem Text gleich sind, gehören zusammen, etwa _nohash_ für die Sprecher von Speech Commands.</translation>
    </message>
    <message>
        <source>With images and audio: text file, relative to path, that names the files of the test split, one a line.</source>
        <translation>Bei images und audio: Textdatei, relativ zu path, die die Dateien des Testteils nennt, eine je Zeile.</translation>
    </message>
    <message>
        <source>With images and audio: text file, relative to path, that names the files of the validation split, one a line.</source>
        <translation>Bei images und audio: Textdatei, relativ zu path, die die Dateien des Validierungsteils nennt, eine je Zeile.</translation>
    </message>
    <message>
        <source>With price: number of exclusive pages of all tasks together.</source>
        <translation>Bei price: Zahl der exklusiven Seiten aller Aufgaben zusammen.</translation>
    </message>
    <message>
        <source>With sensors: the columns that are the channels of a sample, in this order; an empty list takes all that are not the label, the group or the fold.</source>
        <translation>Bei sensors: die Spalten, die die Kanäle eines Beispiels sind, in dieser Reihenfolge; eine leere Liste nimmt alle, die nicht Label, Gruppe oder Fold sind.</translation>
    </message>
    <message>
        <source>With turns: steps of one task before the next one has its turn; as many as steps makes the references&apos; sequential optimisation.</source>
        <translation>Bei turns: Schritte einer Aufgabe, bevor die nächste an der Reihe ist; so viele wie steps ergibt die sequentielle Optimierung der Vorlagen.</translation>
    </message>
    <message>
        <source>With turns: strength of the references&apos; penalty on moving weights that other tasks share; 0 turns it off.</source>
        <translation>Bei turns: Stärke der Strafe der Vorlagen auf das Bewegen von Gewichten, die andere Aufgaben teilen; 0 schaltet sie ab.</translation>
    </message>
    <message>
        <source>Within class</source>
        <translation>Je Klasse</translation>
    </message>
    <message>
        <source>a baseline of the recipe</source>
        <translation>eine Vergleichsbasis des Rezepts</translation>
    </message>
    <message>
        <source>a paged switch and one sample through the network, as one</source>
        <translation>eine seitenweise Umschaltung und ein Beispiel durch das Netz, in einem</translation>
    </message>
    <message>
        <source>all resident</source>
        <translation>alle resident</translation>
    </message>
    <message>
        <source>another way</source>
        <translation>ein anderer Weg</translation>
    </message>
    <message>
        <source>bare gather</source>
        <translation>reines Sammeln</translation>
    </message>
    <message>
        <source>bytes</source>
        <translation>Bytes</translation>
    </message>
    <message>
        <source>channels</source>
        <translation>Kanäle</translation>
    </message>
    <message>
        <source>classes</source>
        <translation>Klassen</translation>
    </message>
    <message>
        <source>copies from page-locked memory, one for each tensor</source>
        <translation>Kopien aus seitenfestem Speicher, eine je Tensor</translation>
    </message>
    <message>
        <source>done</source>
        <translation>fertig</translation>
    </message>
    <message>
        <source>each network alone, as imported or trained, float32</source>
        <translation>jedes Netz allein, wie importiert oder trainiert, float32</translation>
    </message>
    <message>
        <source>each network alone, trained for as many further steps as the virtualized one</source>
        <translation>jedes Netz allein, so viele Schritte weitertrainiert wie das virtualisierte</translation>
    </message>
    <message>
        <source>each network alone, trained with the whole joint recipe</source>
        <translation>jedes Netz allein, mit dem ganzen gemeinsamen Rezept trainiert</translation>
    </message>
    <message>
        <source>epochs</source>
        <translation>Epochen</translation>
    </message>
    <message>
        <source>every network stays as private int8 and is decoded</source>
        <translation>jedes Netz bleibt als privates int8 und wird dekodiert</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>file reload</source>
        <translation>Datei neu lesen</translation>
    </message>
    <message>
        <source>float16</source>
        <translation>float16</translation>
    </message>
    <message>
        <source>forward</source>
        <translation>Vorwärtslauf</translation>
    </message>
    <message>
        <source>fraction</source>
        <translation>Bruchteil</translation>
    </message>
    <message>
        <source>int4</source>
        <translation>int4</translation>
    </message>
    <message>
        <source>int6</source>
        <translation>int6</translation>
    </message>
    <message>
        <source>int8</source>
        <translation>int8</translation>
    </message>
    <message>
        <source>int8 resident</source>
        <translation>int8 resident</translation>
    </message>
    <message>
        <source>launch</source>
        <translation>Startkosten</translation>
    </message>
    <message>
        <source>no switch: one sample through the current network</source>
        <translation>keine Umschaltung: ein Beispiel durch das aktuelle Netz</translation>
    </message>
    <message>
        <source>nothing: every network has memory of its own</source>
        <translation>nichts: jedes Netz hat eigenen Speicher</translation>
    </message>
    <message>
        <source>one copy of the whole float32 network from memory</source>
        <translation>eine Kopie des ganzen float32-Netzes aus dem Speicher</translation>
    </message>
    <message>
        <source>one gather of as many float32 pages, all of them on level 1</source>
        <translation>ein Sammeln ebenso vieler float32-Seiten, alle auf Ebene 1</translation>
    </message>
    <message>
        <source>one gather of the task&apos;s pages into scratch</source>
        <translation>ein Sammeln der Seiten der Aufgabe in das Arbeitsnetz</translation>
    </message>
    <message>
        <source>paged</source>
        <translation>seitenweise</translation>
    </message>
    <message>
        <source>pixels</source>
        <translation>Bildpunkte</translation>
    </message>
    <message>
        <source>private ternary weights, trained through the rounding</source>
        <translation>private ternäre Gewichte, durch die Rundung hindurch trainiert</translation>
    </message>
    <message>
        <source>private weights of 3 bits, trained through the rounding</source>
        <translation>private Gewichte mit 3 Bit, durch die Rundung hindurch trainiert</translation>
    </message>
    <message>
        <source>private weights of 4 bits, trained through the rounding</source>
        <translation>private Gewichte mit 4 Bit, durch die Rundung hindurch trainiert</translation>
    </message>
    <message>
        <source>private weights rounded to 4 bits after training</source>
        <translation>private Gewichte, nach dem Training auf 4 Bit gerundet</translation>
    </message>
    <message>
        <source>private weights rounded to 6 bits after training</source>
        <translation>private Gewichte, nach dem Training auf 6 Bit gerundet</translation>
    </message>
    <message>
        <source>private weights rounded to 8 bits after training</source>
        <translation>private Gewichte, nach dem Training auf 8 Bit gerundet</translation>
    </message>
    <message>
        <source>private weights rounded to float16 after training</source>
        <translation>private Gewichte, nach dem Training auf float16 gerundet</translation>
    </message>
    <message>
        <source>reading the network&apos;s weight file again</source>
        <translation>erneutes Lesen der Gewichtsdatei des Netzes</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>bereit</translation>
    </message>
    <message>
        <source>rows</source>
        <translation>Zeilen</translation>
    </message>
    <message>
        <source>same recipe</source>
        <translation>gleiches Rezept</translation>
    </message>
    <message>
        <source>same steps</source>
        <translation>gleiche Schritte</translation>
    </message>
    <message>
        <source>samples</source>
        <translation>Beispiele</translation>
    </message>
    <message>
        <source>seconds</source>
        <translation>Sekunden</translation>
    </message>
    <message>
        <source>small ternary</source>
        <translation>klein, ternär</translation>
    </message>
    <message>
        <source>smaller private ternary networks of the same bytes, distilled</source>
        <translation>kleinere private ternäre Netze gleicher Bytezahl, destilliert</translation>
    </message>
    <message>
        <source>stale</source>
        <translation>veraltet</translation>
    </message>
    <message>
        <source>stand-alone</source>
        <translation>eigenständig</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>sweeps</source>
        <translation>Durchgänge</translation>
    </message>
    <message>
        <source>switch and forward</source>
        <translation>Umschalten und vorwärts</translation>
    </message>
    <message>
        <source>switches</source>
        <translation>mal</translation>
    </message>
    <message>
        <source>tensor by tensor</source>
        <translation>Tensor für Tensor</translation>
    </message>
    <message>
        <source>the floor of the device: four weights, launched and waited for</source>
        <translation>die Untergrenze des Geräts: vier Gewichte, gestartet und abgewartet</translation>
    </message>
    <message>
        <source>the networks on shared pages, after joint optimisation</source>
        <translation>die Netze auf gemeinsamen Seiten, nach gemeinsamer Optimierung</translation>
    </message>
    <message>
        <source>threads</source>
        <translation>Threads</translation>
    </message>
    <message>
        <source>trained int3</source>
        <translation>int3 trainiert</translation>
    </message>
    <message>
        <source>trained int4</source>
        <translation>int4 trainiert</translation>
    </message>
    <message>
        <source>trained ternary</source>
        <translation>ternär trainiert</translation>
    </message>
    <message>
        <source>virtualized</source>
        <translation>virtualisiert</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>weights</source>
        <translation>Gewichte</translation>
    </message>
    <message>
        <source>whole copy</source>
        <translation>ganze Kopie</translation>
    </message>
    <message>
        <source>Four small networks (clothes, digits, spoken vowels, body movements) share one pool of weight-pages.</source>
        <translation>Vier kleine Netze (Kleidung, Ziffern, gesprochene Vokale, Körperbewegungen) teilen sich einen Pool von Gewichtsseiten.</translation>
    </message>
    <message>
        <source>Ten tasks after the two-level reference: five of pictures, three of sounds, and Basic Motions and Japanese Vowels in place of the reference&apos;s activity and obstacle-avoidance data, of which no copy could be had.</source>
        <translation>Zehn Aufgaben nach der zweistufigen Vorlage: fünf mit Bildern, drei mit Tönen sowie Basic Motions und Japanese Vowels anstelle der Aktivitäts- und Hindernisdaten der Vorlage, von denen keine Kopie zu haben war.</translation>
    </message>
    <message>
        <source>Averaging</source>
        <translation>Mittelung</translation>
    </message>
    <message>
        <source>Clip norm</source>
        <translation>Gradientengrenze</translation>
    </message>
    <message>
        <source>Distillation</source>
        <translation>Destillation</translation>
    </message>
    <message>
        <source>Greatest norm of the gradient of the pages, times the square root of the number of tasks; a longer gradient is shortened to it; 0 turns it off.</source>
        <translation>Größte Norm des Gradienten der Seiten, mal der Wurzel aus der Zahl der Aufgaben; ein längerer Gradient wird darauf gekürzt; 0 schaltet es ab.</translation>
    </message>
    <message>
        <source>Last share of the steps over which the weights are averaged; 0 turns it off. The average is taken where validation likes it better.</source>
        <translation>Letzter Anteil der Schritte, über den die Gewichte gemittelt werden; 0 schaltet es ab. Das Mittel wird genommen, wo es bei der Validierung besser abschneidet.</translation>
    </message>
    <message>
        <source>Mixing</source>
        <translation>Mischung</translation>
    </message>
    <message>
        <source>Number format in which the shared pages are stored; below float32 they are trained through the rounding.</source>
        <translation>Zahlenformat, in dem die gemeinsamen Seiten gespeichert werden; unter float32 werden sie durch die Rundung hindurch trainiert.</translation>
    </message>
    <message>
        <source>Number format of the tensors that stay with their task; auto takes float32 beside a float32 pool, else float16. Tasks with batch normalisation keep float16 instead of int8.</source>
        <translation>Zahlenformat der Tensoren, die bei ihrer Aufgabe bleiben; auto nimmt float32 neben einem float32-Pool, sonst float16. Aufgaben mit Batch-Normierung behalten float16 statt int8.</translation>
    </message>
    <message>
        <source>Private storage</source>
        <translation>Format privater Tensoren</translation>
    </message>
    <message>
        <source>Share of the loss that asks for the outputs of the stand-alone network; the rest asks for the labels. Not with turns.</source>
        <translation>Anteil des Verlusts, der nach den Ausgaben des eigenständigen Netzes fragt; der Rest fragt nach den Labels. Nicht bei turns.</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>Temperatur</translation>
    </message>
    <message>
        <source>With distillation: how much both outputs are softened before they are compared; 1 leaves them as they are.</source>
        <translation>Bei Destillation: wie stark beide Ausgaben geglättet werden, bevor sie verglichen werden; 1 lässt sie, wie sie sind.</translation>
    </message>
    <message>
        <source>With distillation: share of each minibatch whose samples are mixed of two, which only the stand-alone network can judge; it helps tasks with few samples.</source>
        <translation>Bei Destillation: Anteil jedes Minibatches, dessen Beispiele aus zweien gemischt sind, die nur das eigenständige Netz beurteilen kann; das hilft Aufgaben mit wenigen Beispielen.</translation>
    </message>
    <message>
        <source>What the packed networks are compared with: stand-alone networks trained for the same steps (sameSteps) and distilled from themselves as well (sameRecipe), rounded after training (float16 to int4), trained through the rounding (int4Trained to ternaryTrained), or narrower ones of the same bytes (smallTernary).</source>
        <translation>Womit die gepackten Netze verglichen werden: eigenständige Netze, gleich viele Schritte trainiert (sameSteps) und dazu aus sich selbst destilliert (sameRecipe), nach dem Training gerundet (float16 bis int4), durch die Rundung hindurch trainiert (int4Trained bis ternaryTrained) oder schmalere mit gleich vielen Bytes (smallTernary).</translation>
    </message>
    <message>
        <source>No accuracy</source>
        <translation>Keine Genauigkeit</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>Steps that each sample goes through before the network sees it, in order: scale=D, invert=D, l2, column-mean, standardise, resize=HEIGHTxWIDTH, grey, logmel=RATE:WINDOW:HOP:MELS, transpose.</source>
        <translation>Schritte, die jedes Beispiel der Reihe nach durchläuft, bevor das Netz es sieht: scale=D, invert=D, l2, column-mean, standardise, resize=HEIGHTxWIDTH, grey, logmel=RATE:WINDOW:HOP:MELS, transpose.</translation>
    </message>
    <message>
        <source>The five networks of the one-level reference (Neural Weight Virtualization) on 665 pages of 100 weights, cut as the reference cuts them.</source>
        <translation>Die fünf Netze der einstufigen Vorlage (Neural Weight Virtualization) auf 665 Seiten zu 100 Gewichten, geschnitten wie in der Vorlage.</translation>
    </message>
    <message>
        <source>Whether the Fisher information is computed from training samples, or read from the file that tasks[].fisher names, whatever the other settings here say.</source>
        <translation>Ob die Fisher-Information aus Trainingsbeispielen berechnet oder aus der Datei gelesen wird, die tasks[].fisher nennt, gleich was die anderen Einstellungen hier sagen.</translation>
    </message>
    <message>
        <source>Why reports state no accuracy of this task, such as samples that are not those its network was made for; empty: they state it.</source>
        <translation>Warum Berichte keine Genauigkeit dieser Aufgabe nennen, etwa weil die Beispiele nicht die sind, für die ihr Netz gemacht wurde; leer: sie nennen sie.</translation>
    </message>
    <message>
        <source>With fisher.source file: the Fisher information of these weights (safetensors, npz, or a network file that brings it), relative to the project folder.</source>
        <translation>Bei fisher.source file: die Fisher-Information dieser Gewichte (safetensors, npz oder eine Netzdatei, die sie mitbringt), relativ zum Projektordner.</translation>
    </message>
    <message>
        <source>Training stops after so many epochs without a better validation accuracy (with few samples: loss).</source>
        <translation>Das Training endet nach so vielen Epochen ohne bessere Validierungsgenauigkeit (bei wenigen Beispielen: ohne kleineren Verlust).</translation>
    </message>
    <message>
        <source>Flip</source>
        <translation>Spiegeln</translation>
    </message>
    <message>
        <source>Shift</source>
        <translation>Verschiebung</translation>
    </message>
    <message>
        <source>Time shift</source>
        <translation>Zeitverschiebung</translation>
    </message>
    <message>
        <source>Noise</source>
        <translation>Rauschen</translation>
    </message>
    <message>
        <source>Augmentation</source>
        <translation>Augmentierung</translation>
    </message>
    <message>
        <source>Optimiser</source>
        <translation>Optimierer</translation>
    </message>
    <message>
        <source>Momentum</source>
        <translation>Impuls</translation>
    </message>
    <message>
        <source>Freeze finished</source>
        <translation>Fertige ruhen lassen</translation>
    </message>
    <message>
        <source>Swaps left and right in half of the pictures that training draws; not for classes that tell left from right, such as digits.</source>
        <translation>Vertauscht links und rechts in der Hälfte der Bilder, die das Training zieht; nicht für Klassen, die links von rechts unterscheiden, etwa Ziffern.</translation>
    </message>
    <message>
        <source>Moves each picture that training draws by up to so many pixels along both axes; the rows and columns at the edge are repeated. 0 turns it off.</source>
        <translation>Verschiebt jedes Bild, das das Training zieht, entlang beider Achsen um bis zu so viele Pixel; die Zeilen und Spalten am Rand werden wiederholt. 0 schaltet es ab.</translation>
    </message>
    <message>
        <source>Moves each sound or sensor stream that training draws along its last axis, forwards or backwards by up to this share of its length; the values at the edge are repeated. 0 turns it off.</source>
        <translation>Verschiebt jeden Klang oder Sensorstrom, den das Training zieht, entlang seiner letzten Achse vorwärts oder rückwärts um bis zu diesem Anteil seiner Länge; die Werte am Rand werden wiederholt. 0 schaltet es ab.</translation>
    </message>
    <message>
        <source>Adds normal noise to each sample that training draws; its standard deviation as a share of that of the preprocessed training samples. 0 turns it off.</source>
        <translation>Fügt jedem Beispiel, das das Training zieht, normalverteiltes Rauschen hinzu; seine Standardabweichung als Anteil derjenigen der vorverarbeiteten Trainingsbeispiele. 0 schaltet es ab.</translation>
    </message>
    <message>
        <source>How weights follow their gradients: AdamW (adamw), or stochastic gradient descent with momentum (sgd), which needs a larger learningRate.</source>
        <translation>Wie die Gewichte ihren Gradienten folgen: AdamW (adamw) oder stochastischer Gradientenabstieg mit Impuls (sgd), der eine größere learningRate braucht.</translation>
    </message>
    <message>
        <source>With sgd: share of the last step that is taken again; 0 turns it off.</source>
        <translation>Mit sgd: Anteil des letzten Schritts, der noch einmal getan wird; 0 schaltet es ab.</translation>
    </message>
    <message>
        <source>A task that validation finds within its tolerance adds no gradients, and what no other task reads stays as it is, until validation finds it short again; training ends when all tasks rest. The baselines do not rest. Not with turns.</source>
        <translation>Eine Aufgabe, die die Validierung innerhalb ihrer Toleranz findet, trägt keine Gradienten bei, und was keine andere Aufgabe liest, bleibt, wie es ist, bis die Validierung sie wieder darunter findet; das Training endet, wenn alle Aufgaben ruhen. Die Vergleichsbasen ruhen nicht. Nicht mit turns.</translation>
    </message>
</context>
<context>
    <name>main</name>
    <message>
        <source>Language of the window, for this start alone.</source>
        <translation>Sprache des Fensters, nur für diesen Start.</translation>
    </message>
    <message>
        <source>Configures, runs and inspects Palimpsest projects.</source>
        <translation>Konfiguriert, rechnet und untersucht Palimpsest-Projekte.</translation>
    </message>
    <message>
        <source>Project folder to open.</source>
        <translation>Projektordner, der geöffnet wird.</translation>
    </message>
    <message>
        <source>Measures start, answering while a copy of the project runs, and drawing, and prints it.</source>
        <translation>Misst den Start, die Reaktionszeit, während eine Kopie des Projekts gerechnet wird, und das Zeichnen und gibt das Ergebnis aus.</translation>
    </message>
    <message>
        <source>With --bench: prints one line of JSON.</source>
        <translation>Mit --bench: gibt eine Zeile JSON aus.</translation>
    </message>
    <message>
        <source>expected one project folder, got %1</source>
        <translation>ein Projektordner erwartet, %1 angegeben</translation>
    </message>
</context>
<context>
    <name>palimpsest::AccuracyModel</name>
    <message>
        <source>%1 ✓ kept</source>
        <translation>%1 ✓ gehalten</translation>
    </message>
    <message>
        <source>%1 ✗ exceeded</source>
        <translation>%1 ✗ überschritten</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>Mittel</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>Aufgabe</translation>
    </message>
    <message>
        <source>Test samples</source>
        <translation>Testbeispiele</translation>
    </message>
    <message>
        <source>Stand-alone</source>
        <translation>Eigenständig</translation>
    </message>
    <message>
        <source>Virtualized</source>
        <translation>Virtualisiert</translation>
    </message>
    <message>
        <source>Change [points]</source>
        <translation>Änderung [Punkte]</translation>
    </message>
    <message>
        <source>Tolerance [points]</source>
        <translation>Toleranz [Punkte]</translation>
    </message>
    <message>
        <source>Accuracy of the task&apos;s own network, before anything is shared.</source>
        <translation>Genauigkeit des eigenen Netzes der Aufgabe, bevor etwas geteilt wird.</translation>
    </message>
    <message>
        <source>Accuracy of the network that is put together from shared and exclusive pages.</source>
        <translation>Genauigkeit des Netzes, das aus gemeinsamen und exklusiven Seiten zusammengesetzt wird.</translation>
    </message>
    <message>
        <source>Virtualized less stand-alone, in percentage points.</source>
        <translation>Virtualisiert minus eigenständig, in Prozentpunkten.</translation>
    </message>
    <message>
        <source>The loss that the recipe accepts for this task.</source>
        <translation>Der Verlust, den das Rezept für diese Aufgabe zulässt.</translation>
    </message>
    <message>
        <source>The task&apos;s own network, trained for as many more steps as the virtualized one.</source>
        <translation>Das eigene Netz der Aufgabe, so viele Schritte weitertrainiert wie das virtualisierte.</translation>
    </message>
    <message>
        <source>A baseline: %1.</source>
        <translation>Eine Vergleichsbasis: %1.</translation>
    </message>
</context>
<context>
    <name>palimpsest::AccuracyView</name>
    <message>
        <source>&amp;Follow</source>
        <translation>&amp;Mitlaufen</translation>
    </message>
    <message>
        <source>Test accuracy of each task</source>
        <translation>Testgenauigkeit jeder Aufgabe</translation>
    </message>
    <message>
        <source>Training alone</source>
        <translation>Einzeltraining</translation>
    </message>
    <message>
        <source>Joint optimisation</source>
        <translation>Gemeinsame Optimierung</translation>
    </message>
    <message>
        <source>Same steps, alone</source>
        <translation>Gleiche Schritte, einzeln</translation>
    </message>
    <message>
        <source>Stage of the curves</source>
        <translation>Stufe der Kurven</translation>
    </message>
    <message>
        <source>Which stage&apos;s curves are shown. While a job runs, the stage that is running comes by itself.</source>
        <translation>Welche Kurven gezeigt werden. Während ein Auftrag läuft, erscheint die laufende Stufe von selbst.</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>Genauigkeit</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>Verlust</translation>
    </message>
    <message>
        <source>Quantity of the curves</source>
        <translation>Größe der Kurven</translation>
    </message>
    <message>
        <source>Accuracy: share of the validation samples that are classified rightly. Loss: mean cross entropy of the training samples since the point before, in nats.</source>
        <translation>Genauigkeit: Anteil der Validierungsbeispiele, die richtig klassifiziert werden. Verlust: mittlere Kreuzentropie der Trainingsbeispiele seit dem vorigen Punkt, in nat.</translation>
    </message>
    <message>
        <source>Show all points, also those that come. Zooming or moving the plot ends it; F in the plot begins it again.</source>
        <translation>Zeigt alle Punkte, auch neu hinzukommende. Zoomen oder Verschieben des Diagramms beendet es; F im Diagramm schaltet es wieder ein.</translation>
    </message>
    <message>
        <source>Curves of each task over the steps</source>
        <translation>Kurven jeder Aufgabe über den Schritten</translation>
    </message>
    <message>
        <source>&amp;Curves of</source>
        <translation>Ku&amp;rven</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>Validation accuracy</source>
        <translation>Validierungsgenauigkeit</translation>
    </message>
    <message>
        <source>Training loss [nats]</source>
        <translation>Trainingsverlust [nat]</translation>
    </message>
    <message>
        <source>These networks came with their weights: nothing was trained.</source>
        <translation>Diese Netze kamen mit ihren Gewichten: Es wurde nichts trainiert.</translation>
    </message>
    <message>
        <source>This baseline did not run.

Add sameSteps to the recipe&apos;s baselines and run the stage optimise.</source>
        <translation>Diese Vergleichsbasis wurde nicht gerechnet.

Nehmen Sie sameSteps in die Vergleichsbasen des Rezepts auf und führen Sie die Stufe Optimierung aus.</translation>
    </message>
    <message>
        <source>No curves yet.

They are drawn while the stages train and optimise run, and stay when they are done.</source>
        <translation>Noch keine Kurven.

Sie entstehen, während die Stufen Training und Optimierung laufen, und bleiben danach erhalten.</translation>
    </message>
    <message>
        <source>%1: %2 (dashed: each task alone)</source>
        <translation>%1: %2 (gestrichelt: jede Aufgabe allein)</translation>
    </message>
    <message>
        <source>validation accuracy</source>
        <translation>Validierungsgenauigkeit</translation>
    </message>
    <message>
        <source>training loss in nats</source>
        <translation>Trainingsverlust in nat</translation>
    </message>
    <message>
        <source>Accuracy on the test samples</source>
        <translation>Genauigkeit auf den Testbeispielen</translation>
    </message>
    <message>
        <source>No test accuracy yet.

The stage evaluate measures it, after joint optimisation.</source>
        <translation>Noch keine Testgenauigkeit.

Die Stufe Bewertung misst sie nach der gemeinsamen Optimierung.</translation>
    </message>
</context>
<context>
    <name>palimpsest::ActionRegistry</name>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source># Keyboard</source>
        <translation># Tastatur</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>Shortcut</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>What it does</source>
        <translation>Wirkung</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>Projekt</translation>
    </message>
    <message>
        <source>&amp;New …</source>
        <translation>&amp;Neu …</translation>
    </message>
    <message>
        <source>Makes a project from a sample, or an empty one</source>
        <translation>Legt ein Projekt aus einer Vorlage oder ein leeres an</translation>
    </message>
    <message>
        <source>&amp;Open …</source>
        <translation>Ö&amp;ffnen …</translation>
    </message>
    <message>
        <source>Opens a project folder</source>
        <translation>Öffnet einen Projektordner</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>&amp;Speichern</translation>
    </message>
    <message>
        <source>Writes the recipe into project.json; running does so too</source>
        <translation>Schreibt das Rezept in project.json; das geschieht auch beim Ausführen</translation>
    </message>
    <message>
        <source>&amp;Read again</source>
        <translation>&amp;Erneut einlesen</translation>
    </message>
    <message>
        <source>Reads the recipe and the results again: another program may have changed them</source>
        <translation>Liest Rezept und Ergebnisse neu ein: Ein anderes Programm kann sie geändert haben</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>S&amp;chließen</translation>
    </message>
    <message>
        <source>Closes the project</source>
        <translation>Schließt das Projekt</translation>
    </message>
    <message>
        <source>&amp;Data sets …</source>
        <translation>&amp;Datensätze …</translation>
    </message>
    <message>
        <source>Shows the data sets that the program knows, and fetches them</source>
        <translation>Zeigt die Datensätze, die das Programm kennt, und holt sie</translation>
    </message>
    <message>
        <source>Save the repor&amp;t as …</source>
        <translation>Be&amp;richt speichern unter …</translation>
    </message>
    <message>
        <source>Saves the report with pictures of the views, as PDF or HTML</source>
        <translation>Speichert den Bericht mit Bildern der Ansichten als PDF oder HTML</translation>
    </message>
    <message>
        <source>Save the &amp;bundle as …</source>
        <translation>&amp;Paket speichern unter …</translation>
    </message>
    <message>
        <source>Saves what a device needs to run the packed networks: pages, tables, a C header</source>
        <translation>Speichert, was ein Gerät für die gepackten Netze braucht: Seiten, Tabellen, einen C-Header</translation>
    </message>
    <message>
        <source>Save the &amp;view as …</source>
        <translation>&amp;Ansicht speichern unter …</translation>
    </message>
    <message>
        <source>Saves the view in front as a picture (PNG, SVG) or its data as CSV</source>
        <translation>Speichert die vordere Ansicht als Bild (PNG, SVG) oder ihre Daten als CSV</translation>
    </message>
    <message>
        <source>Copy the view as a &amp;picture</source>
        <translation>Ansicht als Bild &amp;kopieren</translation>
    </message>
    <message>
        <source>Copies the view in front to the clipboard, as a picture</source>
        <translation>Kopiert die vordere Ansicht als Bild in die Zwischenablage</translation>
    </message>
    <message>
        <source>Copy the view&apos;s &amp;data</source>
        <translation>Daten der Ansicht k&amp;opieren</translation>
    </message>
    <message>
        <source>Copies the data of the view in front to the clipboard, as text</source>
        <translation>Kopiert die Daten der vorderen Ansicht als Text in die Zwischenablage</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>Closes the window; asks first while a job runs</source>
        <translation>Schließt das Fenster; fragt vorher, wenn ein Auftrag läuft</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Wiederherstellen</translation>
    </message>
    <message>
        <source>Makes the change that was taken back again</source>
        <translation>Stellt die zurückgenommene Änderung wieder her</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Ausführen</translation>
    </message>
    <message>
        <source>Run &amp;all</source>
        <translation>&amp;Alles ausführen</translation>
    </message>
    <message>
        <source>Runs every stage that is not done</source>
        <translation>Führt jede Stufe aus, die nicht fertig ist</translation>
    </message>
    <message>
        <source>Run &amp;up to the selected stage</source>
        <translation>&amp;Bis zur gewählten Stufe ausführen</translation>
    </message>
    <message>
        <source>Runs what is not done up to the selected stage, that one included</source>
        <translation>Führt aus, was bis zur gewählten Stufe nicht fertig ist, diese eingeschlossen</translation>
    </message>
    <message>
        <source>Run the selected &amp;stage</source>
        <translation>&amp;Gewählte Stufe ausführen</translation>
    </message>
    <message>
        <source>Runs the selected stage, also where it is done, and what it needs and lacks</source>
        <translation>Führt die gewählte Stufe aus, auch wenn sie fertig ist, und was ihr noch fehlt</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>Abbre&amp;chen</translation>
    </message>
    <message>
        <source>Stops the project&apos;s jobs within a second; what is done is kept</source>
        <translation>Hält die Aufträge des Projekts binnen einer Sekunde an; Fertiges bleibt erhalten</translation>
    </message>
    <message>
        <source>View</source>
        <translation>Ansicht</translation>
    </message>
    <message>
        <source>&amp;Find …</source>
        <translation>&amp;Suchen …</translation>
    </message>
    <message>
        <source>Finds a page, slot, layer or task in the page map</source>
        <translation>Findet Seite, Slot, Schicht oder Aufgabe in der Seitenkarte</translation>
    </message>
    <message>
        <source>Find ne&amp;xt</source>
        <translation>&amp;Nächster Treffer</translation>
    </message>
    <message>
        <source>Selects the next thing that was found</source>
        <translation>Wählt den nächsten Treffer aus</translation>
    </message>
    <message>
        <source>Find pre&amp;vious</source>
        <translation>&amp;Voriger Treffer</translation>
    </message>
    <message>
        <source>Selects the thing that was found before</source>
        <translation>Wählt den vorigen Treffer aus</translation>
    </message>
    <message>
        <source>&amp;Back</source>
        <translation>&amp;Zurück</translation>
    </message>
    <message>
        <source>Selects what was selected before</source>
        <translation>Wählt aus, was zuvor ausgewählt war</translation>
    </message>
    <message>
        <source>F&amp;orward</source>
        <translation>V&amp;or</translation>
    </message>
    <message>
        <source>Selects what was selected after it</source>
        <translation>Wählt aus, was danach ausgewählt war</translation>
    </message>
    <message>
        <source>&amp;Clear selection</source>
        <translation>&amp;Auswahl aufheben</translation>
    </message>
    <message>
        <source>Selects no page, task or layer, in all views</source>
        <translation>Wählt in allen Ansichten keine Seite, Aufgabe oder Schicht aus</translation>
    </message>
    <message>
        <source>&amp;Larger text</source>
        <translation>&amp;Größerer Text</translation>
    </message>
    <message>
        <source>Makes all text of the program larger</source>
        <translation>Vergrößert alle Texte des Programms</translation>
    </message>
    <message>
        <source>&amp;Smaller text</source>
        <translation>&amp;Kleinerer Text</translation>
    </message>
    <message>
        <source>Makes all text of the program smaller</source>
        <translation>Verkleinert alle Texte des Programms</translation>
    </message>
    <message>
        <source>&amp;Normal text</source>
        <translation>Norma&amp;ler Text</translation>
    </message>
    <message>
        <source>Gives all text the size that the system asks for</source>
        <translation>Gibt allen Texten die Größe, die das System vorgibt</translation>
    </message>
    <message>
        <source>Colours of the s&amp;ystem</source>
        <translation>Farben des S&amp;ystems</translation>
    </message>
    <message>
        <source>Takes the colours of the desktop, light or dark, and follows them</source>
        <translation>Übernimmt die Farben des Desktops, hell oder dunkel, und folgt ihnen</translation>
    </message>
    <message>
        <source>L&amp;ight colours</source>
        <translation>&amp;Helle Farben</translation>
    </message>
    <message>
        <source>Dark text on light</source>
        <translation>Dunkle Schrift auf Hell</translation>
    </message>
    <message>
        <source>&amp;Dark colours</source>
        <translation>&amp;Dunkle Farben</translation>
    </message>
    <message>
        <source>Light text on dark</source>
        <translation>Helle Schrift auf Dunkel</translation>
    </message>
    <message>
        <source>&amp;Full screen</source>
        <translation>Voll&amp;bild</translation>
    </message>
    <message>
        <source>Fills the screen with the window, and back</source>
        <translation>Füllt den Bildschirm mit dem Fenster, und zurück</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Fenster</translation>
    </message>
    <message>
        <source>&amp;Next pane</source>
        <translation>&amp;Nächster Bereich</translation>
    </message>
    <message>
        <source>Moves the keyboard to the next part of the window</source>
        <translation>Setzt die Tastatur in den nächsten Teil des Fensters</translation>
    </message>
    <message>
        <source>&amp;Previous pane</source>
        <translation>&amp;Voriger Bereich</translation>
    </message>
    <message>
        <source>Moves the keyboard to the part of the window before</source>
        <translation>Setzt die Tastatur in den vorigen Teil des Fensters</translation>
    </message>
    <message>
        <source>&amp;Filter the log</source>
        <translation>Protokoll &amp;filtern</translation>
    </message>
    <message>
        <source>Shows the log and moves the keyboard to its filter</source>
        <translation>Zeigt das Protokoll und setzt die Tastatur in dessen Filter</translation>
    </message>
    <message>
        <source>&amp;Reset layout</source>
        <translation>Anordnung &amp;zurücksetzen</translation>
    </message>
    <message>
        <source>Puts all parts of the window back where they were at first</source>
        <translation>Setzt alle Teile des Fensters wieder an ihren ersten Platz</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts …</source>
        <translation>&amp;Tastenkürzel …</translation>
    </message>
    <message>
        <source>Shows and changes the shortcut of every action</source>
        <translation>Zeigt und ändert das Tastenkürzel jedes Befehls</translation>
    </message>
    <message>
        <source>Language of the s&amp;ystem</source>
        <translation>Sprache des S&amp;ystems</translation>
    </message>
    <message>
        <source>Speaks the language of the desktop where there is a translation, else English; from the next start on</source>
        <translation>Spricht die Sprache des Desktops, soweit es eine Übersetzung gibt, sonst Englisch; ab dem nächsten Start</translation>
    </message>
    <message>
        <source>English texts, from the next start on</source>
        <translation>Englische Texte, ab dem nächsten Start</translation>
    </message>
    <message>
        <source>German texts, from the next start on</source>
        <translation>Deutsche Texte, ab dem nächsten Start</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>&amp;Help on this part</source>
        <translation>&amp;Hilfe zu diesem Teil</translation>
    </message>
    <message>
        <source>Opens the page of the view that has the keyboard</source>
        <translation>Öffnet die Seite der Ansicht, in der die Tastatur ist</translation>
    </message>
    <message>
        <source>&amp;Contents</source>
        <translation>&amp;Inhalt</translation>
    </message>
    <message>
        <source>Opens the first page of the help</source>
        <translation>Öffnet die erste Seite der Hilfe</translation>
    </message>
    <message>
        <source>&amp;About Palimpsest</source>
        <translation>Ü&amp;ber Palimpsest</translation>
    </message>
    <message>
        <source>Says which version this is, and its licences</source>
        <translation>Nennt die Version und die Lizenzen</translation>
    </message>
    <message>
        <source>&amp;Import a network …</source>
        <translation>Netz &amp;importieren …</translation>
    </message>
    <message>
        <source>Makes a task from a trained network: ONNX, TorchScript, TensorFlow, safetensors and others</source>
        <translation>Macht eine Aufgabe aus einem trainierten Netz: ONNX, TorchScript, TensorFlow, safetensors und andere</translation>
    </message>
    <message>
        <source>Search for a &amp;packing …</source>
        <translation>&amp;Packung suchen …</translation>
    </message>
    <message>
        <source>Finds the packing that keeps most accuracy within a size, or the smallest for a loss of accuracy</source>
        <translation>Findet die Packung, die innerhalb einer Größe die meiste Genauigkeit behält, oder die kleinste zu einem Verlust an Genauigkeit</translation>
    </message>
    <message>
        <source>Takes back the last change of the settings</source>
        <translation>Nimmt die letzte Änderung der Einstellungen zurück</translation>
    </message>
    <message>
        <source>Set a target si&amp;ze …</source>
        <translation>&amp;Zielgröße setzen …</translation>
    </message>
    <message>
        <source>Asks how large all networks together may be, and makes the pool as large as that</source>
        <translation>Fragt, wie groß alle Netze zusammen sein dürfen, und bemisst den Pool danach</translation>
    </message>
    <message>
        <source>Target size</source>
        <translation>Zielgröße</translation>
    </message>
</context>
<context>
    <name>palimpsest::AddTaskDialog</name>
    <message>
        <source>Add a task</source>
        <translation>Aufgabe hinzufügen</translation>
    </message>
    <message>
        <source>Choose a network and its data: what they hold is shown here.</source>
        <translation>Wählen Sie ein Netz und seine Daten: Hier wird gezeigt, was sie enthalten.</translation>
    </message>
    <message>
        <source>&amp;Add</source>
        <translation>&amp;Hinzufügen</translation>
    </message>
    <message>
        <source>Net&amp;work:</source>
        <translation>Ne&amp;tz:</translation>
    </message>
    <message>
        <source>&amp;Name:</source>
        <translation>&amp;Name:</translation>
    </message>
    <message>
        <source>Own files</source>
        <translation>Eigene Dateien</translation>
    </message>
    <message>
        <source>%1 (not on this computer)</source>
        <translation>%1 (nicht auf diesem Rechner)</translation>
    </message>
    <message>
        <source>Data &amp;set:</source>
        <translation>Daten&amp;satz:</translation>
    </message>
    <message>
        <source>A data set that the program knows fills in the fields below.</source>
        <translation>Ein Datensatz, den das Programm kennt, füllt die Felder darunter aus.</translation>
    </message>
    <message>
        <source>&amp;Data:</source>
        <translation>&amp;Daten:</translation>
    </message>
    <message>
        <source>&amp;Format:</source>
        <translation>&amp;Format:</translation>
    </message>
    <message>
        <source>&amp;Test file:</source>
        <translation>T&amp;estdatei:</translation>
    </message>
    <message>
        <source>For example: scale=255, standardise</source>
        <translation>Zum Beispiel: scale=255, standardise</translation>
    </message>
    <message>
        <source>&amp;Preprocessing:</source>
        <translation>&amp;Vorverarbeitung:</translation>
    </message>
    <message>
        <source>Choose the file that describes the network.</source>
        <translation>Wählen Sie die Datei, die das Netz beschreibt.</translation>
    </message>
    <message>
        <source>Choose the file or the folder of the data.</source>
        <translation>Wählen Sie die Datei oder den Ordner der Daten.</translation>
    </message>
</context>
<context>
    <name>palimpsest::CatalogueDialog</name>
    <message>
        <source>Data sets</source>
        <translation>Datensätze</translation>
    </message>
    <message>
        <source>Data sets that are known</source>
        <translation>Bekannte Datensätze</translation>
    </message>
    <message>
        <source>%p %, %1 left</source>
        <translation>%p %, noch %1</translation>
    </message>
    <message>
        <source>I use it for non-commercial purposes only</source>
        <translation>Ich nutze ihn nur für nicht kommerzielle Zwecke</translation>
    </message>
    <message>
        <source>The licence of this data set allows no commercial use. Asked once.</source>
        <translation>Die Lizenz dieses Datensatzes erlaubt keine kommerzielle Nutzung. Die Frage kommt nur einmal.</translation>
    </message>
    <message>
        <source>Progress of fetching</source>
        <translation>Fortschritt des Holens</translation>
    </message>
    <message>
        <source>&amp;Fetch</source>
        <translation>&amp;Holen</translation>
    </message>
    <message>
        <source>Gets the files, checks them and converts them for recipes. What was fetched before goes on.</source>
        <translation>Lädt die Dateien, prüft sie und wandelt sie für Rezepte um. Was schon geladen ist, wird weiterverwendet.</translation>
    </message>
    <message>
        <source>&amp;Take these files</source>
        <translation>&amp;Diese Dateien annehmen</translation>
    </message>
    <message>
        <source>Expects the same SHA-256 from now on.</source>
        <translation>Erwartet von nun an dieselbe SHA-256.</translation>
    </message>
    <message>
        <source>C&amp;ancel</source>
        <translation>&amp;Abbrechen</translation>
    </message>
    <message>
        <source>Stops; what came so far is kept for the next time.</source>
        <translation>Hält an; was bisher geladen wurde, bleibt für das nächste Mal erhalten.</translation>
    </message>
    <message>
        <source>Licence: %1.</source>
        <translation>Lizenz: %1.</translation>
    </message>
    <message>
        <source>It cannot be fetched by itself: get it from its page by hand.</source>
        <translation>Er kann nicht von selbst geholt werden: Laden Sie ihn von Hand von seiner Seite.</translation>
    </message>
    <message>
        <source>It comes with the package %1, which palimpsest-setup installs.</source>
        <translation>Er kommt mit dem Paket %1, das palimpsest-setup installiert.</translation>
    </message>
    <message>
        <source>%1: %2 bytes, SHA-256 %3</source>
        <translation>%1: %2 Bytes, SHA-256 %3</translation>
    </message>
    <message>
        <source>No SHA-256 of these files is known yet. Compare them with another source, and take them where they are right.</source>
        <translation>Zu diesen Dateien ist noch keine SHA-256 bekannt. Vergleichen Sie sie mit einer anderen Quelle und nehmen Sie sie an, wenn sie stimmen.</translation>
    </message>
</context>
<context>
    <name>palimpsest::CatalogueModel</name>
    <message>
        <source>here</source>
        <translation>vorhanden</translation>
    </message>
    <message>
        <source>can be fetched</source>
        <translation>kann geholt werden</translation>
    </message>
    <message>
        <source>by hand</source>
        <translation>von Hand</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>fehlt</translation>
    </message>
    <message>
        <source>Data set</source>
        <translation>Datensatz</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>To fetch</source>
        <translation>Zu laden</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Lizenz</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>data set, its name in recipes</comment>
        <translation>%1 (%2)</translation>
    </message>
</context>
<context>
    <name>palimpsest::ClassCountModel</name>
    <message>
        <source>Class</source>
        <translation>Klasse</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>Beispiele</translation>
    </message>
</context>
<context>
    <name>palimpsest::CompareController</name>
    <message>
        <source>the first run</source>
        <translation>der erste Lauf</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>und %1 weitere</translation>
    </message>
    <message>
        <source>the same settings</source>
        <translation>dieselben Einstellungen</translation>
    </message>
    <message>
        <source>not finished</source>
        <translation>nicht fertig</translation>
    </message>
    <message>
        <source>%1, %2: %3</source>
        <comment>run, time, what is new</comment>
        <translation>%1, %2: %3</translation>
    </message>
</context>
<context>
    <name>palimpsest::CompareModel</name>
    <message>
        <source>B is better.</source>
        <translation>B ist besser.</translation>
    </message>
    <message>
        <source>B is worse.</source>
        <translation>B ist schlechter.</translation>
    </message>
    <message>
        <source>%1, better</source>
        <translation>%1, besser</translation>
    </message>
    <message>
        <source>%1, worse</source>
        <translation>%1, schlechter</translation>
    </message>
    <message>
        <source>B less A. An arrow up says that B is better, an arrow down that it is worse.</source>
        <translation>B minus A. Ein Pfeil nach oben heißt, dass B besser ist, ein Pfeil nach unten, dass es schlechter ist.</translation>
    </message>
    <message>
        <source>Quantity</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>A: %1</source>
        <translation>A: %1</translation>
    </message>
    <message>
        <source>B: %1</source>
        <translation>B: %1</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>Differenz</translation>
    </message>
</context>
<context>
    <name>palimpsest::CompareView</name>
    <message>
        <source>What differs between the two runs</source>
        <translation>Was sich zwischen den beiden Läufen unterscheidet</translation>
    </message>
    <message>
        <source>&amp;Swap</source>
        <translation>&amp;Tauschen</translation>
    </message>
    <message>
        <source>Makes A of B and B of A: the differences change their signs.</source>
        <translation>Vertauscht A und B: Die Differenzen wechseln das Vorzeichen.</translation>
    </message>
    <message>
        <source>Choose a run</source>
        <translation>Lauf wählen</translation>
    </message>
    <message>
        <source>Run A</source>
        <translation>Lauf A</translation>
    </message>
    <message>
        <source>Run B</source>
        <translation>Lauf B</translation>
    </message>
    <message>
        <source>The run whose differences from A are shown.</source>
        <translation>Der Lauf, dessen Abweichungen von A gezeigt werden.</translation>
    </message>
    <message>
        <source>&amp;A</source>
        <translation>A</translation>
    </message>
    <message>
        <source>&amp;B</source>
        <translation>B</translation>
    </message>
    <message>
        <source>Joint optimisation: accuracy</source>
        <translation>Gemeinsame Optimierung: Genauigkeit</translation>
    </message>
    <message>
        <source>Joint optimisation: loss</source>
        <translation>Gemeinsame Optimierung: Verlust</translation>
    </message>
    <message>
        <source>Training alone: accuracy</source>
        <translation>Einzeltraining: Genauigkeit</translation>
    </message>
    <message>
        <source>Training alone: loss</source>
        <translation>Einzeltraining: Verlust</translation>
    </message>
    <message>
        <source>Curves that are compared</source>
        <translation>Verglichene Kurven</translation>
    </message>
    <message>
        <source>Which curves of the two runs stand side by side. They are moved and zoomed together.</source>
        <translation>Welche Kurven der beiden Läufe nebeneinander stehen. Sie werden zusammen verschoben und gezoomt.</translation>
    </message>
    <message>
        <source>Curves of run A</source>
        <translation>Kurven von Lauf A</translation>
    </message>
    <message>
        <source>Curves of run B</source>
        <translation>Kurven von Lauf B</translation>
    </message>
    <message>
        <source>What is shown now</source>
        <translation>Was jetzt gezeigt wird</translation>
    </message>
    <message>
        <source>shown now</source>
        <translation>jetzt gezeigt</translation>
    </message>
    <message>
        <source>Reading the run %1 …</source>
        <translation>Lauf %1 wird gelesen …</translation>
    </message>
    <message>
        <source>There is nothing to compare yet.

Every run of the pipeline is kept: change a setting, run it again, and choose two runs above.</source>
        <translation>Es gibt noch nichts zu vergleichen.

Jeder Lauf der Pipeline bleibt erhalten: Ändern Sie eine Einstellung, führen Sie sie noch einmal aus und wählen Sie oben zwei Läufe.</translation>
    </message>
    <message>
        <source>Choose the two runs above.</source>
        <translation>Wählen Sie oben die beiden Läufe.</translation>
    </message>
    <message>
        <source>%1: validation accuracy</source>
        <translation>%1: Validierungsgenauigkeit</translation>
    </message>
    <message>
        <source>%1: training loss [nats]</source>
        <translation>%1: Trainingsverlust [nat]</translation>
    </message>
    <message>
        <source>A</source>
        <translation>A</translation>
    </message>
    <message>
        <source>B</source>
        <translation>B</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>Neither run has these curves.</source>
        <translation>Keiner der Läufe hat diese Kurven.</translation>
    </message>
    <message>
        <source>A: %1, B: %2</source>
        <translation>A: %1, B: %2</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleich</translation>
    </message>
    <message>
        <source>The run that is compared with. At first, the newest finished one before what is shown.</source>
        <translation>Der Lauf, mit dem verglichen wird. Zuerst der neueste fertige vor dem, der gezeigt wird.</translation>
    </message>
</context>
<context>
    <name>palimpsest::CurvePlot</name>
    <message>
        <source>Drag the line, or move it with Shift and the up and down keys.</source>
        <translation>Ziehen Sie die Linie oder bewegen Sie sie mit Umschalt und den Pfeiltasten auf und ab.</translation>
    </message>
    <message>
        <source>%1
%2: %3
%4: %5</source>
        <translation>%1
%2: %3
%4: %5</translation>
    </message>
</context>
<context>
    <name>palimpsest::DataPage</name>
    <message>
        <source>&amp;Get it …</source>
        <translation>&amp;Holen …</translation>
    </message>
    <message>
        <source>Opens the catalogue of data sets: it says what the data are and what their licence asks, and fetches them.</source>
        <translation>Öffnet den Katalog der Datensätze: Er sagt, was die Daten sind und was ihre Lizenz verlangt, und holt sie.</translation>
    </message>
    <message>
        <source>&amp;Data:</source>
        <translation>&amp;Daten:</translation>
    </message>
    <message>
        <source>The samples that the network was trained for: from a task of this project, a set that the program knows, or your own.</source>
        <translation>Die Beispiele, für die das Netz trainiert wurde: aus einer Aufgabe dieses Projekts, aus einem Datensatz, den das Programm kennt, oder eigene.</translation>
    </message>
    <message>
        <source>File or f&amp;older:</source>
        <translation>Datei oder &amp;Ordner:</translation>
    </message>
    <message>
        <source>idx, npz, HDF5, MATLAB, csv or ts files, CIFAR&apos;s batches, or a folder with a folder of pictures or sounds for each class.</source>
        <translation>Dateien der Formate idx, npz, HDF5, MATLAB, csv oder ts, CIFARs Batches, oder ein Ordner mit einem Ordner von Bildern oder Tönen je Klasse.</translation>
    </message>
    <message>
        <source>F&amp;ormat:</source>
        <translation>&amp;Format:</translation>
    </message>
    <message>
        <source>How the files are read; it is seen from their names.</source>
        <translation>Wie die Dateien gelesen werden; erkannt an ihren Namen.</translation>
    </message>
    <message>
        <source>Where it is apart from the training data</source>
        <translation>Falls getrennt von den Trainingsdaten</translation>
    </message>
    <message>
        <source>&amp;Test data:</source>
        <translation>&amp;Testdaten:</translation>
    </message>
    <message>
        <source>The file or folder of the test split, where the first one holds training data alone. It is not read here.</source>
        <translation>Datei oder Ordner des Testteils, wenn der erste nur Trainingsdaten enthält. Er wird hier nicht gelesen.</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>Daten</translation>
    </message>
    <message>
        <source>The data that the network was trained for. Palimpsest trains the shared pages on them, so it needs their training samples; the test split is read by the stage evaluate alone.</source>
        <translation>Die Daten, für die das Netz trainiert wurde. Palimpsest trainiert die gemeinsamen Seiten daran und braucht deshalb die Trainingsbeispiele; den Testteil liest nur die Stufe Bewertung.</translation>
    </message>
    <message>
        <source>Choose …</source>
        <translation>Wählen …</translation>
    </message>
    <message>
        <source>Own files</source>
        <translation>Eigene Dateien</translation>
    </message>
    <message>
        <source>As the task %1</source>
        <translation>Wie die Aufgabe %1</translation>
    </message>
    <message>
        <source>%1 (not on this computer yet)</source>
        <translation>%1 (noch nicht auf diesem Rechner)</translation>
    </message>
    <message>
        <source>Looking what it is …</source>
        <translation>Wird untersucht …</translation>
    </message>
    <message>
        <source>Choose the data: the first samples are shown here.</source>
        <translation>Wählen Sie die Daten: Hier werden die ersten Beispiele gezeigt.</translation>
    </message>
    <message>
        <source>%1 is not on this computer yet: get it, or choose other data.</source>
        <translation>%1 ist noch nicht auf diesem Rechner: Holen Sie es, oder wählen Sie andere Daten.</translation>
    </message>
    <message>
        <source>Choose a file or a folder, or drop it on its field.</source>
        <translation>Wählen Sie eine Datei oder einen Ordner, oder ziehen Sie sie auf das Feld.</translation>
    </message>
    <message>
        <source>Reading …</source>
        <translation>Wird gelesen …</translation>
    </message>
    <message>
        <source>%1 training samples of shape %2 in %3 classes; here is one of each, then the next:</source>
        <translation>%1 Trainingsbeispiele der Form %2 in %3 Klassen; hier je eines, dann die nächsten:</translation>
    </message>
    <message>
        <source>The network has %1 outputs, these data have %2 classes: choose the data that it was trained for.</source>
        <translation>Das Netz hat %1 Ausgänge, diese Daten haben %2 Klassen: Wählen Sie die Daten, für die es trainiert wurde.</translation>
    </message>
</context>
<context>
    <name>palimpsest::DevicePicker</name>
    <message>
        <source>Device for jobs</source>
        <translation>Gerät für Aufträge</translation>
    </message>
    <message>
        <source>Where jobs run. Each device runs one job at a time. Default: the first CUDA device, else the CPU.</source>
        <translation>Wo Aufträge laufen. Jedes Gerät führt einen Auftrag zugleich aus. Voreinstellung: das erste CUDA-Gerät, sonst die CPU.</translation>
    </message>
    <message>
        <source>%1 of memory, %2 free</source>
        <translation>%1 Speicher, %2 frei</translation>
    </message>
</context>
<context>
    <name>palimpsest::ExecutionView</name>
    <message>
        <source>Time of a switch by each way</source>
        <translation>Dauer einer Umschaltung auf jede Art</translation>
    </message>
    <message>
        <source>Distribution of the switch times</source>
        <translation>Verteilung der Umschaltzeiten</translation>
    </message>
    <message>
        <source>Time of a switch</source>
        <translation>Umschaltdauer</translation>
    </message>
    <message>
        <source>Share of the switches done by then</source>
        <translation>Anteil der Umschaltungen</translation>
    </message>
    <message>
        <source>median</source>
        <translation>Median</translation>
    </message>
    <message>
        <source>95 %</source>
        <translation>95 %</translation>
    </message>
    <message>
        <source>Time of every switch, in their order</source>
        <translation>Dauer jeder Umschaltung in ihrer Reihenfolge</translation>
    </message>
    <message>
        <source>Switch</source>
        <translation>Umschaltung</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>to the task %1</source>
        <translation>zur Aufgabe %1</translation>
    </message>
    <message>
        <source>No switch was measured yet.

The stage execute measures switches in random order; run the pipeline up to it.</source>
        <translation>Es wurde noch keine Umschaltung gemessen.

Die Stufe Ausführung misst Umschaltungen in zufälliger Reihenfolge; führen Sie die Pipeline bis dorthin aus.</translation>
    </message>
    <message>
        <source>The single switches of this run were not kept.

Run the stage execute again to see them.</source>
        <translation>Die einzelnen Umschaltungen dieses Laufs wurden nicht aufbewahrt.

Führen Sie die Stufe Ausführung noch einmal aus, um sie zu sehen.</translation>
    </message>
    <message>
        <source>floor: %1, %2</source>
        <translation>min.: %1, %2</translation>
    </message>
    <message>
        <source>to %1</source>
        <translation>zu %1</translation>
    </message>
    <message>
        <source>Time of a switch to another task; a network has %1 on average</source>
        <translation>Dauer der Umschaltung auf eine andere Aufgabe; ein Netz hat im Mittel %1</translation>
    </message>
    <message>
        <source>Execution</source>
        <translation>Ausführung</translation>
    </message>
</context>
<context>
    <name>palimpsest::ExportCommands</name>
    <message>
        <source>Saved %1</source>
        <translation>%1 gespeichert</translation>
    </message>
    <message>
        <source>Save the report</source>
        <translation>Bericht speichern</translation>
    </message>
    <message>
        <source>Document for print (*.pdf)</source>
        <translation>Dokument zum Drucken (*.pdf)</translation>
    </message>
    <message>
        <source>Page for browsers (*.html)</source>
        <translation>Seite für Browser (*.html)</translation>
    </message>
    <message>
        <source>there is no report yet: the stages evaluate and place make it, F5 runs them</source>
        <translation>es gibt noch keinen Bericht: Die Stufen Bewertung und Platzierung erzeugen ihn, F5 führt sie aus</translation>
    </message>
    <message>
        <source>Save the bundle into a new or empty folder</source>
        <translation>Paket in einen neuen oder leeren Ordner speichern</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Opens it with the program that the desktop has for it.</source>
        <translation>Öffnet es mit dem Programm, das der Schreibtisch dafür hat.</translation>
    </message>
    <message>
        <source>Show folder</source>
        <translation>Ordner zeigen</translation>
    </message>
    <message>
        <source>Opens the folder that it is in.</source>
        <translation>Öffnet den Ordner, in dem es liegt.</translation>
    </message>
</context>
<context>
    <name>palimpsest::FisherView</name>
    <message>
        <source>Use the strategy &amp;density</source>
        <translation>Strategie density &amp;verwenden</translation>
    </message>
    <message>
        <source>Fisher information of every page, a row for each task</source>
        <translation>Fisher-Information jeder Seite, eine Zeile je Aufgabe</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>Seite</translation>
    </message>
    <message>
        <source>Histogram of the pages&apos; Fisher information</source>
        <translation>Histogramm der Fisher-Information der Seiten</translation>
    </message>
    <message>
        <source>Share of the task&apos;s pages</source>
        <translation>Anteil der Seiten</translation>
    </message>
    <message>
        <source>Share of a task&apos;s Fisher information on its densest pages, with the margin</source>
        <translation>Anteil der Fisher-Information einer Aufgabe auf ihren dichtesten Seiten, mit dem Spielraum</translation>
    </message>
    <message>
        <source>Densest pages</source>
        <translation>Dichteste Seiten</translation>
    </message>
    <message>
        <source>Share of the task&apos;s Fisher</source>
        <translation>Anteil am Fisher</translation>
    </message>
    <message>
        <source>the last of them is page %1</source>
        <translation>die letzte davon ist Seite %1</translation>
    </message>
    <message>
        <source>&amp;Margin</source>
        <translation>&amp;Spielraum</translation>
    </message>
    <message>
        <source>Separation margin</source>
        <translation>Spielraum der Trennung</translation>
    </message>
    <message>
        <source>Share of each task&apos;s Fisher information that may stay on shared pages; a fraction, by default 0.1. Smaller makes more pages exclusive. The line in the plot is the same setting.</source>
        <translation>Anteil der Fisher-Information jeder Aufgabe, der auf gemeinsamen Seiten bleiben darf; ein Bruchteil, Voreinstellung 0.1. Kleinere Werte machen mehr Seiten exklusiv. Die Linie im Diagramm ist dieselbe Einstellung.</translation>
    </message>
    <message>
        <source>Sets the recipe&apos;s separation strategy to density, with which the margin decides which pages are exclusive.</source>
        <translation>Setzt die Trennungsstrategie des Rezepts auf density, bei der der Spielraum entscheidet, welche Seiten exklusiv sind.</translation>
    </message>
    <message>
        <source>Page Fisher</source>
        <translation>Fisher der Seite</translation>
    </message>
    <message>
        <source>margin %1</source>
        <translation>Spielraum %1</translation>
    </message>
    <message>
        <source>margin %1, not used</source>
        <translation>%1 (ungenutzt)</translation>
    </message>
    <message>
        <source>The margin has no effect: with the strategy price, matching itself chooses up to %1 exclusive pages.</source>
        <translation>Der Spielraum hat keine Wirkung: Bei der Strategie price wählt die Zuordnung selbst bis zu %1 exklusive Seiten.</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>%1 of %2 pages become exclusive: %3</source>
        <translation>%1 von %2 Seiten werden exklusiv: %3</translation>
    </message>
    <message>
        <source>margin %1: %2 exclusive</source>
        <translation>Spielraum %1: %2 exklusiv</translation>
    </message>
    <message>
        <source>Fisher information of every page, in nats per squared weight</source>
        <translation>Fisher-Information jeder Seite, in nat je Gewicht²</translation>
    </message>
    <message>
        <source>Densest pages of each task, and histogram of all pages</source>
        <translation>Dichteste Seiten jeder Aufgabe und Histogramm aller Seiten</translation>
    </message>
    <message>
        <source>Fisher</source>
        <translation>Fisher</translation>
    </message>
    <message>
        <source>No Fisher information yet.

The stage fisher estimates it, and the stage pages cuts the networks into pages.</source>
        <translation>Noch keine Fisher-Information.

Die Stufe Fisher schätzt sie, und die Stufe Seiten schneidet die Netze in Seiten.</translation>
    </message>
    <message>
        <source>Fisher [nats/weight²]</source>
        <translation>Fisher [nat/Gewicht²]</translation>
    </message>
</context>
<context>
    <name>palimpsest::HeatPlot</name>
    <message>
        <source>%1
%2: %3
%4: %5</source>
        <translation>%1
%2: %3
%4: %5</translation>
    </message>
</context>
<context>
    <name>palimpsest::HelpBrowser</name>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Goes to the page before</source>
        <translation>Geht zur vorigen Seite</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>Vor</translation>
    </message>
    <message>
        <source>Goes to the page that you came back from</source>
        <translation>Geht zu der Seite, von der Sie zurückgekommen sind</translation>
    </message>
    <message>
        <source>Contents</source>
        <translation>Inhalt</translation>
    </message>
    <message>
        <source>Goes to the first page</source>
        <translation>Geht zur ersten Seite</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Search the help</source>
        <translation>Hilfe durchsuchen</translation>
    </message>
    <message>
        <source>Words to search for in the help</source>
        <translation>Wörter, die in der Hilfe gesucht werden</translation>
    </message>
    <message>
        <source>Lists the pages in which all words occur (%1)</source>
        <translation>Listet die Seiten auf, in denen alle Wörter vorkommen (%1)</translation>
    </message>
    <message>
        <source>Pages of the help</source>
        <translation>Seiten der Hilfe</translation>
    </message>
    <message>
        <source>Page of the help</source>
        <translation>Seite der Hilfe</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>title of a page, number of places</comment>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>No page has all these words.</source>
        <translation>Keine Seite enthält alle diese Wörter.</translation>
    </message>
    <message>
        <source>%1 – Palimpsest help</source>
        <translation>%1 – Palimpsest-Hilfe</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>palimpsest::ImportAssistant</name>
    <message>
        <source>Import a network</source>
        <translation>Netz importieren</translation>
    </message>
    <message>
        <source>Reading or computing</source>
        <translation>Lesen oder Rechnen</translation>
    </message>
    <message>
        <source>&amp;Back</source>
        <translation>&amp;Zurück</translation>
    </message>
    <message>
        <source>Shows the page before; what was chosen stays.</source>
        <translation>Zeigt die vorige Seite; was gewählt wurde, bleibt.</translation>
    </message>
    <message>
        <source>&amp;Next</source>
        <translation>&amp;Weiter</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>Page %1 of %2: %3</source>
        <translation>Seite %1 von %2: %3</translation>
    </message>
    <message>
        <source>&amp;Add the task</source>
        <translation>&amp;Aufgabe hinzufügen</translation>
    </message>
    <message>
        <source>Puts the network into the project folder and the task into the recipe; undo takes it out again.</source>
        <translation>Legt das Netz in den Projektordner und die Aufgabe ins Rezept; „Rückgängig“ nimmt sie wieder heraus.</translation>
    </message>
    <message>
        <source>Shows the next page.</source>
        <translation>Zeigt die nächste Seite.</translation>
    </message>
</context>
<context>
    <name>palimpsest::ImportCommands</name>
    <message>
        <source>%1: %2.</source>
        <translation>%1: %2.</translation>
    </message>
    <message>
        <source>A network belongs to a project: make one, or open one, and the import goes on there.</source>
        <translation>Ein Netz gehört zu einem Projekt: Legen Sie eines an oder öffnen Sie eines, dort geht der Import weiter.</translation>
    </message>
</context>
<context>
    <name>palimpsest::Inspector</name>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Select what was selected before</source>
        <translation>Auswählen, was zuvor ausgewählt war</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>Vor</translation>
    </message>
    <message>
        <source>Select what was selected after it</source>
        <translation>Auswählen, was danach ausgewählt war</translation>
    </message>
    <message>
        <source>Facts about what is selected</source>
        <translation>Angaben zur Auswahl</translation>
    </message>
    <message>
        <source>Histogram of weights</source>
        <translation>Histogramm der Gewichte</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>Gewicht</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>Anteil</translation>
    </message>
    <message>
        <source>Nothing is selected.

Click a cell of the page map, a task or a row of a table to see here what it is.</source>
        <translation>Nichts ist ausgewählt.

Klicken Sie auf ein Feld der Seitenkarte, eine Aufgabe oder eine Zeile einer Tabelle, um hier zu sehen, was es ist.</translation>
    </message>
    <message>
        <source>What is selected is not part of this run.</source>
        <translation>Die Auswahl gehört nicht zu diesem Lauf.</translation>
    </message>
    <message>
        <source>slot %1, packed</source>
        <translation>Slot %1, gepackt</translation>
    </message>
    <message>
        <source>%1, alone</source>
        <translation>%1, allein</translation>
    </message>
    <message>
        <source>Share of the weights in each of %1 bins.</source>
        <translation>Anteil der Gewichte in jeder von %1 Klassen.</translation>
    </message>
    <message>
        <source>Share of the weights in each of %1 bins: of the slot, packed (solid), and of the %2 pages with most Fisher information, alone, in the colours of their tasks.</source>
        <translation>Anteil der Gewichte in jeder von %1 Klassen: des Slots, gepackt (durchgezogen), und der %2 Seiten mit der meisten Fisher-Information, allein, in den Farben ihrer Aufgaben.</translation>
    </message>
    <message>
        <source>Share of the weights in each of %1 bins: of the %2 pages with most Fisher information, alone, in the colours of their tasks.</source>
        <translation>Anteil der Gewichte in jeder von %1 Klassen: der %2 Seiten mit der meisten Fisher-Information, allein, in den Farben ihrer Aufgaben.</translation>
    </message>
</context>
<context>
    <name>palimpsest::InspectorModel</name>
    <message>
        <source>Pages in the slot</source>
        <translation>Seiten im Slot</translation>
    </message>
    <message>
        <source>Layers with weights</source>
        <translation>Schichten mit Gewichten</translation>
    </message>
    <message>
        <source>Pages of the layer</source>
        <translation>Seiten der Schicht</translation>
    </message>
    <message>
        <source>exclusive</source>
        <translation>exklusiv</translation>
    </message>
    <message>
        <source>Double-click, or Enter, selects this in every view.</source>
        <translation>Doppelklick oder Eingabetaste wählt dies in jeder Ansicht aus.</translation>
    </message>
    <message>
        <source>Name of the layer.</source>
        <translation>Name der Schicht.</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>What the layer does.</source>
        <translation>Was die Schicht tut.</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Weights and biases of the layer.</source>
        <translation>Gewichte und Biaswerte der Schicht.</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>Gewichte</translation>
    </message>
    <message>
        <source>Pages that hold weights of the layer; private tensors are on none.</source>
        <translation>Seiten mit Gewichten der Schicht; private Tensoren liegen auf keiner.</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
    <message>
        <source>The page, as task and number.</source>
        <translation>Die Seite als Aufgabe und Nummer.</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>Seite</translation>
    </message>
    <message>
        <source>Layers that have weights on the page.</source>
        <translation>Schichten, die Gewichte auf der Seite haben.</translation>
    </message>
    <message>
        <source>The slot of the pool that the page takes, or that it is exclusive.</source>
        <translation>Der Slot des Pools, den die Seite belegt, oder dass sie exklusiv ist.</translation>
    </message>
    <message>
        <source>Slot</source>
        <translation>Slot</translation>
    </message>
    <message>
        <source>Fisher information of the page, in nats per squared weight: how much the task minds a change of it.</source>
        <translation>Fisher-Information der Seite in nat je Gewicht²: wie empfindlich die Aufgabe auf eine Änderung reagiert.</translation>
    </message>
    <message>
        <source>Fisher</source>
        <translation>Fisher</translation>
    </message>
    <message>
        <source>Share of the Fisher information of all these pages.</source>
        <translation>Anteil an der Fisher-Information all dieser Seiten.</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>Anteil</translation>
    </message>
</context>
<context>
    <name>palimpsest::JobList</name>
    <message>
        <source>Cancel &amp;job</source>
        <translation>A&amp;uftrag abbrechen</translation>
    </message>
    <message>
        <source>Cop&amp;y error</source>
        <translation>Fehler &amp;kopieren</translation>
    </message>
    <message>
        <source>Clear &amp;ended</source>
        <translation>Been&amp;dete entfernen</translation>
    </message>
    <message>
        <source>Jobs</source>
        <translation>Aufträge</translation>
    </message>
    <message>
        <source>No job yet. F5 runs every stage that is not done.</source>
        <translation>Noch kein Auftrag. F5 führt jede Stufe aus, die nicht fertig ist.</translation>
    </message>
    <message>
        <source>Stops the selected job, else the newest, within a second. Results of stages that are done are kept.</source>
        <translation>Hält den gewählten Auftrag an, sonst den neuesten, binnen einer Sekunde. Ergebnisse fertiger Stufen bleiben erhalten.</translation>
    </message>
    <message>
        <source>Copies the error of the selected job</source>
        <translation>Kopiert den Fehler des gewählten Auftrags</translation>
    </message>
    <message>
        <source>Takes jobs that have ended from the list. Their results stay.</source>
        <translation>Nimmt beendete Aufträge aus der Liste. Ihre Ergebnisse bleiben.</translation>
    </message>
    <message>
        <source>No job. F5 runs every stage that is not done.</source>
        <translation>Kein Auftrag. F5 führt jede Stufe aus, die nicht fertig ist.</translation>
    </message>
    <message>
        <source>Failed: %1</source>
        <translation>Fehlgeschlagen: %1</translation>
    </message>
</context>
<context>
    <name>palimpsest::JobLog</name>
    <message>
        <source>%1: started on %2</source>
        <translation>%1: gestartet auf %2</translation>
    </message>
    <message>
        <source>%1: done, %2</source>
        <translation>%1: fertig, %2</translation>
    </message>
    <message>
        <source>%1: done</source>
        <translation>%1: fertig</translation>
    </message>
    <message>
        <source>%1: failed: %2</source>
        <translation>%1: fehlgeschlagen: %2</translation>
    </message>
    <message>
        <source>%1: canceled; results of stages that are done are kept</source>
        <translation>%1: abgebrochen; Ergebnisse fertiger Stufen bleiben erhalten</translation>
    </message>
</context>
<context>
    <name>palimpsest::JobQueue</name>
    <message>
        <source>waiting</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>running</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source>canceling</source>
        <translation>wird abgebrochen</translation>
    </message>
    <message>
        <source>done</source>
        <translation>fertig</translation>
    </message>
    <message>
        <source>canceled</source>
        <translation>abgebrochen</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>noch %1</translation>
    </message>
    <message>
        <source>took %1</source>
        <translation>in %1</translation>
    </message>
    <message>
        <source>Job</source>
        <translation>Auftrag</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Stage and step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
</context>
<context>
    <name>palimpsest::LayerModel</name>
    <message>
        <source>Size of the weights as float32.</source>
        <translation>Größe der Gewichte als float32.</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Gives</source>
        <translation>Liefert</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>Gewichte</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
</context>
<context>
    <name>palimpsest::LogModel</name>
    <message>
        <source>info</source>
        <translation>Info</translation>
    </message>
    <message>
        <source>warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>%1 (%2 times)</source>
        <translation>%1 (%2-mal)</translation>
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
        <source>Message</source>
        <translation>Meldung</translation>
    </message>
</context>
<context>
    <name>palimpsest::LogView</name>
    <message>
        <source>Filter the log</source>
        <translation>Protokoll filtern</translation>
    </message>
    <message>
        <source>Shows only entries that contain this text</source>
        <translation>Zeigt nur Einträge, die diesen Text enthalten</translation>
    </message>
    <message>
        <source>All levels</source>
        <translation>Alle Stufen</translation>
    </message>
    <message>
        <source>At least: %1</source>
        <translation>Mindestens: %1</translation>
    </message>
    <message>
        <source>Least level shown</source>
        <translation>Niedrigste gezeigte Meldungsstufe</translation>
    </message>
    <message>
        <source>Shows only entries of this level or above</source>
        <translation>Zeigt nur Einträge dieser Stufe oder höherer</translation>
    </message>
    <message>
        <source>Cop&amp;y</source>
        <translation>Kop&amp;ieren</translation>
    </message>
    <message>
        <source>Copies the selected entries, or all that are shown</source>
        <translation>Kopiert die ausgewählten Einträge, sonst alle gezeigten</translation>
    </message>
    <message>
        <source>Cl&amp;ear</source>
        <translation>&amp;Leeren</translation>
    </message>
    <message>
        <source>Empties this list; the project&apos;s log file stays as it is</source>
        <translation>Leert diese Liste; die Protokolldatei des Projekts bleibt, wie sie ist</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Protokoll</translation>
    </message>
</context>
<context>
    <name>palimpsest::LookSettings</name>
    <message>
        <source>The language changes when Palimpsest is started the next time.</source>
        <translation>Die Sprache wechselt, wenn Palimpsest das nächste Mal gestartet wird.</translation>
    </message>
    <message>
        <source>Text size: %1 %</source>
        <translation>Textgröße: %1 %</translation>
    </message>
</context>
<context>
    <name>palimpsest::MainWindow</name>
    <message>
        <source>Open &amp;recent</source>
        <translation>&amp;Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>Pipeline</source>
        <translation>Pipeline</translation>
    </message>
    <message>
        <source>View</source>
        <translation>Ansicht</translation>
    </message>
    <message>
        <source>Brings this view to the front</source>
        <translation>Holt diese Ansicht nach vorn</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>&amp;Undo: %1</source>
        <translation>&amp;Rückgängig: %1</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Wiederherstellen</translation>
    </message>
    <message>
        <source>&amp;Redo: %1</source>
        <translation>&amp;Wiederherstellen: %1</translation>
    </message>
    <message>
        <source>Jobs run on the CPU: %1</source>
        <translation>Aufträge laufen auf der CPU: %1</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Saved %1</source>
        <translation>%1 gespeichert</translation>
    </message>
    <message>
        <source>%1[*] – Palimpsest</source>
        <translation>%1[*] – Palimpsest</translation>
    </message>
    <message>
        <source>Palimpsest</source>
        <translation>Palimpsest</translation>
    </message>
    <message>
        <source>A job is running</source>
        <translation>Ein Auftrag läuft</translation>
    </message>
    <message>
        <source>A job is running. Cancel it, save the recipe and close? Results of stages that are done are kept.</source>
        <translation>Ein Auftrag läuft. Soll er abgebrochen, das Rezept gespeichert und das Fenster geschlossen werden? Ergebnisse fertiger Stufen bleiben erhalten.</translation>
    </message>
    <message>
        <source>Cancel the job and close</source>
        <translation>Auftrag abbrechen und schließen</translation>
    </message>
    <message>
        <source>Keep running</source>
        <translation>Weiterlaufen lassen</translation>
    </message>
    <message>
        <source>Task %1 was added; undo takes it out again.</source>
        <translation>Aufgabe %1 wurde hinzugefügt; „Rückgängig“ nimmt sie wieder heraus.</translation>
    </message>
    <message>
        <source>Imported the network %1 for task %2</source>
        <translation>Netz %1 für Aufgabe %2 importiert</translation>
    </message>
    <message>
        <source>These are results of the earlier run %1: the recipe, its data or the program has changed since.</source>
        <translation>Dies sind Ergebnisse des früheren Laufs %1: Das Rezept, seine Daten oder das Programm haben sich seither geändert.</translation>
    </message>
    <message>
        <source>Nothing was run yet: the views fill as the stages above are done.</source>
        <translation>Noch wurde nichts ausgeführt: Die Ansichten füllen sich, sobald die Stufen oben fertig sind.</translation>
    </message>
    <message>
        <source>Run all</source>
        <translation>Alles ausführen</translation>
    </message>
    <message>
        <source>Runs every stage that is not done (%1).</source>
        <translation>Führt jede Stufe aus, die nicht fertig ist (%1).</translation>
    </message>
    <message>
        <source>Target size …</source>
        <translation>Zielgröße …</translation>
    </message>
    <message>
        <source>First says how large all networks together may be.</source>
        <translation>Legt erst fest, wie groß alle Netze zusammen sein dürfen.</translation>
    </message>
</context>
<context>
    <name>palimpsest::MappingModel</name>
    <message>
        <source>skipped</source>
        <translation>ausgelassen</translation>
    </message>
    <message>
        <source>Name of the tensor in the file.</source>
        <translation>Name des Tensors in der Datei.</translation>
    </message>
    <message>
        <source>Its shape in the file.</source>
        <translation>Seine Form in der Datei.</translation>
    </message>
    <message>
        <source>The layer that takes it.</source>
        <translation>Die Schicht, die ihn übernimmt.</translation>
    </message>
    <message>
        <source>What it is called in the project.</source>
        <translation>Wie er im Projekt heißt.</translation>
    </message>
    <message>
        <source>Its shape in the project.</source>
        <translation>Seine Form im Projekt.</translation>
    </message>
    <message>
        <source>What was done to it, or why it was left out.</source>
        <translation>Was mit ihm geschah, oder warum er ausgelassen wurde.</translation>
    </message>
    <message>
        <source>In the file</source>
        <translation>In der Datei</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>Form</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>In the project</source>
        <translation>Im Projekt</translation>
    </message>
    <message>
        <source>Remark</source>
        <translation>Bemerkung</translation>
    </message>
</context>
<context>
    <name>palimpsest::MemoryModel</name>
    <message>
        <source>budget of %1: %2</source>
        <translation>Budget von %1: %2</translation>
    </message>
    <message>
        <source>Networks as they were</source>
        <translation>Netze im Original</translation>
    </message>
    <message>
        <source>float32, all tasks</source>
        <translation>float32, alle Aufgaben</translation>
    </message>
    <message>
        <source>Page pool</source>
        <translation>Seitenpool</translation>
    </message>
    <message>
        <source>level 1</source>
        <translation>Ebene 1</translation>
    </message>
    <message>
        <source>Exclusive pages</source>
        <translation>Exklusive Seiten</translation>
    </message>
    <message>
        <source>level 2</source>
        <translation>Ebene 2</translation>
    </message>
    <message>
        <source>Private tensors</source>
        <translation>Private Tensoren</translation>
    </message>
    <message>
        <source>biases and what is no weight</source>
        <translation>Biaswerte und was kein Gewicht ist</translation>
    </message>
    <message>
        <source>Page tables</source>
        <translation>Seitentabellen</translation>
    </message>
    <message>
        <source>Scales</source>
        <translation>Skalen</translation>
    </message>
    <message>
        <source>Virtualized</source>
        <translation>Virtualisiert</translation>
    </message>
    <message>
        <source>%1 times smaller</source>
        <translation>%1-mal kleiner</translation>
    </message>
    <message>
        <source>Scratch network</source>
        <translation>Arbeitsnetz</translation>
    </message>
    <message>
        <source>holds the current network; part of level 1, not of the sum</source>
        <translation>enthält das aktuelle Netz; Teil von Ebene 1, nicht der Summe</translation>
    </message>
    <message>
        <source>Private %1</source>
        <translation>Privat %1</translation>
    </message>
    <message>
        <source>for comparison</source>
        <translation>zum Vergleich</translation>
    </message>
    <message>
        <source>%1 bytes</source>
        <translation>%1 Bytes</translation>
    </message>
    <message>
        <source>Share of the bytes of the networks as they were.</source>
        <translation>Anteil an den Bytes der Netze im Original.</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>Teil</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>Anteil</translation>
    </message>
    <message>
        <source>Remark</source>
        <translation>Bemerkung</translation>
    </message>
</context>
<context>
    <name>palimpsest::MemoryView</name>
    <message>
        <source>Bytes of each form, as stacked bars</source>
        <translation>Bytes jeder Form als gestapelte Balken</translation>
    </message>
    <message>
        <source>Bytes (1 KB = 1,000 bytes)</source>
        <translation>Bytes (1 KB = 1,000 Bytes)</translation>
    </message>
    <message>
        <source>Bytes of each part</source>
        <translation>Bytes jedes Teils</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>No bytes are counted yet.

The stage place counts them: of the networks as they were, of the packed ones part by part, and of the baselines.</source>
        <translation>Es sind noch keine Bytes gezählt.

Die Stufe Platzierung zählt sie: die der Netze, wie sie waren, die der gepackten Teil für Teil und die der Vergleichsbasen.</translation>
    </message>
</context>
<context>
    <name>palimpsest::NetworkPage</name>
    <message>
        <source>&amp;File:</source>
        <translation>&amp;Datei:</translation>
    </message>
    <message>
        <source>The file that holds the network. Choose it, type its name or drop it here.</source>
        <translation>Die Datei mit dem Netz. Wählen Sie sie, tippen Sie ihren Namen oder ziehen Sie sie hierher.</translation>
    </message>
    <message>
        <source>What it is:</source>
        <translation>Was es ist:</translation>
    </message>
    <message>
        <source>SHA-256:</source>
        <translation>SHA-256:</translation>
    </message>
    <message>
        <source>The fingerprint of the file&apos;s content: two files with the same one are the same.</source>
        <translation>Der Fingerabdruck des Dateiinhalts: Zwei Dateien mit demselben sind gleich.</translation>
    </message>
    <message>
        <source>&amp;Layer list:</source>
        <translation>&amp;Schichtliste:</translation>
    </message>
    <message>
        <source>The file holds weights alone. A layer list (.json) says which layers they belong to.</source>
        <translation>Die Datei enthält nur Gewichte. Eine Schichtliste (.json) sagt, zu welchen Schichten sie gehören.</translation>
    </message>
    <message>
        <source>&amp;Weights:</source>
        <translation>&amp;Gewichte:</translation>
    </message>
    <message>
        <source>The file that holds the weights of these layers. Empty: the network is trained by the stage train.</source>
        <translation>Die Datei mit den Gewichten dieser Schichten. Leer: Die Stufe Training trainiert das Netz.</translation>
    </message>
    <message>
        <source>For example: 3, 32, 32 (channels, height, width). Empty: found where only one size fits</source>
        <translation>Zum Beispiel: 3, 32, 32 (Kanäle, Höhe, Breite). Leer: ermittelt, wenn nur eine Größe passt</translation>
    </message>
    <message>
        <source>&amp;Shape of one sample:</source>
        <translation>&amp;Form eines Beispiels:</translation>
    </message>
    <message>
        <source>The file does not say how large its samples are: channels, height, width of a picture; channels, length of a sequence; or the number of features.</source>
        <translation>Die Datei sagt nicht, wie groß ihre Beispiele sind: Kanäle, Höhe, Breite eines Bilds; Kanäle, Länge einer Folge; oder die Zahl der Merkmale.</translation>
    </message>
    <message>
        <source>I &amp;trust this file: read it</source>
        <translation>Ich &amp;vertraue dieser Datei: einlesen</translation>
    </message>
    <message>
        <source>Remembers the SHA-256 of this file, so that you are asked once; another file is asked for again.</source>
        <translation>Merkt sich die SHA-256 dieser Datei, sodass Sie nur einmal gefragt werden; bei einer anderen Datei kommt die Frage wieder.</translation>
    </message>
    <message>
        <source>Layers of the network</source>
        <translation>Schichten des Netzes</translation>
    </message>
    <message>
        <source>What became of each tensor of the file</source>
        <translation>Was aus jedem Tensor der Datei wurde</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Netz</translation>
    </message>
    <message>
        <source>What the file holds. Nothing is changed yet: look at the layers, and at what became of each tensor of the file.</source>
        <translation>Was die Datei enthält. Noch ist nichts geändert: Sehen Sie sich die Schichten an und was aus jedem Tensor der Datei wurde.</translation>
    </message>
    <message>
        <source>Reading …</source>
        <translation>Wird gelesen …</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>This file is a program, which is run when it is read: a bad one could do harm. Read it only if you trust whoever made it. You are asked once for each file, by its SHA-256.</source>
        <translation>Diese Datei ist ein Programm, das beim Lesen ausgeführt wird: Ein bösartiges könnte Schaden anrichten. Lesen Sie sie nur ein, wenn Sie dem vertrauen, der sie gemacht hat. Sie werden für jede Datei einmal gefragt, anhand ihrer SHA-256.</translation>
    </message>
    <message>
        <source>The file is read when you trust it.</source>
        <translation>Die Datei wird gelesen, wenn Sie ihr vertrauen.</translation>
    </message>
    <message>
        <source>The file holds weights alone. Choose the layer list (.json) that says which layers they belong to.</source>
        <translation>Die Datei enthält nur Gewichte. Wählen Sie die Schichtliste (.json), die sagt, zu welchen Schichten sie gehören.</translation>
    </message>
    <message>
        <source>Expected one to three whole numbers above 0, as in 3, 32, 32, got “%1”.</source>
        <translation>Erwartet werden eine bis drei ganze Zahlen über 0, etwa 3, 32, 32, nicht „%1“.</translation>
    </message>
    <message>
        <source>%1: %2, SHA-256 %3</source>
        <translation>%1: %2, SHA-256 %3</translation>
    </message>
    <message>
        <source>%1 in %2 files, %3</source>
        <translation>%1 in %2 Dateien, %3</translation>
    </message>
    <message>
        <source>%1 layers, %2 weights, %3 as float32. It takes samples of shape %4 and has %5 outputs.</source>
        <translation>Schichten: %1; Gewichte: %2, %3 als float32. Das Netz nimmt Beispiele der Form %4 an und hat %5 Ausgänge.</translation>
    </message>
    <message>
        <source>%1 layers, without weights yet: the stage train makes its %2 weights. It takes samples of shape %3 and has %4 outputs.</source>
        <translation>Schichten: %1, noch ohne Gewichte: Die Stufe Training erzeugt die %2 Gewichte. Das Netz nimmt Beispiele der Form %3 an und hat %4 Ausgänge.</translation>
    </message>
    <message>
        <source>La&amp;yers (%1)</source>
        <translation>Sc&amp;hichten (%1)</translation>
    </message>
    <message>
        <source>&amp;Mapping (%1 tensors)</source>
        <translation>&amp;Zuordnung (Tensoren: %1)</translation>
    </message>
    <message>
        <source>&amp;Mapping (%1 tensors, %2 skipped)</source>
        <translation>&amp;Zuordnung (Tensoren: %1, ausgelassen: %2)</translation>
    </message>
    <message>
        <source>The network is shown here as soon as the file can be read.</source>
        <translation>Das Netz wird hier gezeigt, sobald die Datei gelesen werden kann.</translation>
    </message>
    <message>
        <source>Choose the file of a network, or drop it here: ONNX, TorchScript, a TensorFlow 1 checkpoint, safetensors, npz, npy, HDF5, or a layer list (.json).</source>
        <translation>Wählen Sie die Datei eines Netzes, oder ziehen Sie sie hierher: ONNX, TorchScript, ein TensorFlow-1-Checkpoint, safetensors, npz, npy, HDF5 oder eine Schichtliste (.json).</translation>
    </message>
</context>
<context>
    <name>palimpsest::NewProjectDialog</name>
    <message>
        <source>New project</source>
        <translation>Neues Projekt</translation>
    </message>
    <message>
        <source>&amp;Create</source>
        <translation>&amp;Anlegen</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>Vorlagen</translation>
    </message>
    <message>
        <source>What the project starts with. All of it can be changed afterwards.</source>
        <translation>Womit das Projekt beginnt. Alles davon lässt sich später ändern.</translation>
    </message>
    <message>
        <source>Name of the project in the window and in reports. The folder follows it until you choose another.</source>
        <translation>Name des Projekts im Fenster und in Berichten. Der Ordner folgt ihm, bis Sie einen anderen wählen.</translation>
    </message>
    <message>
        <source>Folder that is made for the project, with its recipe, networks and results.</source>
        <translation>Ordner, der für das Projekt angelegt wird, mit seinem Rezept, seinen Netzen und Ergebnissen.</translation>
    </message>
    <message>
        <source>&amp;Browse …</source>
        <translation>&amp;Durchsuchen …</translation>
    </message>
    <message>
        <source>Choose the folder in which the project&apos;s folder is made.</source>
        <translation>Wählen Sie den Ordner, in dem der Ordner des Projekts angelegt wird.</translation>
    </message>
    <message>
        <source>&amp;Name:</source>
        <translation>&amp;Name:</translation>
    </message>
    <message>
        <source>&amp;Folder:</source>
        <translation>&amp;Ordner:</translation>
    </message>
    <message>
        <source>project</source>
        <translation>Projekt</translation>
    </message>
    <message>
        <source>Folder in which the project&apos;s folder is made</source>
        <translation>Ordner, in dem der Ordner des Projekts angelegt wird</translation>
    </message>
    <message>
        <source>Give the project a name.</source>
        <translation>Geben Sie dem Projekt einen Namen.</translation>
    </message>
    <message>
        <source>Give the folder that is made for the project.</source>
        <translation>Geben Sie den Ordner an, der für das Projekt angelegt wird.</translation>
    </message>
    <message>
        <source>There is something in %1 already; choose a folder that is empty or not there yet.</source>
        <translation>In %1 liegt schon etwas; wählen Sie einen Ordner, der leer ist oder noch nicht existiert.</translation>
    </message>
</context>
<context>
    <name>palimpsest::NoticeBar</name>
    <message>
        <source>Takes this notice away</source>
        <translation>Nimmt diesen Hinweis weg</translation>
    </message>
    <message>
        <source>Take notice away</source>
        <translation>Hinweis wegnehmen</translation>
    </message>
    <message>
        <source>Notices</source>
        <translation>Hinweise</translation>
    </message>
</context>
<context>
    <name>palimpsest::PageMapLegend</name>
    <message>
        <source>unused</source>
        <translation>ungenutzt</translation>
    </message>
    <message>
        <source>not known yet</source>
        <translation>noch nicht bekannt</translation>
    </message>
    <message>
        <source>level 1, shared</source>
        <translation>Ebene 1, gemeinsam</translation>
    </message>
    <message>
        <source>level 2, exclusive</source>
        <translation>Ebene 2, exklusiv</translation>
    </message>
    <message>
        <source>same neighbours</source>
        <translation>dieselben Nachbarn</translation>
    </message>
    <message>
        <source>other neighbours</source>
        <translation>andere Nachbarn</translation>
    </message>
    <message>
        <source>shared, was exclusive</source>
        <translation>gemeinsam, war exklusiv</translation>
    </message>
    <message>
        <source>exclusive, was shared</source>
        <translation>exklusiv, war gemeinsam</translation>
    </message>
    <message>
        <source>not comparable</source>
        <translation>nicht vergleichbar</translation>
    </message>
    <message>
        <source>pages</source>
        <translation>Seiten</translation>
    </message>
    <message>
        <source>nats</source>
        <translation>nat</translation>
    </message>
    <message>
        <source>nats per squared weight</source>
        <translation>nat je Gewicht²</translation>
    </message>
    <message>
        <source>Colours follow the logarithm of the value. A pixel that covers several cells shows the highest of them.</source>
        <translation>Die Farben folgen dem Logarithmus des Werts. Ein Bildpunkt über mehreren Feldern zeigt das höchste davon.</translation>
    </message>
    <message>
        <source>A pixel that covers several cells shows the highest of them.</source>
        <translation>Ein Bildpunkt über mehreren Feldern zeigt das höchste davon.</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>Colours from %1 to %2</source>
        <translation>Farben von %1 bis %2</translation>
    </message>
    <message>
        <source>tasks</source>
        <translation>Aufgaben</translation>
    </message>
</context>
<context>
    <name>palimpsest::PageMapPage</name>
    <message>
        <source>pages that share a slot</source>
        <translation>Seiten je Slot</translation>
    </message>
    <message>
        <source>cost of sharing</source>
        <translation>Kosten des Teilens</translation>
    </message>
    <message>
        <source>Fisher information</source>
        <translation>Fisher-Information</translation>
    </message>
    <message>
        <source>memory level</source>
        <translation>Speicherebene</translation>
    </message>
    <message>
        <source>change against %1</source>
        <translation>Änderung gegen %1</translation>
    </message>
    <message>
        <source>change</source>
        <translation>Änderung</translation>
    </message>
    <message>
        <source>Layout of the map</source>
        <translation>Anordnung der Karte</translation>
    </message>
    <message>
        <source>Pool: one cell a slot of the shared pool. Tasks × pages: one row a task, one cell a page, with the slot that it takes, or “ex” where it is exclusive. Default: pool.</source>
        <translation>Pool: ein Feld je Slot des gemeinsamen Pools. Aufgaben × Seiten: eine Zeile je Aufgabe, ein Feld je Seite, mit dem Slot, den sie belegt, oder „ex“, wenn sie exklusiv ist. Voreinstellung: Pool.</translation>
    </message>
    <message>
        <source>pool</source>
        <translation>Pool</translation>
    </message>
    <message>
        <source>tasks × pages</source>
        <translation>Aufgaben × Seiten</translation>
    </message>
    <message>
        <source>&amp;Show:</source>
        <translation>&amp;Zeigen:</translation>
    </message>
    <message>
        <source>What the colours show</source>
        <translation>Was die Farben zeigen</translation>
    </message>
    <message>
        <source>&amp;Colour:</source>
        <translation>Fa&amp;rbe:</translation>
    </message>
    <message>
        <source>Find a page, slot, layer or task</source>
        <translation>Seite, Slot, Schicht oder Aufgabe suchen</translation>
    </message>
    <message>
        <source>Finds a page (task:page), a slot, a layer or a task, and selects it in every view. Enter: the next one.</source>
        <translation>Findet eine Seite (Aufgabe:Seite), einen Slot, eine Schicht oder eine Aufgabe und wählt sie in jeder Ansicht aus. Eingabetaste: der nächste Treffer.</translation>
    </message>
    <message>
        <source>Previous match</source>
        <translation>Voriger Treffer</translation>
    </message>
    <message>
        <source>Select the previous match</source>
        <translation>Vorigen Treffer auswählen</translation>
    </message>
    <message>
        <source>Next match</source>
        <translation>Nächster Treffer</translation>
    </message>
    <message>
        <source>Select the next match</source>
        <translation>Nächsten Treffer auswählen</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>Verkleinern</translation>
    </message>
    <message>
        <source>Zoom out (−, or Ctrl and the wheel)</source>
        <translation>Verkleinern (−, oder Strg und das Mausrad)</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>Vergrößern</translation>
    </message>
    <message>
        <source>Zoom in (+, or Ctrl and the wheel)</source>
        <translation>Vergrößern (+, oder Strg und das Mausrad)</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>Einpassen</translation>
    </message>
    <message>
        <source>Show the whole map</source>
        <translation>Die ganze Karte zeigen</translation>
    </message>
    <message>
        <source>Show the whole map (0)</source>
        <translation>Die ganze Karte zeigen (0)</translation>
    </message>
    <message>
        <source>Slots of the pool</source>
        <translation>Slots des Pools</translation>
    </message>
    <message>
        <source>Arrow keys, Home and End move the current cell, Enter selects it in every view, Escape selects nothing. Ctrl and the wheel, or + and −, zoom; 0 shows everything; dragging moves the map.</source>
        <translation>Pfeiltasten, Pos1 und Ende bewegen das aktuelle Feld, die Eingabetaste wählt es in jeder Ansicht aus, Esc hebt die Auswahl auf. Strg und das Mausrad oder + und − zoomen; 0 zeigt alles; Ziehen verschiebt die Karte.</translation>
    </message>
    <message>
        <source>%1 slots of %2 weights, %3 shared pages, %4 exclusive pages</source>
        <translation>Slots: %1 zu %2 Gewichten; Seiten: %3 gemeinsam, %4 exklusiv</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keiner</translation>
    </message>
    <message numerus="yes">
        <source>%n found</source>
        <translation>
            <numerusform>%n Treffer</numerusform>
            <numerusform>%n Treffer</numerusform>
        </translation>
    </message>
    <message>
        <source>No task, layer, page or slot is called “%1”. Try a task&apos;s name, task:page, or a slot&apos;s number.</source>
        <translation>Keine Aufgabe, Schicht oder Seite und kein Slot heißt „%1“. Versuchen Sie den Namen einer Aufgabe, Aufgabe:Seite oder die Nummer eines Slots.</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>Selected: %1</source>
        <translation>Ausgewählt: %1</translation>
    </message>
    <message>
        <source>Page map</source>
        <translation>Seitenkarte</translation>
    </message>
    <message>
        <source>tasks that share a slot</source>
        <translation>Aufgaben je Slot</translation>
    </message>
    <message>
        <source>What the colours show: how many pages or tasks share a slot, what the sharing costs [nats], how much Fisher information pages hold [nats per squared weight], or the memory level. Default: pages that share a slot.</source>
        <translation>Was die Farben zeigen: wie viele Seiten oder Aufgaben sich einen Slot teilen, was das Teilen kostet [nat], wie viel Fisher-Information die Seiten tragen [nat je Gewicht²] oder die Speicherebene. Voreinstellung: Seiten je Slot.</translation>
    </message>
    <message>
        <source>slot %1</source>
        <translation>Slot %1</translation>
    </message>
    <message>
        <source>Find a page, layer, task or slot: %1</source>
        <translation>Seite, Schicht, Aufgabe oder Slot suchen: %1</translation>
    </message>
    <message>
        <source>No page map yet.

The stage pages cuts the networks into pages, fisher says how much each page matters, and match decides which slot of the pool each takes. The map is shown as soon as they are done.</source>
        <translation>Noch keine Seitenkarte.

Die Stufe Seiten schneidet die Netze in Seiten, Fisher sagt, wie wichtig jede Seite ist, und Zuordnung entscheidet, welchen Slot des Pools jede belegt. Die Karte erscheint, sobald sie fertig sind.</translation>
    </message>
    <message>
        <source>No page map yet.

The stages up to match make it: which page of which network takes which slot of the pool.</source>
        <translation>Noch keine Seitenkarte.

Die Stufen bis Zuordnung machen sie: welche Seite welches Netzes welchen Slot des Pools belegt.</translation>
    </message>
</context>
<context>
    <name>palimpsest::PageMapView</name>
    <message>
        <source>Page map</source>
        <translation>Seitenkarte</translation>
    </message>
</context>
<context>
    <name>palimpsest::PathField</name>
    <message>
        <source>Choose a file or a folder.</source>
        <translation>Wählen Sie eine Datei oder einen Ordner.</translation>
    </message>
    <message>
        <source>Browse</source>
        <translation>Durchsuchen</translation>
    </message>
    <message>
        <source>Choose a &amp;file …</source>
        <translation>&amp;Datei wählen …</translation>
    </message>
    <message>
        <source>Choose a f&amp;older …</source>
        <translation>&amp;Ordner wählen …</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>Ordner wählen</translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation>Datei wählen</translation>
    </message>
</context>
<context>
    <name>palimpsest::PipelineBar</name>
    <message>
        <source>Pipeline</source>
        <translation>Pipeline</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>noch %1</translation>
    </message>
    <message>
        <source>Select a stage to see what it does and why it is, or is not, done.</source>
        <translation>Wählen Sie eine Stufe, um zu sehen, was sie tut und warum sie fertig ist oder nicht.</translation>
    </message>
    <message>
        <source>%1 – %2 (%3)</source>
        <translation>%1 – %2 (%3)</translation>
    </message>
    <message>
        <source>%1 – %2. %3</source>
        <translation>%1 – %2. %3</translation>
    </message>
    <message>
        <source>not looked up yet</source>
        <translation>noch nicht nachgesehen</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>bereit</translation>
    </message>
    <message>
        <source>stale</source>
        <translation>veraltet</translation>
    </message>
    <message>
        <source>running</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source>done</source>
        <translation>fertig</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>Reads networks and data, cuts the validation split, fits the preprocessing.</source>
        <translation>Liest Netze und Daten, schneidet den Validierungsteil ab, passt die Vorverarbeitung an.</translation>
    </message>
    <message>
        <source>Trains each network that came without weights.</source>
        <translation>Trainiert jedes Netz, das ohne Gewichte kam.</translation>
    </message>
    <message>
        <source>Measures how much each weight matters to its task: its Fisher information.</source>
        <translation>Misst, wie wichtig jedes Gewicht für seine Aufgabe ist: seine Fisher-Information.</translation>
    </message>
    <message>
        <source>Cuts each network into weight-pages.</source>
        <translation>Schneidet jedes Netz in Gewichtsseiten.</translation>
    </message>
    <message>
        <source>Decides which pages a task keeps to itself.</source>
        <translation>Entscheidet, welche Seiten eine Aufgabe für sich behält.</translation>
    </message>
    <message>
        <source>Decides which pages of the tasks share a slot of the pool.</source>
        <translation>Entscheidet, welche Seiten der Aufgaben sich einen Slot des Pools teilen.</translation>
    </message>
    <message>
        <source>Trains the shared and exclusive pages on all tasks together.</source>
        <translation>Trainiert die gemeinsamen und exklusiven Seiten auf allen Aufgaben zusammen.</translation>
    </message>
    <message>
        <source>Measures accuracy on the test split, here and only here.</source>
        <translation>Misst die Genauigkeit auf dem Testteil, hier und nur hier.</translation>
    </message>
    <message>
        <source>Lays the pages out on the two levels of memory and counts every byte.</source>
        <translation>Legt die Seiten auf die beiden Speicherebenen und zählt jedes Byte.</translation>
    </message>
    <message>
        <source>Measures how long it takes to switch between tasks.</source>
        <translation>Misst, wie lange das Umschalten zwischen Aufgaben dauert.</translation>
    </message>
    <message>
        <source>Writes the report.</source>
        <translation>Schreibt den Bericht.</translation>
    </message>
</context>
<context>
    <name>palimpsest::Plot</name>
    <message>
        <source>The arrow keys move what is shown, plus and minus zoom, 0 and F show everything.</source>
        <translation>Die Pfeiltasten verschieben den Ausschnitt, Plus und Minus zoomen, 0 und F zeigen alles.</translation>
    </message>
</context>
<context>
    <name>palimpsest::ProblemLabel</name>
    <message>
        <source>Problem: %1</source>
        <translation>Problem: %1</translation>
    </message>
</context>
<context>
    <name>palimpsest::ProjectCommands</name>
    <message>
        <source>; and %1 more</source>
        <translation>; und %1 weitere</translation>
    </message>
    <message>
        <source>Saved.</source>
        <translation>Gespeichert.</translation>
    </message>
    <message>
        <source>The project could not be saved: %1. The edits are kept in this window.</source>
        <translation>Das Projekt konnte nicht gespeichert werden: %1. Die Änderungen bleiben in diesem Fenster erhalten.</translation>
    </message>
    <message>
        <source>Save again</source>
        <translation>Noch einmal speichern</translation>
    </message>
    <message>
        <source>Tries to save once more</source>
        <translation>Versucht noch einmal zu speichern</translation>
    </message>
    <message>
        <source>Not saved: %1</source>
        <translation>Nicht gespeichert: %1</translation>
    </message>
    <message>
        <source>Another program has changed project.json: %1.</source>
        <translation>Ein anderes Programm hat project.json geändert: %1.</translation>
    </message>
    <message>
        <source>Read project.json again: %1</source>
        <translation>project.json erneut eingelesen: %1</translation>
    </message>
    <message>
        <source>%1. Nothing in this window is lost: save to write the file anew.</source>
        <translation>%1. In diesem Fenster geht nichts verloren: Speichern schreibt die Datei neu.</translation>
    </message>
    <message>
        <source>&amp;%1 %2</source>
        <translation>&amp;%1 %2</translation>
    </message>
    <message>
        <source>Projects that you open are listed here</source>
        <translation>Projekte, die Sie öffnen, werden hier aufgelistet</translation>
    </message>
    <message>
        <source>Another project is being made; try again in a moment.</source>
        <translation>Ein anderes Projekt wird gerade angelegt; versuchen Sie es gleich noch einmal.</translation>
    </message>
    <message>
        <source>Open a project folder</source>
        <translation>Projektordner öffnen</translation>
    </message>
    <message>
        <source>Opening %1</source>
        <translation>%1 wird geöffnet</translation>
    </message>
    <message>
        <source>Open the backup</source>
        <translation>Sicherung öffnen</translation>
    </message>
    <message>
        <source>Opens the project as it was before the last save; nothing is written until you save</source>
        <translation>Öffnet das Projekt, wie es vor dem letzten Speichern war; geschrieben wird erst, wenn Sie speichern</translation>
    </message>
    <message>
        <source>The project cannot be opened: %1.</source>
        <translation>Das Projekt kann nicht geöffnet werden: %1.</translation>
    </message>
    <message>
        <source>Not opened: %1</source>
        <translation>Nicht geöffnet: %1</translation>
    </message>
    <message>
        <source>Edits of %1 were not saved: %2.</source>
        <translation>Änderungen vom %1 wurden nicht gespeichert: %2.</translation>
    </message>
    <message>
        <source>Another program has changed project.json since.</source>
        <translation>Ein anderes Programm hat project.json seither geändert.</translation>
    </message>
    <message>
        <source>Recover</source>
        <translation>Wiederherstellen</translation>
    </message>
    <message>
        <source>Takes the edits into the recipe, as a step that can be undone</source>
        <translation>Übernimmt die Änderungen ins Rezept, als Schritt, der sich rückgängig machen lässt</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Deletes the edits</source>
        <translation>Löscht die Änderungen</translation>
    </message>
    <message>
        <source>Another program has changed project.json, and there are unsaved edits here. They differ in: %1.</source>
        <translation>Ein anderes Programm hat project.json geändert, und hier gibt es ungespeicherte Änderungen. Unterschiede: %1.</translation>
    </message>
    <message>
        <source>Read it</source>
        <translation>Einlesen</translation>
    </message>
    <message>
        <source>Takes what is in the file; the edits here can be had back by undo</source>
        <translation>Übernimmt, was in der Datei steht; „Rückgängig“ holt die Änderungen von hier zurück</translation>
    </message>
    <message>
        <source>Save mine</source>
        <translation>Meines speichern</translation>
    </message>
    <message>
        <source>Saves the recipe of this window; the file is kept as project.json.bak</source>
        <translation>Speichert das Rezept dieses Fensters; die Datei bleibt als project.json.bak erhalten</translation>
    </message>
    <message>
        <source>Unsaved edits</source>
        <translation>Ungespeicherte Änderungen</translation>
    </message>
    <message>
        <source>The recipe of “%1” has unsaved edits. Save them?</source>
        <translation>Das Rezept von „%1“ hat ungespeicherte Änderungen. Sollen sie gespeichert werden?</translation>
    </message>
</context>
<context>
    <name>palimpsest::ProjectDocument</name>
    <message>
        <source>Recover unsaved edits</source>
        <translation>Ungespeicherte Änderungen wiederherstellen</translation>
    </message>
    <message>
        <source>Read project.json again</source>
        <translation>project.json erneut einlesen</translation>
    </message>
</context>
<context>
    <name>palimpsest::ProjectSummary</name>
    <message>
        <source>Tasks</source>
        <translation>Aufgaben</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>Aufgabe</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Netz</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>Daten</translation>
    </message>
</context>
<context>
    <name>palimpsest::RecentProjects</name>
    <message>
        <source>The folder is not there any more.</source>
        <translation>Den Ordner gibt es nicht mehr.</translation>
    </message>
    <message>
        <source>The folder holds no project.json any more.</source>
        <translation>Der Ordner enthält keine project.json mehr.</translation>
    </message>
    <message>
        <source>Its project.json may not be read.</source>
        <translation>Seine project.json darf nicht gelesen werden.</translation>
    </message>
</context>
<context>
    <name>palimpsest::RecipeDocument</name>
    <message>
        <source>Add task %1</source>
        <translation>Aufgabe %1 hinzufügen</translation>
    </message>
    <message>
        <source>Duplicate task %1</source>
        <translation>Aufgabe %1 duplizieren</translation>
    </message>
    <message>
        <source>Remove task %1</source>
        <translation>Aufgabe %1 entfernen</translation>
    </message>
    <message>
        <source>Move task %1</source>
        <translation>Aufgabe %1 verschieben</translation>
    </message>
    <message>
        <source>Edit task %1</source>
        <translation>Aufgabe %1 bearbeiten</translation>
    </message>
</context>
<context>
    <name>palimpsest::ReportFlow</name>
    <message>
        <source>%1 to %2</source>
        <translation>%1 bis %2</translation>
    </message>
    <message>
        <source>Seed %1, device %2, Palimpsest %3.</source>
        <translation>Startwert %1, Gerät %2, Palimpsest %3.</translation>
    </message>
    <message>
        <source>Run %1.</source>
        <translation>Lauf %1.</translation>
    </message>
    <message>
        <source>Less memory</source>
        <translation>Weniger Speicher</translation>
    </message>
    <message>
        <source>%1 stand-alone, %2 virtualized</source>
        <translation>%1 eigenständig, %2 virtualisiert</translation>
    </message>
    <message>
        <source>Mean change of accuracy</source>
        <translation>Mittlere Änderung der Genauigkeit</translation>
    </message>
    <message>
        <source>%1 points</source>
        <translation>%1 Punkte</translation>
    </message>
    <message>
        <source>against the same networks alone, trained for the same steps</source>
        <translation>gegen dieselben Netze allein, gleich viele Schritte trainiert</translation>
    </message>
    <message>
        <source>against stand-alone; the baseline same steps did not run</source>
        <translation>gegen eigenständig; die Vergleichsbasis gleicher Schritte lief nicht</translation>
    </message>
    <message>
        <source>Time of a switch</source>
        <translation>Dauer einer Umschaltung</translation>
    </message>
    <message>
        <source>not measured</source>
        <translation>nicht gemessen</translation>
    </message>
    <message>
        <source>median, on this machine</source>
        <translation>Median, auf diesem Rechner</translation>
    </message>
    <message>
        <source>the stage execute did not run</source>
        <translation>die Stufe Ausführung lief nicht</translation>
    </message>
    <message>
        <source>No task is below its stand-alone accuracy by more than its tolerance.</source>
        <translation>Keine Aufgabe liegt um mehr als ihre Toleranz unter ihrer eigenständigen Genauigkeit.</translation>
    </message>
    <message>
        <source>Tasks that are below their stand-alone accuracy by more than their tolerance: %1 of %2.</source>
        <translation>Aufgaben, die um mehr als ihre Toleranz unter ihrer eigenständigen Genauigkeit liegen: %1 von %2.</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>Genauigkeit</translation>
    </message>
    <message>
        <source>Share of the test split that each form of a network classifies rightly, and below it the 95 % Wilson interval from the number of test samples. Changes and tolerances are in percentage points. The test split is read by the stage evaluate alone.</source>
        <translation>Anteil des Testteils, den jede Form eines Netzes richtig klassifiziert, und darunter das Wilson-Intervall zu 95 % aus der Zahl der Testbeispiele. Änderungen und Toleranzen in Prozentpunkten. Nur die Stufe Bewertung liest den Testteil.</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>Aufgabe</translation>
    </message>
    <message>
        <source>Test samples</source>
        <translation>Testbeispiele</translation>
    </message>
    <message>
        <source>Change against same steps</source>
        <translation>Änderung gegen gleiche Schritte</translation>
    </message>
    <message>
        <source>Change against stand-alone</source>
        <translation>Änderung gegen eigenständig</translation>
    </message>
    <message>
        <source>Tolerance</source>
        <translation>Toleranz</translation>
    </message>
    <message>
        <source>exceeded</source>
        <translation>überschritten</translation>
    </message>
    <message>
        <source>kept</source>
        <translation>gehalten</translation>
    </message>
    <message>
        <source>What the networks are compared with</source>
        <translation>Womit die Netze verglichen werden</translation>
    </message>
    <message>
        <source>Form</source>
        <translation>Form</translation>
    </message>
    <message>
        <source>What it is</source>
        <translation>Was es ist</translation>
    </message>
    <message>
        <source>Bytes, all tasks</source>
        <translation>Bytes, alle Aufgaben</translation>
    </message>
    <message>
        <source>Smaller by</source>
        <translation>Kleiner um</translation>
    </message>
    <message>
        <source>Mean accuracy</source>
        <translation>Mittlere Genauigkeit</translation>
    </message>
    <message>
        <source>Baselines that were not run: %1.</source>
        <translation>Nicht gerechnete Vergleichsbasen: %1.</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>Bytes of all networks together as they are stored. The ratio counts pool, exclusive pages, private tensors, page tables and scales; the scratch network that a switch fills is shown beside them.</source>
        <translation>Bytes aller Netze zusammen, wie sie gespeichert sind. Das Verhältnis zählt Pool, exklusive Seiten, private Tensoren, Seitentabellen und Skalen; das Arbeitsnetz, das eine Umschaltung füllt, steht daneben.</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>Teil</translation>
    </message>
    <message>
        <source>What it holds</source>
        <translation>Was er enthält</translation>
    </message>
    <message>
        <source>Bytes</source>
        <translation>Bytes</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>Anteil</translation>
    </message>
    <message>
        <source>pool</source>
        <translation>Pool</translation>
    </message>
    <message>
        <source>the shared pages, level 1</source>
        <translation>die gemeinsamen Seiten, Ebene 1</translation>
    </message>
    <message>
        <source>exclusive pages</source>
        <translation>exklusive Seiten</translation>
    </message>
    <message>
        <source>pages of one task alone, level 2</source>
        <translation>Seiten nur einer Aufgabe, Ebene 2</translation>
    </message>
    <message>
        <source>private tensors</source>
        <translation>private Tensoren</translation>
    </message>
    <message>
        <source>biases, normalisation and state of each task</source>
        <translation>Biaswerte, Normierung und Zustand jeder Aufgabe</translation>
    </message>
    <message>
        <source>page tables</source>
        <translation>Seitentabellen</translation>
    </message>
    <message>
        <source>for each page of each task, where it lies</source>
        <translation>für jede Seite jeder Aufgabe, wo sie liegt</translation>
    </message>
    <message>
        <source>scales</source>
        <translation>Skalen</translation>
    </message>
    <message>
        <source>of pages stored as integers</source>
        <translation>der Seiten, die als ganze Zahlen gespeichert sind</translation>
    </message>
    <message>
        <source>virtualized</source>
        <translation>virtualisiert</translation>
    </message>
    <message>
        <source>the sum of the above</source>
        <translation>die Summe des Vorstehenden</translation>
    </message>
    <message>
        <source>scratch</source>
        <translation>Arbeitsnetz</translation>
    </message>
    <message>
        <source>one network of the largest task, float32; beside the sum</source>
        <translation>ein Netz der größten Aufgabe, float32; neben der Summe</translation>
    </message>
    <message>
        <source>stand-alone</source>
        <translation>eigenständig</translation>
    </message>
    <message>
        <source>all networks, float32, weights and state</source>
        <translation>alle Netze, float32, Gewichte und Zustand</translation>
    </message>
    <message>
        <source>budget of level 1</source>
        <translation>Budget der Ebene 1</translation>
    </message>
    <message>
        <source>for all but the exclusive pages, with scratch</source>
        <translation>für alles außer den exklusiven Seiten, mit Arbeitsnetz</translation>
    </message>
    <message>
        <source>budget of level 2</source>
        <translation>Budget der Ebene 2</translation>
    </message>
    <message>
        <source>for the exclusive pages and their scales</source>
        <translation>für die exklusiven Seiten und ihre Skalen</translation>
    </message>
    <message>
        <source>Pages and matching</source>
        <translation>Seiten und Zuordnung</translation>
    </message>
    <message>
        <source>Strategy %1, %2 slots of %3 weights.</source>
        <translation>Strategie %1, %2 Slots zu %3 Gewichten.</translation>
    </message>
    <message>
        <source>It is %1 % above the lower bound of the cost that it minimised.</source>
        <translation>Das sind %1 % über der unteren Schranke der Kosten, die minimiert wurden.</translation>
    </message>
    <message>
        <source>There is no lower bound where tasks use slots more than once.</source>
        <translation>Es gibt keine untere Schranke, wenn Aufgaben Slots mehrfach nutzen.</translation>
    </message>
    <message>
        <source>Cost before joint optimisation</source>
        <translation>Kosten vor der gemeinsamen Optimierung</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>Lower bound</source>
        <translation>Untere Schranke</translation>
    </message>
    <message>
        <source>Above the bound</source>
        <translation>Über der Schranke</translation>
    </message>
    <message>
        <source>barycentre</source>
        <translation>Schwerpunkt</translation>
    </message>
    <message>
        <source>pairwise</source>
        <translation>paarweise</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>Daten</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>Gewichte</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
    <message>
        <source>of them exclusive</source>
        <translation>davon exklusiv</translation>
    </message>
    <message>
        <source>Measured on this machine</source>
        <translation>Auf diesem Rechner gemessen</translation>
    </message>
    <message>
        <source>Another run or machine gives other times. All other sections are the same again for equal recipe, seed, thread count and build.</source>
        <translation>Ein anderer Lauf oder Rechner ergibt andere Zeiten. Alle anderen Abschnitte sind bei gleichem Rezept, Startwert, Thread-Zahl und Programm wieder gleich.</translation>
    </message>
    <message>
        <source>Way to make another task&apos;s weights current</source>
        <translation>Weg, die Gewichte einer anderen Aufgabe aktuell zu machen</translation>
    </message>
    <message>
        <source>Median</source>
        <translation>Median</translation>
    </message>
    <message>
        <source>95th percentile</source>
        <translation>95. Perzentil</translation>
    </message>
    <message>
        <source>Stage</source>
        <translation>Stufe</translation>
    </message>
    <message>
        <source>Time when it last ran</source>
        <translation>Dauer beim letzten Lauf</translation>
    </message>
    <message>
        <source>Views</source>
        <translation>Ansichten</translation>
    </message>
    <message>
        <source>Stages</source>
        <translation>Stufen</translation>
    </message>
    <message>
        <source>A stage is run again only when what it reads has changed; the fingerprint is that of all it reads.</source>
        <translation>Eine Stufe läuft nur dann noch einmal, wenn sich geändert hat, was sie liest; der Fingerabdruck gilt für alles, was sie liest.</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Fingerprint</source>
        <translation>Fingerabdruck</translation>
    </message>
    <message>
        <source>Setting</source>
        <translation>Einstellung</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>The recipe as it ran, with the overrides of this run.</source>
        <translation>Das Rezept, wie es lief, mit den Abweichungen dieses Laufs.</translation>
    </message>
    <message>
        <source>Private weights as %1 take no more bytes (%2) at no lower mean accuracy (%3 against %4): at this size sharing is not needed.</source>
        <translation>Private Gewichte als %1 brauchen nicht mehr Bytes (%2) bei nicht geringerer mittlerer Genauigkeit (%3 gegen %4): Bei dieser Größe ist Teilen nicht nötig.</translation>
    </message>
</context>
<context>
    <name>palimpsest::ResultStrip</name>
    <message>
        <source>%1 instead of %2: %3 times smaller.</source>
        <translation>%1 statt %2: %3-mal kleiner.</translation>
    </message>
    <message>
        <source>✓ All tasks keep their tolerance; %1 is nearest to it: %2 points, accepted are %3.</source>
        <translation>✓ Alle Aufgaben halten ihre Toleranz ein; %1 kommt ihr am nächsten: %2 Punkte, erlaubt sind %3.</translation>
    </message>
    <message>
        <source>✗ %1 of %2 tasks keep their tolerance; %3 loses most: %4 points, accepted are %5.</source>
        <translation>✗ %1 von %2 Aufgaben halten ihre Toleranz ein; %3 verliert am meisten: %4 Punkte, erlaubt sind %5.</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>Bytes of all networks together, packed and as they were. A click shows the memory.</source>
        <translation>Bytes aller Netze zusammen, gepackt und wie sie waren. Ein Klick zeigt den Speicher.</translation>
    </message>
    <message>
        <source>Test accuracy against each stand-alone network, in percentage points. A click shows the accuracy.</source>
        <translation>Testgenauigkeit gegenüber jedem eigenständigen Netz, in Prozentpunkten. Ein Klick zeigt die Genauigkeit.</translation>
    </message>
</context>
<context>
    <name>palimpsest::SamplesView</name>
    <message>
        <source>Samples of the data</source>
        <translation>Beispiele der Daten</translation>
    </message>
    <message>
        <source>Classes of the first samples: %1.</source>
        <translation>Klassen der ersten Beispiele: %1.</translation>
    </message>
    <message>
        <source>A training sample of class %1, %2.</source>
        <translation>Ein Trainingsbeispiel der Klasse %1, %2.</translation>
    </message>
    <message>
        <source>✓ %1</source>
        <translation>✓ %1</translation>
    </message>
    <message>
        <source>✗ %1</source>
        <translation>✗ %1</translation>
    </message>
    <message>
        <source>The network takes it for class %1, %2.</source>
        <translation>Das Netz hält es für Klasse %1, %2.</translation>
    </message>
</context>
<context>
    <name>palimpsest::SectionBox</name>
    <message>
        <source>Fold or unfold this part.</source>
        <translation>Diesen Teil auf- oder zuklappen.</translation>
    </message>
</context>
<context>
    <name>palimpsest::Session</name>
    <message>
        <source>%1: up to %2</source>
        <translation>%1: bis %2</translation>
    </message>
    <message>
        <source>%1: all stages</source>
        <translation>%1: alle Stufen</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>palimpsest::SettingEditor</name>
    <message>
        <source>Entries, divided by commas</source>
        <translation>Einträge, durch Kommas getrennt</translation>
    </message>
</context>
<context>
    <name>palimpsest::SettingRow</name>
    <message>
        <source>Set it back to its default, %1.</source>
        <translation>Auf die Voreinstellung %1 zurücksetzen.</translation>
    </message>
    <message>
        <source>Set %1 back to its default</source>
        <translation>%1 auf die Voreinstellung zurücksetzen</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>= %1</source>
        <translation>= %1</translation>
    </message>
</context>
<context>
    <name>palimpsest::SettingsForm</name>
    <message>
        <source>No setting matches. Clear the search field to see all of them.</source>
        <translation>Keine Einstellung passt. Leeren Sie das Suchfeld, um alle zu sehen.</translation>
    </message>
    <message>
        <source>Search settings</source>
        <translation>Einstellungen suchen</translation>
    </message>
    <message>
        <source>Shows the settings whose name or explanation has all of these words.</source>
        <translation>Zeigt die Einstellungen, deren Name oder Erklärung alle diese Wörter enthält.</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Geändert</translation>
    </message>
    <message>
        <source>Shows only the settings that are not at their defaults.</source>
        <translation>Zeigt nur die Einstellungen, die von der Voreinstellung abweichen.</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>Aufgabe</translation>
    </message>
</context>
<context>
    <name>palimpsest::SettingsHelp</name>
    <message>
        <source>Setting</source>
        <translation>Einstellung</translation>
    </message>
    <message>
        <source>Default</source>
        <translation>Voreinstellung</translation>
    </message>
    <message>
        <source>Unit, range</source>
        <translation>Einheit, Bereich</translation>
    </message>
    <message>
        <source>What it does</source>
        <translation>Wirkung</translation>
    </message>
    <message>
        <source>must be given</source>
        <translation>erforderlich</translation>
    </message>
    <message>
        <source>Each task</source>
        <translation>Jede Aufgabe</translation>
    </message>
    <message>
        <source>Each task: %1</source>
        <translation>Jede Aufgabe: %1</translation>
    </message>
</context>
<context>
    <name>palimpsest::ShortcutEditor</name>
    <message>
        <source>&amp;Assign</source>
        <translation>&amp;Zuweisen</translation>
    </message>
    <message>
        <source>Re&amp;move</source>
        <translation>&amp;Entfernen</translation>
    </message>
    <message>
        <source>&amp;Default</source>
        <translation>&amp;Voreinstellung</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Search for an action or a shortcut</source>
        <translation>Befehl oder Tastenkürzel suchen</translation>
    </message>
    <message>
        <source>Actions and their shortcuts</source>
        <translation>Befehle und ihre Tastenkürzel</translation>
    </message>
    <message>
        <source>&amp;New shortcut:</source>
        <translation>&amp;Neues Tastenkürzel:</translation>
    </message>
    <message>
        <source>Click here and press the keys, up to four after each other.</source>
        <translation>Klicken Sie hier und drücken Sie die Tasten, bis zu vier nacheinander.</translation>
    </message>
    <message>
        <source>New shortcut</source>
        <translation>Neues Tastenkürzel</translation>
    </message>
    <message>
        <source>Gives the selected action this shortcut in place of those that it has</source>
        <translation>Gibt dem gewählten Befehl dieses Tastenkürzel anstelle der bisherigen</translation>
    </message>
    <message>
        <source>Takes all shortcuts from the selected action</source>
        <translation>Nimmt dem gewählten Befehl alle Tastenkürzel</translation>
    </message>
    <message>
        <source>Gives the selected action its default shortcuts again</source>
        <translation>Gibt dem gewählten Befehl wieder seine voreingestellten Tastenkürzel</translation>
    </message>
    <message>
        <source>Defaults for a&amp;ll</source>
        <translation>Voreinstellung für &amp;alle</translation>
    </message>
    <message>
        <source>Gives every action its default shortcuts again</source>
        <translation>Gibt jedem Befehl wieder seine voreingestellten Tastenkürzel</translation>
    </message>
    <message>
        <source>Select an action to change its shortcut.</source>
        <translation>Wählen Sie einen Befehl, um sein Tastenkürzel zu ändern.</translation>
    </message>
    <message>
        <source>“%1” has no shortcut.</source>
        <translation>„%1“ hat kein Tastenkürzel.</translation>
    </message>
    <message>
        <source>“%1” has %2.</source>
        <translation>„%1“ hat %2.</translation>
    </message>
    <message>
        <source>“%1” has %2 already.</source>
        <translation>„%1“ hat %2 schon.</translation>
    </message>
    <message>
        <source>%1 belongs to “%2”; to assign it takes it away from there.</source>
        <translation>%1 gehört zu „%2“; das Zuweisen nimmt es dort weg.</translation>
    </message>
    <message>
        <source>%1 is free.</source>
        <translation>%1 ist frei.</translation>
    </message>
</context>
<context>
    <name>palimpsest::ShortcutModel</name>
    <message>
        <source>Menu</source>
        <translation>Menü</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>Shortcut</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Default</source>
        <translation>Voreinstellung</translation>
    </message>
</context>
<context>
    <name>palimpsest::SlotModel</name>
    <message>
        <source>Slot</source>
        <translation>Slot</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
    <message>
        <source>Cost [nats]</source>
        <translation>Kosten [nat]</translation>
    </message>
    <message>
        <source>Fisher [nats]</source>
        <comment>unit shortened: nats per squared weight</comment>
        <translation>Fisher [nat]</translation>
    </message>
    <message>
        <source>Task and page</source>
        <translation>Aufgabe und Seite</translation>
    </message>
    <message>
        <source>Number of the shared page in the pool.</source>
        <translation>Nummer der gemeinsamen Seite im Pool.</translation>
    </message>
    <message>
        <source>How many pages of all tasks read this slot.</source>
        <translation>Wie viele Seiten aller Aufgaben diesen Slot lesen.</translation>
    </message>
    <message>
        <source>Expected rise of the summed losses, without the factor 1/2, when all pages of this slot take its barycentre.</source>
        <translation>Erwarteter Anstieg der summierten Verluste, ohne den Faktor 1/2, wenn alle Seiten dieses Slots seinen Schwerpunkt annehmen.</translation>
    </message>
    <message>
        <source>Fisher information of all pages of this slot together, in nats per squared weight: how much their tasks mind a change of them.</source>
        <translation>Fisher-Information aller Seiten dieses Slots zusammen in nat je Gewicht²: wie empfindlich ihre Aufgaben auf eine Änderung reagieren.</translation>
    </message>
    <message>
        <source>Which pages of which tasks read this slot.</source>
        <translation>Welche Seiten welcher Aufgaben diesen Slot lesen.</translation>
    </message>
    <message>
        <source>Tasks</source>
        <translation>Aufgaben</translation>
    </message>
    <message>
        <source>How many tasks have a page in this slot.</source>
        <translation>Wie viele Aufgaben eine Seite in diesem Slot haben.</translation>
    </message>
</context>
<context>
    <name>palimpsest::StackPlot</name>
    <message>
        <source>
%1: %2 (%3 bytes), %4 of %5</source>
        <translation>
%1: %2 (%3 Bytes), %4 von %5</translation>
    </message>
    <message>
        <source>
%1 in all</source>
        <translation>
%1 insgesamt</translation>
    </message>
</context>
<context>
    <name>palimpsest::StageButton</name>
    <message>
        <source>%1, %2 of %3 parts done</source>
        <translation>%1, %2 von %3 Teilen fertig</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Stage %1</source>
        <translation>Stufe %1</translation>
    </message>
</context>
<context>
    <name>palimpsest::StartPage</name>
    <message>
        <source>Palimpsest</source>
        <translation>Palimpsest</translation>
    </message>
    <message>
        <source>Packs many neural networks into one set of shared weight-pages, and switches between them in microseconds.</source>
        <translation>Packt viele neuronale Netze in einen Satz gemeinsamer Gewichtsseiten und schaltet in Mikrosekunden zwischen ihnen um.</translation>
    </message>
    <message>
        <source>New project</source>
        <translation>Neues Projekt</translation>
    </message>
    <message>
        <source>From a sample, with its networks and settings, or empty.</source>
        <translation>Aus einer Vorlage, mit Netzen und Einstellungen, oder leer.</translation>
    </message>
    <message>
        <source>Make a project folder from a sample.</source>
        <translation>Einen Projektordner aus einer Vorlage anlegen.</translation>
    </message>
    <message>
        <source>Open a project</source>
        <translation>Projekt öffnen</translation>
    </message>
    <message>
        <source>A folder that holds a project.json.</source>
        <translation>Ein Ordner, der eine project.json enthält.</translation>
    </message>
    <message>
        <source>Choose a project folder.</source>
        <translation>Einen Projektordner wählen.</translation>
    </message>
    <message>
        <source>Recent projects</source>
        <translation>Zuletzt geöffnete Projekte</translation>
    </message>
    <message>
        <source>Enter opens a project; Delete takes it off this list and leaves its folder as it is.</source>
        <translation>Die Eingabetaste öffnet ein Projekt; Entf nimmt es aus dieser Liste und lässt seinen Ordner, wie er ist.</translation>
    </message>
    <message>
        <source>Take off this list</source>
        <translation>Aus dieser Liste nehmen</translation>
    </message>
    <message>
        <source>&amp;Recent projects</source>
        <translation>&amp;Zuletzt geöffnete Projekte</translation>
    </message>
    <message>
        <source>Projects that you open are listed here.</source>
        <translation>Projekte, die Sie öffnen, werden hier aufgelistet.</translation>
    </message>
    <message>
        <source>Or drop a project folder, a network or data on this window.</source>
        <translation>Oder ziehen Sie einen Projektordner, ein Netz oder Daten auf dieses Fenster.</translation>
    </message>
</context>
<context>
    <name>palimpsest::SwitchModel</name>
    <message>
        <source>%1 ×</source>
        <translation>%1 ×</translation>
    </message>
    <message>
        <source>How another task&apos;s weights are made current.</source>
        <translation>Wie die Gewichte einer anderen Aufgabe aktuell gemacht werden.</translation>
    </message>
    <message>
        <source>Way to switch</source>
        <translation>Art der Umschaltung</translation>
    </message>
    <message>
        <source>Half of the switches took no longer.</source>
        <translation>Die Hälfte der Umschaltungen dauerte nicht länger.</translation>
    </message>
    <message>
        <source>Median</source>
        <translation>Median</translation>
    </message>
    <message>
        <source>95 of 100 switches took no longer.</source>
        <translation>95 von 100 Umschaltungen dauerten nicht länger.</translation>
    </message>
    <message>
        <source>95 %</source>
        <translation>95 %</translation>
    </message>
    <message>
        <source>99 of 100 switches took no longer; of few switches it is the slowest one.</source>
        <translation>99 von 100 Umschaltungen dauerten nicht länger; bei wenigen Umschaltungen ist es die langsamste.</translation>
    </message>
    <message>
        <source>99 %</source>
        <translation>99 %</translation>
    </message>
    <message>
        <source>Median as a multiple of the paged switch&apos;s median.</source>
        <translation>Median als Vielfaches des Medians der seitenweisen Umschaltung.</translation>
    </message>
    <message>
        <source>Against paged</source>
        <translation>Gegen seitenweise</translation>
    </message>
    <message>
        <source>How many switches were measured; the recipe&apos;s execution.switches, by default 50.</source>
        <translation>Wie viele Umschaltungen gemessen wurden; execution.switches des Rezepts, Voreinstellung 50.</translation>
    </message>
    <message>
        <source>Switches</source>
        <translation>Umschaltungen</translation>
    </message>
    <message>
        <source>What a switch does</source>
        <translation>Was eine Umschaltung tut</translation>
    </message>
</context>
<context>
    <name>palimpsest::TableView</name>
    <message>
        <source>&amp;Copy the table</source>
        <translation>&amp;Tabelle kopieren</translation>
    </message>
    <message>
        <source>&amp;Copy the selected rows</source>
        <translation>&amp;Ausgewählte Zeilen kopieren</translation>
    </message>
    <message>
        <source>&amp;Save the table as CSV …</source>
        <translation>Tabelle als &amp;CSV speichern …</translation>
    </message>
</context>
<context>
    <name>palimpsest::TargetField</name>
    <message>
        <source>Target size</source>
        <translation>Zielgröße</translation>
    </message>
    <message>
        <source>Size of all networks together, such as “46 KB” (1 KB = 1,000 bytes). The pool gets as many slots as fit, with pages of this size and these exclusive pages. No default.</source>
        <translation>Größe aller Netze zusammen, etwa „46 KB“ (1 KB = 1,000 Byte). Der Pool bekommt so viele Slots, wie hineinpassen, mit Seiten dieser Größe und diesen exklusiven Seiten. Kein Standardwert.</translation>
    </message>
    <message>
        <source>such as 46 KB</source>
        <translation>etwa 46 KB</translation>
    </message>
    <message>
        <source>Expected a target size, such as “46 KB”.</source>
        <translation>Eine Zielgröße wird erwartet, etwa „46 KB“.</translation>
    </message>
</context>
<context>
    <name>palimpsest::TaskEditor</name>
    <message>
        <source>Task &amp;settings</source>
        <translation>E&amp;instellungen</translation>
    </message>
    <message>
        <source>Net&amp;work and data</source>
        <translation>Net&amp;z und Daten</translation>
    </message>
    <message>
        <source>Select a task to see its network and its data.</source>
        <translation>Wählen Sie eine Aufgabe, um ihr Netz und ihre Daten zu sehen.</translation>
    </message>
</context>
<context>
    <name>palimpsest::TaskLegend</name>
    <message>
        <source>Tasks and their curves</source>
        <translation>Aufgaben und ihre Kurven</translation>
    </message>
    <message>
        <source>Select a task here to select it everywhere. The check box, or the space bar, hides its curve.</source>
        <translation>Wählen Sie hier eine Aufgabe, um sie überall auszuwählen. Das Kästchen oder die Leertaste verbirgt ihre Kurve.</translation>
    </message>
</context>
<context>
    <name>palimpsest::TaskList</name>
    <message>
        <source>Tasks</source>
        <translation>Aufgaben</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Add …</source>
        <translation>Hinzufügen …</translation>
    </message>
    <message>
        <source>Add a task: a network and its data</source>
        <translation>Aufgabe hinzufügen: ein Netz und seine Daten</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>Duplizieren</translation>
    </message>
    <message>
        <source>Put a copy of the task behind it</source>
        <translation>Eine Kopie der Aufgabe dahinter einfügen</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Take the task out of the project; its files stay, and undo brings it back</source>
        <translation>Die Aufgabe aus dem Projekt nehmen; ihre Dateien bleiben, und „Rückgängig“ holt sie zurück</translation>
    </message>
    <message>
        <source>Move the task up</source>
        <translation>Aufgabe nach oben schieben</translation>
    </message>
    <message>
        <source>Move the task down</source>
        <translation>Aufgabe nach unten schieben</translation>
    </message>
    <message>
        <source>↑</source>
        <translation>↑</translation>
    </message>
    <message>
        <source>↓</source>
        <translation>↓</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>Nach oben</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>Nach unten</translation>
    </message>
    <message>
        <source>Import …</source>
        <translation>Importieren …</translation>
    </message>
    <message>
        <source>Make a task from a trained network: ONNX, TorchScript, TensorFlow, safetensors and others</source>
        <translation>Eine Aufgabe aus einem trainierten Netz machen: ONNX, TorchScript, TensorFlow, safetensors und andere</translation>
    </message>
    <message>
        <source>The project has no task yet. Import a trained network (or drop its file on the window), or add a task by hand.</source>
        <translation>Das Projekt hat noch keine Aufgabe. Importieren Sie ein trainiertes Netz (oder ziehen Sie seine Datei auf das Fenster), oder fügen Sie von Hand eine Aufgabe hinzu.</translation>
    </message>
</context>
<context>
    <name>palimpsest::TaskListModel</name>
    <message>
        <source>Network %1, data %2. F2 renames the task.</source>
        <translation>Netz %1, Daten %2. F2 benennt die Aufgabe um.</translation>
    </message>
</context>
<context>
    <name>palimpsest::TaskPreview</name>
    <message>
        <source>Select a task to see its network and its data.</source>
        <translation>Wählen Sie eine Aufgabe, um ihr Netz und ihre Daten zu sehen.</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Netz</translation>
    </message>
    <message>
        <source>Layers of the network</source>
        <translation>Schichten des Netzes</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>Daten</translation>
    </message>
    <message>
        <source>Samples of each class</source>
        <translation>Beispiele jeder Klasse</translation>
    </message>
    <message>
        <source>Reading …</source>
        <translation>Wird gelesen …</translation>
    </message>
    <message>
        <source>%1 layers, %2 weights, %3 as float32. It takes samples of shape %4 and has %5 outputs.</source>
        <translation>Schichten: %1; Gewichte: %2, %3 als float32. Das Netz nimmt Beispiele der Form %4 an und hat %5 Ausgänge.</translation>
    </message>
    <message>
        <source>%1 training samples of shape %2 in %3 classes.</source>
        <translation>%1 Trainingsbeispiele der Form %2 in %3 Klassen.</translation>
    </message>
    <message>
        <source>After preprocessing their shape is %1.</source>
        <translation>Nach der Vorverarbeitung ist ihre Form %1.</translation>
    </message>
    <message>
        <source>Sound at %1 Hz.</source>
        <translation>Ton mit %1 Hz.</translation>
    </message>
</context>
<context>
    <name>palimpsest::TrialModel</name>
    <message>
        <source>(none)</source>
        <translation>(keine)</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>How many samples the network predicts right after these steps.</source>
        <translation>Wie viele Beispiele das Netz nach diesen Schritten richtig vorhersagt.</translation>
    </message>
    <message>
        <source>The steps as the recipe has them.</source>
        <translation>Die Schritte, wie sie im Rezept stehen.</translation>
    </message>
    <message>
        <source>What they do with the values of a sample.</source>
        <translation>Was sie mit den Werten eines Beispiels tun.</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>Richtig</translation>
    </message>
    <message>
        <source>Preprocessing</source>
        <translation>Vorverarbeitung</translation>
    </message>
    <message>
        <source>What it does</source>
        <translation>Wirkung</translation>
    </message>
</context>
<context>
    <name>palimpsest::TrialPage</name>
    <message>
        <source>What the task is called in the project: letters, digits, - and _.</source>
        <translation>Wie die Aufgabe im Projekt heißt: Buchstaben, Ziffern, - und _.</translation>
    </message>
    <message>
        <source>None: values as the files have them</source>
        <translation>Keine: Werte, wie sie in den Dateien stehen</translation>
    </message>
    <message>
        <source>How the samples were prepared when the network was trained: a list of steps such as scale=255, l2, standardise. They become part of the task and are applied wherever it is used.</source>
        <translation>Wie die Beispiele vorbereitet waren, als das Netz trainiert wurde: eine Liste von Schritten wie scale=255, l2, standardise. Sie werden Teil der Aufgabe und überall angewandt, wo sie benutzt wird.</translation>
    </message>
    <message>
        <source>T&amp;ry the common ones</source>
        <translation>Übliche &amp;ausprobieren</translation>
    </message>
    <message>
        <source>Tries the network with each way to prepare samples that is common, and takes the best.</source>
        <translation>Probiert das Netz mit jeder üblichen Art, Beispiele vorzubereiten, und nimmt die beste.</translation>
    </message>
    <message>
        <source>Ways to prepare the samples that were tried</source>
        <translation>Ausprobierte Arten, die Beispiele vorzubereiten</translation>
    </message>
    <message>
        <source>A click takes the steps of the row.</source>
        <translation>Ein Klick übernimmt die Schritte der Zeile.</translation>
    </message>
    <message>
        <source>&amp;Name of the task:</source>
        <translation>&amp;Name der Aufgabe:</translation>
    </message>
    <message>
        <source>&amp;Preprocessing:</source>
        <translation>&amp;Vorverarbeitung:</translation>
    </message>
    <message>
        <source>Try it</source>
        <translation>Ausprobieren</translation>
    </message>
    <message>
        <source>The network on samples of the validation split. Few files say how samples were prepared for training, so the common ways are tried: many right predictions mean that file, data and preprocessing belong together.</source>
        <translation>Das Netz auf Beispielen des Validierungsteils. Wenige Dateien sagen, wie Beispiele für das Training vorbereitet waren, deshalb werden die üblichen Arten ausprobiert: Viele richtige Vorhersagen heißen, dass Datei, Daten und Vorverarbeitung zusammengehören.</translation>
    </message>
    <message>
        <source>Trying …</source>
        <translation>Wird ausprobiert …</translation>
    </message>
    <message>
        <source>Nothing to try yet</source>
        <translation>Noch nichts auszuprobieren</translation>
    </message>
    <message>
        <source>The network has no weights: the stage train makes them. Shapes and classes fit the data.</source>
        <translation>Das Netz hat keine Gewichte: Die Stufe Training erzeugt sie. Formen und Klassen passen zu den Daten.</translation>
    </message>
    <message>
        <source>%1 of %2 validation samples are right</source>
        <translation>%1 von %2 Validierungsbeispielen sind richtig</translation>
    </message>
    <message>
        <source>%1 of %2 training samples are right</source>
        <translation>%1 von %2 Trainingsbeispielen sind richtig</translation>
    </message>
    <message>
        <source>That is hardly more than a guess among %1 classes, which is right in %2 %: the preprocessing or the data are others than in training.</source>
        <translation>Das ist kaum mehr als Raten unter %1 Klassen, das in %2 % richtig ist: Vorverarbeitung oder Daten sind andere als im Training.</translation>
    </message>
    <message>
        <source>On many such samples it would be right in %1 to %2 %; a guess among %3 classes in %4 %.</source>
        <translation>Auf vielen solchen Beispielen wäre es in %1 bis %2 % richtig; Raten unter %3 Klassen in %4 %.</translation>
    </message>
    <message>
        <source>The stage evaluate tells the accuracy on the test split.</source>
        <translation>Die Stufe Bewertung nennt die Genauigkeit auf dem Testteil.</translation>
    </message>
    <message>
        <source>Below each sample: its true class, then what the network says.</source>
        <translation>Unter jedem Beispiel: seine wahre Klasse, dann was das Netz sagt.</translation>
    </message>
</context>
<context>
    <name>palimpsest::TuneController</name>
    <message>
        <source>%1: search for %2</source>
        <translation>%1: Suche nach %2</translation>
    </message>
    <message>
        <source>%1: search for a drop of %2 points</source>
        <translation>%1: Suche nach einem Verlust von %2 Punkten</translation>
    </message>
    <message>
        <source>%1: search for the front</source>
        <translation>%1: Suche nach der Front</translation>
    </message>
    <message>
        <source>The time was up before the search was at its end.</source>
        <translation>Die Zeit war um, bevor die Suche am Ende war.</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Searches on for as long again</source>
        <translation>Sucht noch einmal so lange weiter</translation>
    </message>
    <message>
        <source>It is in the recipe now, and run; undo takes it back.</source>
        <translation>Sie steht jetzt im Rezept und wird ausgeführt; „Rückgängig“ nimmt sie zurück.</translation>
    </message>
</context>
<context>
    <name>palimpsest::TuneDialog</name>
    <message>
        <source>Target &amp;size</source>
        <translation>&amp;Zielgröße</translation>
    </message>
    <message>
        <source>Largest &amp;drop</source>
        <translation>Größter &amp;Verlust</translation>
    </message>
    <message>
        <source>&amp;Whole front</source>
        <translation>&amp;Ganze Front</translation>
    </message>
    <message>
        <source>Take the &amp;best point and run all stages at the end</source>
        <translation>Am Ende den &amp;besten Punkt übernehmen und alle Stufen ausführen</translation>
    </message>
    <message>
        <source>Search for a packing</source>
        <translation>Packung suchen</translation>
    </message>
    <message>
        <source>Storage forms, pages, exclusive pages and steps are tried, on training and validation samples alone. What was tried is kept: a search that is stopped goes on where it was.</source>
        <translation>Speicherformen, Seiten, exklusive Seiten und Schritte werden ausprobiert, nur auf Trainings- und Validierungsbeispielen. Ausprobiertes bleibt erhalten: Eine angehaltene Suche geht dort weiter, wo sie war.</translation>
    </message>
    <message>
        <source>The networks take %1 in float32.</source>
        <translation>Die Netze brauchen in float32 %1.</translation>
    </message>
    <message>
        <source>The most accurate packing that is not larger.</source>
        <translation>Die genaueste Packung, die nicht größer ist.</translation>
    </message>
    <message>
        <source>The smallest packing whose mean accuracy falls by no more.</source>
        <translation>Die kleinste Packung, deren mittlere Genauigkeit nicht stärker sinkt.</translation>
    </message>
    <message>
        <source>No target: sizes from a 4th to a 128th of float32, to choose from.</source>
        <translation>Kein Ziel: Größen von einem Viertel bis zu einem 128stel von float32 zur Auswahl.</translation>
    </message>
    <message>
        <source>Target size</source>
        <translation>Zielgröße</translation>
    </message>
    <message>
        <source>Size of all tasks together: pool, exclusive pages, private tensors, tables and scales. “46 KB” or 46000; 1 KB = 1,000 bytes.</source>
        <translation>Größe aller Aufgaben zusammen: Pool, exklusive Seiten, private Tensoren, Tabellen und Skalen. „46 KB“ oder 46000; 1 KB = 1,000 Bytes.</translation>
    </message>
    <message>
        <source>Largest drop</source>
        <translation>Größter Verlust</translation>
    </message>
    <message>
        <source>Mean loss of accuracy over the tasks, in points, against the networks alone given the same steps. Default: 0.2.</source>
        <translation>Mittlerer Verlust an Genauigkeit über die Aufgaben, in Punkten, gegen die Netze allein bei gleich vielen Schritten. Voreinstellung: 0.2.</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Time for the tries, in minutes. None is begun that would not end in it; training that they need first is not counted. Default: 10.</source>
        <translation>Zeit für die Versuche, in Minuten. Keiner wird begonnen, der darin nicht fertig würde; vorher nötiges Training zählt nicht. Voreinstellung: 10.</translation>
    </message>
    <message>
        <source>The recipe changes in one step that can be undone. Off: the points are shown, and nothing is changed. Default: on.</source>
        <translation>Das Rezept ändert sich in einem Schritt, der sich rückgängig machen lässt. Aus: Die Punkte werden gezeigt, und nichts ändert sich. Voreinstellung: ein.</translation>
    </message>
    <message>
        <source>points</source>
        <translation>Punkte</translation>
    </message>
    <message>
        <source>T&amp;ime</source>
        <translation>Ze&amp;it</translation>
    </message>
    <message>
        <source>minutes</source>
        <translation>Minuten</translation>
    </message>
    <message>
        <source>S&amp;earch</source>
        <translation>&amp;Suchen</translation>
    </message>
    <message>
        <source>Expected a target size, such as “46 KB”.</source>
        <translation>Eine Zielgröße wird erwartet, etwa „46 KB“.</translation>
    </message>
    <message>
        <source>Expected a largest drop above 0 and up to 100 points, such as 0.2.</source>
        <translation>Ein größter Verlust über 0 und bis 100 Punkte wird erwartet, etwa 0.2.</translation>
    </message>
    <message>
        <source>Expected a time above 0, in minutes.</source>
        <translation>Eine Zeit über 0 wird erwartet, in Minuten.</translation>
    </message>
</context>
<context>
    <name>palimpsest::TuneModel</name>
    <message>
        <source>private %1</source>
        <translation>privat %1</translation>
    </message>
    <message>
        <source>%1 %2 pages, %3 steps</source>
        <translation>%1 Seiten %2, %3 Schritte</translation>
    </message>
    <message>
        <source>%1 %2 and %3 exclusive %4 pages, %5 steps</source>
        <translation>%1 Seiten %2 und %3 exklusive %4, %5 Schritte</translation>
    </message>
    <message>
        <source>%1 ×</source>
        <translation>%1 ×</translation>
    </message>
    <message>
        <source>on the front: nothing that was tried is better in bytes, mean and worst task</source>
        <translation>auf der Front: nichts Ausprobiertes ist in Bytes, Mittel und schlechtester Aufgabe besser</translation>
    </message>
    <message>
        <source>tried, and beaten by a point of the front</source>
        <translation>ausprobiert und von einem Punkt der Front übertroffen</translation>
    </message>
    <message>
        <source>each network kept apart: nothing is shared</source>
        <translation>jedes Netz für sich: nichts wird geteilt</translation>
    </message>
    <message>
        <source>the best for the target</source>
        <translation>das Beste für das Ziel</translation>
    </message>
    <message>
        <source>what the recipe says now</source>
        <translation>was jetzt im Rezept steht</translation>
    </message>
    <message>
        <source>★: the best for the target; ✓: what the recipe says now.</source>
        <translation>★: das Beste für das Ziel; ✓: was jetzt im Rezept steht.</translation>
    </message>
    <message>
        <source>Packing</source>
        <translation>Packung</translation>
    </message>
    <message>
        <source>Of all tasks together: pool, exclusive pages, private tensors, tables and scales; 1 KB = 1,000 bytes.</source>
        <translation>Aller Aufgaben zusammen: Pool, exklusive Seiten, private Tensoren, Tabellen und Skalen; 1 KB = 1,000 Bytes.</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Float32 bytes of the networks, divided by the size.</source>
        <translation>Bytes der Netze in float32, geteilt durch die Größe.</translation>
    </message>
    <message>
        <source>Smaller by</source>
        <translation>Kleiner um</translation>
    </message>
    <message>
        <source>Mean change of accuracy over the tasks, in points, on validation samples.</source>
        <translation>Mittlere Änderung der Genauigkeit über die Aufgaben, in Punkten, auf Validierungsbeispielen.</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>Mittel</translation>
    </message>
    <message>
        <source>Change of the task that loses most, in points.</source>
        <translation>Änderung der Aufgabe, die am meisten verliert, in Punkten.</translation>
    </message>
    <message>
        <source>Worst</source>
        <translation>Schlechteste</translation>
    </message>
    <message>
        <source>The task that loses most.</source>
        <translation>Die Aufgabe, die am meisten verliert.</translation>
    </message>
    <message>
        <source>of task</source>
        <translation>der Aufgabe</translation>
    </message>
</context>
<context>
    <name>palimpsest::TuneView</name>
    <message>
        <source>Take %1: %2</source>
        <translation>%1 übernehmen: %2</translation>
    </message>
    <message>
        <source>&amp;Search</source>
        <translation>&amp;Suchen</translation>
    </message>
    <message>
        <source>&amp;Take this point</source>
        <translation>Diesen Punkt ü&amp;bernehmen</translation>
    </message>
    <message>
        <source>&amp;All that was tried</source>
        <translation>&amp;Alles Ausprobierte</translation>
    </message>
    <message>
        <source>Target size</source>
        <translation>Zielgröße</translation>
    </message>
    <message>
        <source>Size of all networks together, such as “46 KB” (1 KB = 1,000 bytes). A search looks for the packing that keeps most accuracy within it. No default.</source>
        <translation>Größe aller Netze zusammen, etwa „46 KB“ (1 KB = 1,000 Bytes). Eine Suche findet die Packung, die darin die meiste Genauigkeit behält. Keine Voreinstellung.</translation>
    </message>
    <message>
        <source>Searches for at most ten minutes, takes the best packing into the recipe, which can be undone, and runs all stages.</source>
        <translation>Sucht höchstens zehn Minuten, übernimmt die beste Packung ins Rezept, was sich rückgängig machen lässt, und führt alle Stufen aus.</translation>
    </message>
    <message>
        <source>&amp;Options …</source>
        <translation>&amp;Optionen …</translation>
    </message>
    <message>
        <source>A largest loss of accuracy instead of a size, the time, and what happens at the end.</source>
        <translation>Ein größter Verlust an Genauigkeit statt einer Größe, die Zeit, und was am Ende geschieht.</translation>
    </message>
    <message>
        <source>What is wrong with the target size</source>
        <translation>Was an der Zielgröße falsch ist</translation>
    </message>
    <message>
        <source>Target si&amp;ze</source>
        <translation>&amp;Zielgröße</translation>
    </message>
    <message>
        <source>Change of accuracy over the size</source>
        <translation>Änderung der Genauigkeit über der Größe</translation>
    </message>
    <message>
        <source>Click a point to select it. Wheel: zoom, drag: move, F: show all.</source>
        <translation>Klicken wählt einen Punkt aus. Mausrad: zoomen, Ziehen: verschieben, F: alles zeigen.</translation>
    </message>
    <message>
        <source>Size of all tasks together</source>
        <translation>Größe aller Aufgaben zusammen</translation>
    </message>
    <message>
        <source>Change of accuracy [points]</source>
        <translation>Änderung der Genauigkeit [Punkte]</translation>
    </message>
    <message>
        <source>Packings and their rivals</source>
        <translation>Packungen und ihre Gegner</translation>
    </message>
    <message>
        <source>How the search stands</source>
        <translation>Stand der Suche</translation>
    </message>
    <message>
        <source>Puts the settings of the selected point into the recipe, as one step that can be undone. Its training is not done again.</source>
        <translation>Übernimmt die Einstellungen des gewählten Punkts ins Rezept, als ein Schritt, der sich rückgängig machen lässt. Sein Training läuft nicht noch einmal.</translation>
    </message>
    <message>
        <source>Also lists what was tried and is beaten in size, mean and worst task. Default: off.</source>
        <translation>Listet auch auf, was ausprobiert wurde und in Größe, Mittel und schlechtester Aufgabe übertroffen ist. Voreinstellung: aus.</translation>
    </message>
    <message>
        <source>Expected a size, such as “46 KB”.</source>
        <translation>Eine Größe wird erwartet, etwa „46 KB“.</translation>
    </message>
    <message>
        <source>Searching …</source>
        <translation>Suche läuft …</translation>
    </message>
    <message>
        <source>The search prepares.

Networks are trained first where that is not done; the first points come when its first tries are finished.</source>
        <translation>Die Suche bereitet sich vor.

Netze werden zuerst trainiert, wo das noch nicht geschehen ist; die ersten Punkte kommen, wenn die ersten Versuche fertig sind.</translation>
    </message>
    <message>
        <source>No search for a packing yet.

Type above how large all networks together may be, such as “46 KB”, and press Search: storage forms, pages and exclusive pages are tried, and what keeps most accuracy is taken and run.</source>
        <translation>Noch keine Suche nach einer Packung.

Geben Sie oben ein, wie groß alle Netze zusammen sein dürfen, etwa „46 KB“, und drücken Sie „Suchen“: Speicherformen, Seiten und exklusive Seiten werden ausprobiert, und was die meiste Genauigkeit behält, wird übernommen und ausgeführt.</translation>
    </message>
    <message>
        <source>

Networks that are not trained yet are trained first.</source>
        <translation>

Netze, die noch nicht trainiert sind, werden zuerst trainiert.</translation>
    </message>
    <message>
        <source>Front: mean of the tasks</source>
        <translation>Front: Mittel der Aufgaben</translation>
    </message>
    <message>
        <source>Front: worst task</source>
        <translation>Front: schlechteste Aufgabe</translation>
    </message>
    <message>
        <source>Tried: mean</source>
        <translation>Ausprobiert: Mittel</translation>
    </message>
    <message>
        <source>Private networks: mean</source>
        <translation>Private Netze: Mittel</translation>
    </message>
    <message>
        <source>no loss</source>
        <translation>kein Verlust</translation>
    </message>
    <message>
        <source>target %1</source>
        <translation>Ziel %1</translation>
    </message>
    <message>
        <source>largest drop</source>
        <translation>größter Verlust</translation>
    </message>
    <message>
        <source>%1; worst %2 (%3)</source>
        <translation>%1; schlechteste %2 (%3)</translation>
    </message>
    <message>
        <source>Size and accuracy on validation samples, against the networks alone after %1 more steps</source>
        <translation>Größe und Genauigkeit auf Validierungsbeispielen, gegen die Netze allein nach %1 weiteren Schritten</translation>
    </message>
    <message>
        <source>Size and accuracy on validation samples, against the networks alone</source>
        <translation>Größe und Genauigkeit auf Validierungsbeispielen, gegen die Netze allein</translation>
    </message>
    <message>
        <source>Front</source>
        <translation>Front</translation>
    </message>
</context>
<context>
    <name>palimpsest::ViewExporter</name>
    <message>
        <source>Picture for screens, 2 pixels a point (*.png)</source>
        <translation>Bild für Bildschirme, 2 Bildpunkte je Punkt (*.png)</translation>
    </message>
    <message>
        <source>Small picture, 1 pixel a point (*.png)</source>
        <translation>Kleines Bild, 1 Bildpunkt je Punkt (*.png)</translation>
    </message>
    <message>
        <source>Picture for print, 4 pixels a point (*.png)</source>
        <translation>Bild zum Drucken, 4 Bildpunkte je Punkt (*.png)</translation>
    </message>
    <message>
        <source>Drawing (*.svg)</source>
        <translation>Zeichnung (*.svg)</translation>
    </message>
    <message>
        <source>Data (*.csv)</source>
        <translation>Daten (*.csv)</translation>
    </message>
    <message>
        <source>&amp;Copy picture</source>
        <translation>Bild &amp;kopieren</translation>
    </message>
    <message>
        <source>Copy &amp;data</source>
        <translation>&amp;Daten kopieren</translation>
    </message>
    <message>
        <source>&amp;Save as …</source>
        <translation>&amp;Speichern unter …</translation>
    </message>
    <message>
        <source>Save the view %1</source>
        <translation>Ansicht %1 speichern</translation>
    </message>
    <message>
        <source>Save the table</source>
        <translation>Tabelle speichern</translation>
    </message>
</context>
<context>
    <name>palimpsest::WhatIfController</name>
    <message>
        <source>Expected at least %1: a pool of one slot takes that, with exclusive pages, private tensors, tables and scales.</source>
        <translation>Mindestens %1 werden erwartet: So viel brauchen ein Pool mit einem Slot, exklusive Seiten, private Tensoren, Tabellen und Skalen.</translation>
    </message>
</context>
<context>
    <name>palimpsest::WhatIfPanel</name>
    <message>
        <source>Page size in weights</source>
        <translation>Seitengröße in Gewichten</translation>
    </message>
    <message>
        <source>Weights of one page. Small pages match better but need longer page tables. Default: 512 weights.</source>
        <translation>Gewichte einer Seite. Kleine Seiten passen besser, brauchen aber längere Seitentabellen. Voreinstellung: 512 Gewichte.</translation>
    </message>
    <message>
        <source>Slots of the pool</source>
        <translation>Slots des Pools</translation>
    </message>
    <message>
        <source>Pages of the pool that all tasks share. Fewer need less memory and cost more accuracy. 0 takes as many as the budget of level 1 holds. Default: 0.</source>
        <translation>Seiten des Pools, den sich alle Aufgaben teilen. Weniger brauchen weniger Speicher und kosten mehr Genauigkeit. 0 nimmt so viele, wie ins Budget der Ebene 1 passen. Voreinstellung: 0.</translation>
    </message>
    <message>
        <source>Exclusive pages</source>
        <translation>Exklusive Seiten</translation>
    </message>
    <message>
        <source>Pages of all tasks together that are not shared but kept in memory level 2. More cost less accuracy and more bytes. Default: 0.</source>
        <translation>Seiten aller Aufgaben zusammen, die nicht geteilt, sondern in Speicherebene 2 gehalten werden. Mehr kosten weniger Genauigkeit und mehr Bytes. Voreinstellung: 0.</translation>
    </message>
    <message>
        <source>&amp;Page size keeps the pool&apos;s bytes</source>
        <translation>&amp;Seitengröße hält die Poolbytes</translation>
    </message>
    <message>
        <source>&amp;Apply</source>
        <translation>An&amp;wenden</translation>
    </message>
    <message>
        <source>&amp;Reset</source>
        <translation>Zurü&amp;cksetzen</translation>
    </message>
    <message>
        <source>When the page size changes, the numbers of slots and exclusive pages change with it, so that their bytes stay about the same. Default: on.</source>
        <translation>Wenn sich die Seitengröße ändert, ändern sich die Zahlen der Slots und der exklusiven Seiten mit, sodass ihre Bytes etwa gleich bleiben. Voreinstellung: ein.</translation>
    </message>
    <message>
        <source>Write these settings into the recipe. It can be undone.</source>
        <translation>Diese Einstellungen ins Rezept schreiben. Das lässt sich rückgängig machen.</translation>
    </message>
    <message>
        <source>Go back to the settings of the recipe.</source>
        <translation>Zurück zu den Einstellungen des Rezepts.</translation>
    </message>
    <message>
        <source>budget</source>
        <comment>as many slots as the budget holds</comment>
        <translation>Budget</translation>
    </message>
    <message>
        <source>Page si&amp;ze</source>
        <translation>Sei&amp;tengröße</translation>
    </message>
    <message>
        <source>Pool pa&amp;ges</source>
        <translation>P&amp;oolseiten</translation>
    </message>
    <message>
        <source>E&amp;xclusive pages</source>
        <translation>E&amp;xklusive Seiten</translation>
    </message>
    <message>
        <source>Packed networks</source>
        <translation>Gepackte Netze</translation>
    </message>
    <message>
        <source>Smaller by</source>
        <translation>Kleiner um</translation>
    </message>
    <message>
        <source>Memory level 1</source>
        <translation>Speicherebene 1</translation>
    </message>
    <message>
        <source>Memory level 2</source>
        <translation>Speicherebene 2</translation>
    </message>
    <message>
        <source>Cost of sharing</source>
        <translation>Kosten des Teilens</translation>
    </message>
    <message>
        <source>Bytes of pool, exclusive pages, private tensors, page tables and scales together.</source>
        <translation>Bytes von Pool, exklusiven Seiten, privaten Tensoren, Seitentabellen und Skalen zusammen.</translation>
    </message>
    <message>
        <source>Bytes of the stand-alone networks in float32 over those of the packed ones.</source>
        <translation>Bytes der eigenständigen Netze in float32, geteilt durch die der gepackten.</translation>
    </message>
    <message>
        <source>Bytes of level 1: pool, private tensors, tables, their scales, and one scratch network.</source>
        <translation>Bytes der Ebene 1: Pool, private Tensoren, Tabellen, deren Skalen und ein Arbeitsnetz.</translation>
    </message>
    <message>
        <source>Bytes of level 2: exclusive pages and their scales.</source>
        <translation>Bytes der Ebene 2: exklusive Seiten und ihre Skalen.</translation>
    </message>
    <message>
        <source>Expected rise of the summed losses [nats, without the factor 1/2] when pages share slots: what matching minimises.</source>
        <translation>Erwarteter Anstieg der summierten Verluste [nat, ohne den Faktor 1/2], wenn sich Seiten Slots teilen: was die Zuordnung minimiert.</translation>
    </message>
    <message>
        <source>Predicted</source>
        <translation>Vorhersage</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Lauf</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Änderung</translation>
    </message>
    <message>
        <source>%1, predicted</source>
        <translation>%1, vorhergesagt</translation>
    </message>
    <message>
        <source>%1, of the run</source>
        <translation>%1, des Laufs</translation>
    </message>
    <message>
        <source>%1, change</source>
        <translation>%1, Änderung</translation>
    </message>
    <message>
        <source>The mark: the budget of memory level 1 holds %1 slots.</source>
        <translation>Die Marke: Das Budget der Speicherebene 1 fasst %1 Slots.</translation>
    </message>
    <message>
        <source>The mark: the budget of memory level 2 holds %1 exclusive pages.</source>
        <translation>Die Marke: Das Budget der Speicherebene 2 fasst %1 exklusive Seiten.</translation>
    </message>
    <message>
        <source>Open a project to try other settings here.</source>
        <translation>Öffnen Sie ein Projekt, um hier andere Einstellungen auszuprobieren.</translation>
    </message>
    <message>
        <source>Exclusive pages are chosen by separation.margin: separation is by density.</source>
        <translation>Exklusive Seiten bestimmt separation.margin: Die Trennung geht nach Dichte.</translation>
    </message>
    <message>
        <source>What matching will find: the whole problem was matched.</source>
        <translation>Was die Zuordnung finden wird: Das ganze Problem wurde zugeordnet.</translation>
    </message>
    <message>
        <source>≈ %1 ± 25 %</source>
        <comment>an estimated cost; keep the space before the percent sign</comment>
        <translation>≈ %1 ± 25 %</translation>
    </message>
    <message>
        <source>Estimated from blocks of pages that were matched by themselves: within 25 % of what matching will find.</source>
        <translation>Geschätzt aus Blöcken von Seiten, die für sich zugeordnet wurden: höchstens 25 % neben dem, was die Zuordnung finden wird.</translation>
    </message>
    <message>
        <source>about %1</source>
        <comment>a rough cost</comment>
        <translation>etwa %1</translation>
    </message>
    <message>
        <source>Estimated from a sample of the pages: only its order of magnitude.</source>
        <translation>Geschätzt aus einer Auswahl der Seiten: nur die Größenordnung.</translation>
    </message>
    <message>
        <source>matching …</source>
        <translation>wird zugeordnet …</translation>
    </message>
    <message>
        <source>Run %1</source>
        <translation>Lauf %1</translation>
    </message>
    <message>
        <source>pages of %1 weights</source>
        <translation>Seiten zu %1 Gewichten</translation>
    </message>
    <message>
        <source>%1 slots</source>
        <translation>Slots: %1</translation>
    </message>
    <message>
        <source>%1 exclusive pages</source>
        <translation>exklusive Seiten: %1</translation>
    </message>
    <message>
        <source>What-if: %1</source>
        <translation>Was wäre wenn: %1</translation>
    </message>
    <message>
        <source>Apply and ru&amp;n</source>
        <translation>Anwenden und aus&amp;führen</translation>
    </message>
    <message>
        <source>Write these settings into the recipe, which can be undone, and run every stage that is not done.</source>
        <translation>Diese Einstellungen ins Rezept schreiben, was sich rückgängig machen lässt, und jede Stufe ausführen, die nicht fertig ist.</translation>
    </message>
    <message>
        <source>&amp;Target size</source>
        <translation>&amp;Zielgröße</translation>
    </message>
</context>
<context>
    <name>palimpsest::WindowDocks</name>
    <message>
        <source>Project</source>
        <translation>Projekt</translation>
    </message>
    <message>
        <source>Tasks</source>
        <translation>Aufgaben</translation>
    </message>
    <message>
        <source>Jobs</source>
        <translation>Aufträge</translation>
    </message>
    <message>
        <source>Inspector</source>
        <translation>Inspektor</translation>
    </message>
    <message>
        <source>What if</source>
        <translation>Was wäre wenn</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Fenster</translation>
    </message>
    <message>
        <source>Shows or hides this part of the window</source>
        <translation>Zeigt oder verbirgt diesen Teil des Fensters</translation>
    </message>
    <message>
        <source>No project is open.

The settings of a project stand here.</source>
        <translation>Es ist kein Projekt offen.

Hier stehen die Einstellungen eines Projekts.</translation>
    </message>
    <message>
        <source>No project is open.

The tasks of a project, with their networks and data, stand here.</source>
        <translation>Es ist kein Projekt offen.

Hier stehen die Aufgaben eines Projekts mit ihren Netzen und Daten.</translation>
    </message>
</context>
<context>
    <name>palimpsest::WindowHelp</name>
    <message>
        <source>About Palimpsest</source>
        <translation>Über Palimpsest</translation>
    </message>
    <message>
        <source>&lt;h3&gt;Palimpsest %1&lt;/h3&gt;&lt;p&gt;Packs many neural networks into shared weight-pages.&lt;/p&gt;</source>
        <translation>&lt;h3&gt;Palimpsest %1&lt;/h3&gt;&lt;p&gt;Packt viele neuronale Netze in gemeinsame Gewichtsseiten.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>&lt;p&gt;The workbench is under the GNU General Public License, version 3 or later; the engine and the command line are under the Apache License 2.0. It comes without any warranty.&lt;/p&gt;&lt;p&gt;It uses Qt %1, QCustomPlot, LibTorch, HDF5 and other free software.&lt;/p&gt;</source>
        <translation>&lt;p&gt;Die Workbench steht unter der GNU General Public License, Version 3 oder neuer; die Engine und die Befehlszeile stehen unter der Apache License 2.0. Ohne jede Gewährleistung.&lt;/p&gt;&lt;p&gt;Sie nutzt Qt %1, QCustomPlot, LibTorch, HDF5 und andere freie Software.&lt;/p&gt;</translation>
    </message>
</context>
</TS>
