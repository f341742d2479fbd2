"""How models write languages: NLLB-200, M2M-100, MADLAD-400 and OPUS-MT."""

import re
from typing import Final

from workflow.locales import language

# How each kind writes its language codes (as the converters of CTranslate2 name tokens).
KINDS: Final = {
    "nllb": re.compile(r"[a-z]{3}_[A-Z][a-z]{3}"),
    "m2m100": re.compile(r"__[a-z]{2,3}__"),
    "madlad": re.compile(r"<2[A-Za-z_]+>"),
    "opus": re.compile(r">>[A-Za-z_-]+<<"),
}
# The code of a language in NLLB-200 (its FLORES-200 list): ISO 639-3 and script.
_FLORES: Final = dict(
    pair.split("=")
    for pair in """
    ar=arb_Arab az=azj_Latn be=bel_Cyrl bg=bul_Cyrl bn=ben_Beng bs=bos_Latn cs=ces_Latn
    da=dan_Latn de=deu_Latn el=ell_Grek en=eng_Latn es=spa_Latn et=est_Latn fa=pes_Arab
    fi=fin_Latn fr=fra_Latn he=heb_Hebr hi=hin_Deva hr=hrv_Latn hu=hun_Latn hy=hye_Armn
    id=ind_Latn it=ita_Latn ja=jpn_Jpan ka=kat_Geor kk=kaz_Cyrl ko=kor_Hang ku=kmr_Latn
    ky=kir_Cyrl lt=lit_Latn lv=lvs_Latn mk=mkd_Cyrl mn=khk_Cyrl nb=nob_Latn nl=nld_Latn
    pl=pol_Latn pt=por_Latn ro=ron_Latn ru=rus_Cyrl sk=slk_Latn sl=slv_Latn sq=als_Latn
    sr=srp_Cyrl sv=swe_Latn tg=tgk_Cyrl tk=tuk_Latn tr=tur_Latn tt=tat_Cyrl ug=uig_Arab
    uk=ukr_Cyrl ur=urd_Arab uz=uzn_Latn vi=vie_Latn zh=zho_Hans
    """.split()
)


def script(locale: str) -> str:
    """The script of a locale in four letters (ISO 15924), such as `Cyrl`; empty if unknown."""
    named = next((part for part in locale.split("-")[1:] if len(part) == 4), "")
    return named or _FLORES.get(language(locale), "")[4:]


def candidates(kind: str, locale: str) -> list[str]:
    """How a kind of model may write a locale, the most exact first; empty if we cannot say.

    Args:
        kind: one of KINDS.
        locale: the locale. In a script that is not its usual one a language has another code,
            or none.
    """
    short = language(locale)
    usual = _FLORES.get(short, "")
    exact = f"{usual[:3]}_{script(locale)}" if usual else ""
    if kind == "nllb":
        found = [exact]
    elif kind == "opus":
        found = [f">>{exact}<<"]
        found += [f">>{usual[:3]}<<", f">>{short}<<"] if exact == usual else []
    elif exact == usual:
        found = [f"<2{short}>" if kind == "madlad" else f"__{short}__"]
    else:
        found = [f"<2{short}_{script(locale)}>"] if kind == "madlad" else []
    return [code for code in found if code not in ("", ">><<")]
