"""DeepL's API, with its tags for markup, its context and its glossaries."""

from collections.abc import Callable, Iterator, Sequence
from hashlib import blake2b
from typing import Any, Final

from workflow.errors import EngineError, PairError
from workflow.locales import language
from workflow.pretranslate.engines import address, batches
from workflow.pretranslate.engines.protocol import (
    Capabilities,
    Draft,
    Markup,
    Query,
    Refusal,
    Setting,
    Term,
)
from workflow.pretranslate.engines.transport import Declined, Transport

_NAME: Final = "deepl"
_KEYS: Final = ("DEEPL_API_KEY", "AUFLAGE_DEEPL_KEY")
# A request may have 50 texts and 128 KiB. Umlauts and Cyrillic letters take up to three times
# their bytes in JSON.
_BATCH: Final = 50
_LONGEST: Final = 30_000  # bytes of text in a request
_CONTEXT: Final = 4_000  # characters around it
_LONGEST_TERM: Final = 1_024  # bytes, of a row of a glossary
_PRICE: Final = 20.0  # EUR for a million characters, API Pro
_FORMALITY: Final = ("default", "more", "less", "prefer_more", "prefer_less")
_MODELS: Final = ("quality_optimized", "prefer_quality_optimized", "latency_optimized")


class DeepL:
    """`/v2/translate`, with markup as XML tags."""

    name = _NAME

    def __init__(self, setting: Setting):
        """Prepare the engine; nothing is sent yet.

        Raises:
            ConfigError: the address, the formality or the model is none.
            EngineError: there is no key.
        """
        setting.only(_NAME, "url", "formality", "model_type")
        found = (setting.environment.get(name, "").strip() for name in _KEYS)
        key = next((key for key in found if key), None)
        if key is None:
            raise EngineError(
                f"{_NAME}: there is no key; put the one of your account into the environment: "
                f"{_KEYS[0]}"
            )
        host = "api-free.deepl.com" if key.endswith(":fx") else "api.deepl.com"
        self._transport = Transport(
            address.configured(setting, _NAME) or f"https://{host}",
            name=_NAME,
            headers={"Authorization": f"DeepL-Auth-Key {key}"},
            secrets=(key, key.removesuffix(":fx")),
        )
        self._options = _options(setting)
        self.capabilities = Capabilities(
            Markup.XML,
            host=self._transport.host,
            batch=_BATCH,
            version=" ".join(("tags-v2", *self._options.values())),
            price=_PRICE,
            currency="EUR",
        )
        self.notices: list[str] = []
        self._setting = setting
        self._target = target_code(setting.target)
        self._ready = False

    def translate(self, queries: Sequence[Query]) -> Iterator[Draft | Refusal]:
        """Ask in batches; what comes back in disorder is asked for one by one.

        Raises:
            PairError: DeepL does not know one of the languages.
            EngineError: it refuses, or cannot be reached.
        """
        today = self._setting.today
        yield from batches.drafts(
            queries, self._send, most=_BATCH, longest=_LONGEST, engine=_NAME, today=today
        )

    def _send(self, queries: Sequence[Query]) -> list[str]:
        if not self._ready:
            self._prepare()
        payload = {
            "text": [query.text for query in queries],
            "source_lang": language(self._setting.source).upper(),
            "target_lang": self._target,
            "context": _context(queries),
            # Each text is one segment already, and its white space is ours.
            "split_sentences": "0",
            "preserve_formatting": True,
            # Which version is the default depends on the age of an account.
            "tag_handling": "xml",
            "tag_handling_version": "v2",
            "outline_detection": False,
            "ignore_tags": ["x"],
            **self._options,
        }

        def read(data: Any) -> list[str]:
            said = [row["text"] for row in data["translations"]]
            return batches.texts(said, len(queries))

        return self._transport.post("/v2/translate", payload, read=read)

    def _prepare(self) -> None:
        """See that the language is known, and that the term base lies there as a glossary."""
        self._check_language()
        self._ready = True
        rows = _rows(self._setting.terms)
        if not rows:
            return
        try:
            self._options = {**self._options, "glossary_id": self._glossary(rows)}
        except (Declined, EngineError) as trouble:
            # An account may have no glossaries, or none for this pair; it can translate.
            self.notices.append(
                f"{_NAME}: without the term base, DeepL takes no glossary for "
                f"{self._setting.target} ({trouble})"
            )

    def _check_language(self) -> None:
        try:
            known = self._transport.get(
                "/v3/languages", {"resource": "translate_text"}, read=_known_targets
            )
        except Declined:
            return  # the answer to the first text will tell
        if not known & {self._target.lower(), language(self._setting.target)}:
            raise PairError(
                f"{_NAME}: {self._transport.shown} does not translate into "
                f"{self._setting.target}; it knows {', '.join(sorted(known))}"
            )

    def _glossary(self, rows: str) -> str:
        """The id of the glossary with these rows; it is made if there is none yet."""
        source, target = language(self._setting.source), language(self._setting.target)
        digest = blake2b(f"{source}\n{target}\n{rows}".encode(), digest_size=8).hexdigest()
        name = f"auflage-{digest}"
        for known in self._transport.get("/v3/glossaries", read=_glossaries):
            if known[0] == name:
                return known[1]
        dictionary = {
            "source_lang": source,
            "target_lang": target,
            "entries": rows,
            "entries_format": "tsv",
        }
        return self._transport.post(
            "/v3/glossaries", {"name": name, "dictionaries": [dictionary]}, read=_identifier
        )


