//! Country and language codes.

use smol_str::{SmolStr, format_smolstr};

/// ISO 3166-1 alpha-2 codes, officially assigned, plus `XK` (user-assigned, Kosovo) which platforms accept.
pub static COUNTRIES: &str = "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW";

/// ISO 639-1 codes.
pub static LANGUAGES: &str = "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu";

/// Codes that people write for a country whose code is another.
const ALIASES: [(&str, &str); 2] = [("UK", "GB"), ("EL", "GR")];

/// The country that `code` stands for; `UK` and `EL` are taken as `GB` and `GR`.
pub fn country(code: &str) -> Option<&'static str> {
    let code = ALIASES.iter().find(|(alias, _)| *alias == code).map_or(code, |(_, code)| code);
    listed(COUNTRIES, code)
}

/// `code` in a list of codes of two letters, in order, with a space between each two. Every rule about a country asks.
fn listed(codes: &'static str, code: &str) -> Option<&'static str> {
    let (mut low, mut high) = (0, codes.len() / 3 + 1);
    while low < high {
        let middle = usize::midpoint(low, high);
        let own = codes.get(3 * middle..3 * middle + 2)?;
        match own.cmp(code) {
            std::cmp::Ordering::Equal => return Some(own),
            std::cmp::Ordering::Less => low = middle + 1,
            std::cmp::Ordering::Greater => high = middle,
        }
    }
    None
}

/// The language that `code` stands for, with a country behind it or without: `en`; `de-AT` for `de_AT` too.
pub fn language(code: &str) -> Option<SmolStr> {
    let (language, region) = code.split_once(['-', '_']).map_or((code, None), |(a, b)| (a, Some(b)));
    let language = listed(LANGUAGES, language)?;
    match region {
        Some(region) => Some(format_smolstr!("{language}-{}", country(region)?)),
        None => Some(language.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_have_as_many_codes_as_the_standards() {
        assert_eq!(COUNTRIES.split(' ').count(), 249 + 1);
        assert_eq!(LANGUAGES.split(' ').count(), 183 + 1);
    }

    #[test]
    fn every_code_is_found_and_nothing_else() {
        for codes in [COUNTRIES, LANGUAGES] {
            assert!(codes.split(' ').all(|code| listed(codes, code) == Some(code)));
            assert_eq!(["", "A", "AAA", "0", "zzz", "é"].map(|code| listed(codes, code)), [None; 6]);
        }
    }

    #[test]
    fn aliases_are_understood() {
        assert_eq!(country("UK"), Some("GB"));
        assert_eq!(country("EU"), None);
        assert_eq!(language("de_AT").as_deref(), Some("de-AT"));
        assert_eq!(language("DE"), None);
    }
}
