"""Whether a word is German, and no name: what a translation must not keep.

Dictionaries know too much for this: names are in them too (Siemens, Merkel, Volkswagen), and a
name may stay in any language. So: endings that only common words have, the most frequent words
of articles with all their forms, and compounds that end with one of them.
"""

import re
from functools import cache
from typing import Final

from workflow.terms import german

PARTICLES: Final = frozenset(
    "und oder aber nicht ist sind wird wurde wurden werden worden der das dem den des ein eine einen "
    "einem einer eines kein keine keinen mit von vom für auf aus bei beim nach über unter gegen ohne "
    "durch zwischen während wegen trotz seit bis zum zur im ich du wir ihr sie mich dich uns euch "
    "sich mein dein sein seine seinen seiner ihre ihren ihrer unser unsere dieser diese dieses "
    "diesen jener jede jeder jedes alle allen viele vielen mehr sehr nur auch noch schon immer nie "
    "wieder dann denn weil dass wenn ob wie wo wer wen warum hier dort heute gestern morgen jetzt "
    "haben hatte hatten habe kann können konnte muss müssen musste soll sollen sollte will wollen "
    "wollte darf dürfen möchte geht ging gibt gab kommt kam macht machte steht stand sagt sagte "
    "zwei drei vier fünf sechs sieben acht neun zehn erste ersten zweite neue neuen neuer großen "
    "große großer kleine kleinen ganz ganze ganzen andere anderen anderer gegenüber sowie sondern "
    "jedoch doch etwa etwas nichts niemand jemand zusammen bereits daher dabei damit dafür darauf "
    "dazu deshalb nachdem bevor damals zuletzt bisher mehrere einige wenige fast bald weiter "
    "weitere weiteren letzte letzten nächste nächsten".split()
)
_NOUNS: Final = """
Abend Abkommen Abschnitt Absicht Abstimmung Abteilung Alltag Alter Amt Anfang Angebot Angriff Angst
Anlage Anspruch Anteil Antrag Antwort Anwalt Arbeit Arbeiter Arbeitslose Arbeitsplatz Armee Armut Art
Artikel Arzt Aufgabe Aufruf Aufstand Auftrag Ausbeutung Ausgabe Ausland Auto Baum Bauer Beamte
Bedarf Bedingung Beginn Behörde Beispiel Beitrag Bericht Beruf Beschäftigte Beschluss Besetzung
Betrieb Bevölkerung Bewegung Beweis Bezirk Beziehung Bildung Boden Brot Bruder Brücke Buch Bund
Bündnis Bürger Bürgermeister Dach Dorf Druck Ebene Ehe Eigentum Einfluss Einkommen Einwohner
Eltern Ende Energie Entlassung Entscheidung Entwicklung Erde Erfolg Ergebnis Ernte Essen Fahrt Fabrik
Fahrplan Fahrrad Familie Farbe Fehler Feind Feld Fenster Ferien Feuer Firma Fisch Flucht Flüchtling
Flughafen Fluss Folge Forderung Forschung Fortschritt Frage Frau Freiheit Freund Frieden Frühling
Führung Gast Gebäude Gebiet Geburt Gefahr Gefängnis Gegner Gehalt Geist Geld Gemeinde Gemüse
Generalstreik Genosse Gericht Geschichte Geschäft Gesellschaft Gesetz Gesicht Gesundheit Gewalt
Gewerkschaft Gewinn Glaube Gleichheit Glück Grenze Grund Gruppe Hafen Hälfte Haus Haushalt Heimat
Herbst Herrschaft Herz Hilfe Himmel Hoffnung Hunger Insel Interesse Jahr Jahrhundert Jugend Junge
Kaffee Kaiser Kampf Kapital Kapitalist Kasse Katze Kauf Kirche Kinder Klasse Kleid Klima Kleidung
König Körper Kosten Kraft Kraftwerk Krankenhaus Krankheit Krieg Krise Küche Kultur Kunde Kunst Küste
Lager Land Landwirtschaft Laden Leben Lehrer Leistung Leiter Licht Liebe Lied Linke Liste Lohn Luft
Lüge Macht Mädchen Markt Maschine Maßnahme Massen Mauer Mehrheit Mensch Messe Miete Mieter Milch
Minderheit Mitglied Mittag Mitte Mittel Mittelalter Monat Morgen Mutter Nachbar Nachricht Nacht Nahrung
Natur Niederlage Nutzen Obst Öffentlichkeit Ordnung Ort Osten Partei Pferd Pflanze Pflege Platz
Politik Polizei Polizist Preis Produktion Protest Prozess Quelle Rathaus Rechnung Recht Rede Regel
Regen Regierung Reich Reichtum Reise Rente Richter Richtung Ruhe Sache Schaden Schicht Schiff
Schlacht Schloss Schnee Schritt Schuld Schule Schüler Schulden Schutz Schwester Seite Sicherheit Sieg
Sohn Soldat Sommer Sonne Sorge Sprache Staat Stadt Stärke Steuer Stimme Straße Streik Strom Stück
Stunde Tag Täter Teil Tier Tisch Tochter Tod Tor Tote Umwelt Unfall Unruhe Unterdrückung Unternehmen
Unterricht Unterschied Unterstützung Ursache Urteil Vater Verband Verbot Verbrechen Verein Verfassung
Vergangenheit Verhaftung Verhandlung Verkehr Verletzte Versammlung Versuch Vertrag Verwaltung Volk
Vorschlag Vorstand Vorwurf Waffe Wahl Wahrheit Wald Wasser Weg Wein Werk Wert Westen Wetter Widerstand
Wiese Wirkung Wirtschaft Wissenschaft Wissen Woche Wohnung Wolke Wunsch Zahl Zeichen Zeit Zeitung
Zentrum Ziel Zimmer Zug Zukunft Zusammenhang Zustand Zweck Zweifel Aufständische Kommunismus Sozialismus
Forscher Fahrer Fußball Verkäufer Spiel Spieler Mannschaft Trainer Tabelle Bahnhof Zuschauer Gletscher
Bauarbeiter Pflegekraft Arbeitgeber Arbeitnehmer Haltestelle Heizung Messung Rezept Zutat Kartoffel
Zwiebel Kuchen Mehl Zucker Salz Butter Käse Ei Topf Pfanne Löffel Ofen Garten Blume Hund Vogel Berg
See Meer Strand Sturm Erdbeben Hochwasser Dürre Hitze Kälte Patient Ärztin Impfung Medikament Virus
Krankenschwester Studie Versuchsreihe Lösung Rechner Datei Speicher Benutzer Einstellung Fenster
Verzeichnis Ordner Netzwerk Schlüssel Tastatur Drucker Bildschirm Anwendung Ausstellung Gemälde
Künstler Maler Bühne Schauspieler Roman Dichter Gedicht Musik Lehrerin Kindergarten Prüfung Kläger
Anklage Zeuge Strafe Haft Lohnerhöhung Tarif Vorwahl Umfrage Stimmzettel Abgeordnete Sitzung Ausschuss
Mindestlohn Rentner Zuschuss Haushaltsplan Bank Börse Zins Schuldner Fahrkarte Bevölkerungszahl Dank
""".split()
_LOWER: Final = """
streiken kämpfen arbeiten sagen gehen kommen machen stehen sehen finden bleiben liegen heißen denken
nehmen tun glauben halten nennen zeigen führen sprechen bringen leben fahren meinen fragen kennen
gelten stellen spielen brauchen folgen lernen bestehen verstehen setzen bekommen beginnen erzählen
versuchen schreiben laufen erklären entsprechen sitzen ziehen scheinen fallen gehören entstehen
erhalten treffen suchen legen vorstellen handeln erreichen tragen schaffen lesen verlieren darstellen
erkennen entwickeln reden aussehen erscheinen bilden anfangen erwarten wohnen betreffen warten
vergehen helfen gewinnen schließen fühlen bieten interessieren erinnern ergeben anbieten studieren
verbinden ansehen fehlen bedeuten vergleichen fordern protestieren demonstrieren verhaften besetzen
bewaffnet staatlich sozial politisch wirtschaftlich international schnell langsam wichtig richtig
falsch jung alt gut schlecht stark schwach hoch niedrig groß klein neu frei gleich öffentlich
gemeinsam möglich unmöglich schwer leicht teuer billig krank gesund arm reich tot lang kurz warm kalt
revolutionär plötzlich ungefähr vermutlich wahrscheinlich natürlich besonders insbesondere
""".split()
_ENDINGS: Final = re.compile(
    r"[A-ZÄÖÜ][a-zäöüß]{3,}(?:ung(?:en)?|heit(?:en)?|keit(?:en)?|schaft(?:en)?|ismus|tät(?:en)?"
    r"|lichkeit|nisse?n?|innen|ierung|leute|zeug|werk(?:e|en|s)?)"
)
_LOWER_ENDINGS: Final = re.compile(
    r"[a-zäöüß]{3,}(?:lich|isch|ieren?|iert|barkeit|ungs?|igt|schen)(?:e[nrms]?|t|te[nt]?)?"
    r"|[a-z]*[äöüß][a-zäöüß]*"
)
# Words of both languages, which say nothing.
_ENGLISH: Final = frozenset(
    """
    die war was hat in an am so also man bald fast kind gift art rat rock brief gut tag not arm
    still wind hand winter ring land film name export import park sport test bank former form
    fall falls angel bar boot bitter blind gang grab halt handel hell herb last list mild mode
    nest note person post region religion revolution rest roman rose see star stern stock strand
    tender text toll union warm weg west wild wolf wort student virus patient kinder hunger amt
    bund reich energie art international global national sozial long alt see tor ton gas plan
    moment system problem import protest tarif kultur bad der den des will stand kapital butter
    rad fort gab tat lager boden messe tier pest macht minister studio mission million opposition
    kommandant general streik-free junge interesse sold solo land lied bus bürger arme note taken
    alter mutter oft hut dank
    """.split()
) - {"amt", "energie", "kultur", "interesse", "sozial", "bürger", "macht"}
_TAILS: Final = 4  # letters of a word that may end a compound