def make(setting: Setting) -> DeepL:
    """The factory."""
    return DeepL(setting)


def target_code(locale: str) -> str:
    """A locale as DeepL calls it: `EN-GB` for `en`, `PT-PT` for `pt`, `ZH-HANT` for `zh-TW`."""
    name, *rest = locale.split("-")
    parts = {part.upper() for part in rest}
    if name == "zh":
        return "ZH-HANT" if parts & {"HANT", "TW", "HK", "MO"} else "ZH-HANS"
    if name == "en":
        return "EN-US" if "US" in parts else "EN-GB"
    if name == "pt":
        return "PT-BR" if "BR" in parts else "PT-PT"
    if name == "es" and "419" in parts:
        return "ES-419"
    return {"no": "NB"}.get(name, name.upper())


def _options(setting: Setting) -> dict[str, Any]:
    chosen = {
        "formality": setting.option(_NAME, "formality", _one_of(_FORMALITY), None),
        "model_type": setting.option(_NAME, "model_type", _one_of(_MODELS), None),
    }
    return {name: value for name, value in chosen.items() if value}


def _one_of(values: Sequence[str]) -> Callable[[Any], str | None]:
    def read(value: Any) -> str:
        if value not in values:
            raise ValueError(f"must be one of {', '.join(values)}")
        return str(value)

    return read


def _context(queries: Sequence[Query]) -> str:
    """The passage that the texts come from; it is neither translated nor billed."""
    passage = (queries[0].before, *(query.msgid for query in queries), queries[-1].after)
    return "\n".join(part for part in passage if part)[:_CONTEXT]


def _rows(terms: Sequence[Term]) -> str:
    """Tab-separated rows; each source once, as DeepL demands, and nothing that breaks a row."""
    found: dict[str, str] = {}
    for term in terms:
        source, target = (" ".join(text.split()) for text in (term.source, term.target))
        if source and target and max(len(source.encode()), len(target.encode())) <= _LONGEST_TERM:
            found.setdefault(source, target)
    return "\n".join(f"{source}\t{target}" for source, target in sorted(found.items()))


def _known_targets(data: Any) -> set[str]:
    return {str(row["lang"]).lower() for row in data if row.get("usable_as_target", True)}


def _glossaries(data: Any) -> list[tuple[str, str]]:
    return [(str(row["name"]), _identifier(row)) for row in data["glossaries"]]


def _identifier(data: Any) -> str:
    found = data["glossary_id"]
    if not isinstance(found, str):
        raise ValueError("not an id")
    return found
