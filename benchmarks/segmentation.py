"""How well sentences are found: F1 of the boundaries inside a text, on Universal Dependencies.

    python benchmarks/segmentation.py FOLDER [--errors NAME]

FOLDER holds `.conllu` files of UD treebanks, such as `de_gsd-ud-dev.conllu`; get them from
https://github.com/UniversalDependencies (nothing of them is kept here). Sentences are joined
with one space: within a paragraph or a document where the treebank marks these, else in groups
of ten. White space does not count.

Tune on `dev` and `train` only: the errors of a `test` file are not shown.
"""

import argparse
import re
import sys
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from workflow.segments import rules, split

GROUP = 10
TRICKY = Path(__file__).parent.parent / "tests" / "data" / "tricky-de.txt"


class Score(NamedTuple):
    texts: int
    gold: int
    found: int
    right: int

    @property
    def f1(self) -> float:
        return 200 * self.right / (self.gold + self.found) if self.gold + self.found else 100.0

    def __str__(self) -> str:
        precision = 100 * self.right / max(1, self.found)
        recall = 100 * self.right / max(1, self.gold)
        return (
            f"{self.f1:6.2f} {precision:9.2f} {recall:6.2f} "
            f"{self.gold:6d} {self.found:6d} {self.right:6d} {self.texts:6d}"
        )


def texts(file: Path) -> Iterator[list[str]]:
    """The texts of a treebank, each a list of sentences."""
    conllu = file.read_text(encoding="utf-8")
    marks = re.compile(r"# (newpar|newdoc)\b" if "\n# newpar" in conllu else r"# newdoc\b")
    marked = marks.search(conllu) is not None
    text: list[str] = []
    for line in conllu.splitlines():
        sentence = line.startswith("# text =")
        if text and (marks.match(line) if marked else sentence and len(text) == GROUP):
            yield text
            text = []
        if sentence:
            text.append(line.partition("=")[2].strip())
    if text:
        yield text


def boundaries(sentences: list[str]) -> set[int]:
    """Where sentences end inside their text, counted in characters that are no white space."""
    return set(accumulate(len("".join(sentence.split())) for sentence in sentences[:-1]))


def score(corpus: list[list[str]], data: rules.Rules) -> Score:
    gold = found = right = 0
    for sentences in corpus:
        pieces = split.split(" ".join(sentences), data)
        if "".join(part + gap for part, gap in pieces) != " ".join(sentences):
            raise AssertionError(sentences)
        expected, got = boundaries(sentences), boundaries([part for part, _ in pieces])
        gold, found, right = gold + len(expected), found + len(got), right + len(expected & got)
    return Score(len(corpus), gold, found, right)


def errors(corpus: list[list[str]], data: rules.Rules) -> Iterator[str]:
    """A line for each boundary missed (-) or wrong (+), the place marked ¦."""
    for sentences in corpus:
        text = " ".join(sentences)
        expected = boundaries(sentences)
        got = boundaries([part for part, _ in split.split(text, data)])
        ends = [at for at, char in enumerate(text, 1) if not char.isspace()]
        for place in sorted(expected ^ got):
            at = ends[place - 1]
            sign = "-" if place in expected else "+"
            yield f"{sign} {text[max(0, at - 60) : at]}¦{text[at : at + 40]}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path, help="holds .conllu files of UD treebanks")
    parser.add_argument("--errors", metavar="NAME", help="show the errors in files named so")
    asked = parser.parse_args()
    files = sorted(asked.folder.glob("*.conllu"))
    if not files:
        sys.exit(f"{asked.folder}: no .conllu files here; see {Path(__file__).name}'s head")
    tricky = [line.split("¦") for line in TRICKY.read_text(encoding="utf-8").splitlines()]
    print(f"{'':24}     F1 precision recall   gold  found  right  texts")
    print(f"{TRICKY.name:24} {score(tricky, rules.load('de'))}")
    for file in files:
        corpus, data = list(texts(file)), rules.load(file.name[:2])
        print(f"{file.stem:24} {score(corpus, data)}")
        if asked.errors and asked.errors in file.name and "-test" not in file.name:
            print(*errors(corpus, data), sep="\n")


if __name__ == "__main__":
    main()
