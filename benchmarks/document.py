"""A large German document, made by rule: the same for the same number and seed.

    python benchmarks/document.py 10000 > big.md

Paragraphs of about 100 words in five sentences, a heading before every twentieth. The words are
common ones in random order: what is measured is how the tools cope with size, not with sense.
"""

import random
import sys
from collections.abc import Iterator

WORDS = """
der die das und in zu den mit von für auf ist im dem nicht ein eine als auch es an werden aus er
hat dass sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber
vor zur bis mehr durch man sein wurde hatte kann gegen vom können schon wenn habe seine ihre dann
unter wir soll ich eines Jahr zwei Jahren diese dieser wieder keine zwischen immer was sagte gibt
alle seit muss wurden beim doch jetzt waren drei Arbeiter Streik Regierung Bewegung Polizei Militär
Land Stadt Region Forderung Lohn Preis Gewerkschaft Versammlung Nachbarschaft Straße Zeitung Bericht
Quelle Präsident Truppen Verfassung Parlament Verdoppelung Selbstverwaltung Preiserhöhung
Bergarbeiter Ölfelder Nachbarschaftsversammlung Ausnahmezustand Regierungsgebäude Rücktritt
Protestierende Gewerkschaften Aufstände Verhandlungen Flüssiggas Preisobergrenze Betriebsrat
Arbeitslosigkeit Bevölkerung Wochenende Flughafen Demonstration Verhaftungen Internetsperre
Sicherheitskräfte Stromnetz
Energieversorgung Wirtschaftspolitik Menschenrechtsorganisation Zusammenarbeit Industriegebiete
versammelten forderten besetzten erklärten streikten verhandelten blockierten organisieren zusammen
""".split()
PARAGRAPH = 100  # words


def document(paragraphs: int, *, seed: int = 1, changed: float = 0.0) -> str:
    """A document; with `changed`, that share of its paragraphs has one word more."""
    words = random.Random(seed)
    edits = random.Random(seed + 1)
    lines = ["# Ein großes Dokument", ""]
    for number in range(paragraphs):
        if number % 20 == 0:
            lines += [f"## Abschnitt {number // 20 + 1}", ""]
        text = " ".join(_sentences(words))
        if edits.random() < changed:
            text = text.replace(" ", " sicherlich ", 1)
        lines += [text, ""]
    return "\n".join(lines)


def _sentences(words: random.Random) -> Iterator[str]:
    count = 0
    while count < PARAGRAPH - 10:  # about half a sentence: the mean is PARAGRAPH
        length = words.randint(12, 28)
        count += length
        text = " ".join(words.choice(WORDS) for _ in range(length))
        yield text[0].upper() + text[1:] + words.choice("......!?")


if __name__ == "__main__":
    sys.stdout.write(document(int(sys.argv[1])))