def is_german(word: str, *, english: bool = False) -> bool:
    """Whether a word is a German one, and no name.

    Args:
        word: as it stands in a text.
        english: whether it stands in English: what is a word there, too, does not count.
    """
    low = word.casefold()
    if english and low in _ENGLISH:
        return False
    if low in PARTICLES or low in _forms():
        return True
    if word[0].isupper():
        return bool(_ENDINGS.fullmatch(word)) or _is_compound(low)
    return bool(_LOWER_ENDINGS.fullmatch(low)) or (not english and _is_compound(low))


def _is_compound(low: str) -> bool:
    """Whether a word ends with another: Wasserpreis, Massenstreiks."""
    return any(low[cut:] in _tails() for cut in range(3, len(low) - _TAILS + 1))


@cache
def _forms() -> frozenset[str]:
    return frozenset(
        form
        for word in (*_NOUNS, *_LOWER)
        for form in (*german.forms(word, alone=True), *_verb(word))
    )


@cache
def _tails() -> frozenset[str]:
    kept = (word for word in _NOUNS if len(word) >= _TAILS and word not in _IN_NAMES)
    return frozenset(form for word in kept for form in german.forms(word, alone=True))


# Names end with them: Volksbank, Waldheim, Neustadt, Steinberg, Burgenland.
_IN_NAMES: Final = frozenset("Bank Stadt Berg Land Dorf Wald Bund Burg Werk Feld Baum Reich Bauer "
                             "Mann Kirche Brücke Garten Haus Strom Roman Dach Hafen Stein".split())  # fmt: skip


def _verb(word: str) -> tuple[str, ...]:
    """Present and past of a regular verb, and its participles."""
    if word[0].isupper() or not word.endswith("en"):
        return ()
    stem = word[:-2]
    link = "e" if stem.endswith(("t", "d")) else ""
    ends = ("", "e", f"{link}t", f"{link}te", f"{link}ten", "end", "ende", "enden", "ender")
    return (*(stem + end for end in ends), f"ge{stem}{link}t")
