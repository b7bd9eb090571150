//! A workspace of a policy of ten thousand lines and a thousand assets of up to 50 KB; the same at each call.

use std::fmt::Write as _;

/// Assets besides the manifests of their campaigns.
pub const N_ASSETS: u32 = 1_000;

/// Campaigns, each with a folder and a manifest.
pub const N_CAMPAIGNS: u32 = 50;

/// Groups of declarations; each takes twenty-two lines.
const N_GROUPS: u32 = 452;

/// The policy file.
pub const POLICY: &str = "policy/main.mkt";

/// Every file, with its path from the root.
pub fn files() -> impl Iterator<Item = (String, String)> {
    let fixed = [("mktlint.toml".to_owned(), "name = \"big\"\n".to_owned()), (POLICY.to_owned(), policy())];
    fixed.into_iter().chain((0..N_CAMPAIGNS).map(manifest)).chain((0..N_ASSETS).map(asset))
}

/// A policy of about ten thousand lines.
pub fn policy() -> String {
    let mut text = String::from(
        "enforce std.recommended\n\n\
         contact {\n  country: Country\n  age: Int? in 0..=130\n  stage: Stage\n  last_order: Date?\n  spend: Int? in 0..=100000\n}\n\n\
         lifecycle Stage { lead -> customer -> lapsed -> customer }\n\n\
         region dach = [DE, AT, CH]\n\n\
         audience adults = age? >= 18\n\n\
         disclosure results_vary \"Results vary.\" { says \"Results may vary.\" }\n\n",
    );
    for n in 0..N_GROUPS {
        group(n, &mut text);
    }
    text
}

fn group(n: u32, text: &mut String) {
    let word = WORDS[n as usize % WORDS.len()];
    let level = ["error", "warning", "info"][n as usize % 3];
    // Writing to a string cannot fail.
    let _ = write!(
        text,
        "/// People of group {n}.\n\
         audience group_{n} =\n  stage == lapsed and country in dach and last_order? older than {n} days\n\n\
         claim claim_{n} {{\n  says \"surely proven {n}\" | \"tested {n} times\" | \"{word} works in {n} days\"\n  needs disclosure results_vary within 1 paragraph\n  never in [DE, FR]\n  because \"house rule {n}\"\n}}\n\n\
         /// Keeps subjects of group {n} short.\n\
         rule length_{n} on Email.subject where purpose != transactional {{\n  require length(it) <= {} and not (it contains \"offer {n}\")\n  {level} \"the subject is {{length(it)}} characters\"\n}}\n\n\
         rule say_{n} {{\n  match \"{word} {n}\"\n  {level} \"do not write {{match}}\"\n  fix replace match with \"{word}\"\n}}\n\n",
        40 + n % 60
    );
}

fn manifest(n: u32) -> (String, String) {
    let audience = match n % 3 {
        0 => "adults".to_owned(),
        1 => format!("group_{n}"),
        _ => format!("age > {} and country in [DE, FR]", 18 + n),
    };
    let text = format!(
        "id: campaign-{n}\nchannel: [email, social]\npurpose: marketing\nregions: [{}]\naudience: {audience}\n\
         send_date: 2026-12-{:02}\n",
        ["US", "DE, AT", "FR"][n as usize % 3],
        n % 28 + 1
    );
    (format!("campaigns/{n:03}/campaign.yaml"), text)
}

/// The asset number `n`: one in four is as large as they get, 50 KB.
pub fn asset(n: u32) -> (String, String) {
    let mut dice = Dice(u64::from(n) + 1);
    let size = if n.is_multiple_of(4) { 50_000 } else { 1_500 + dice.below(18_000) as usize };
    let (name, text) = match n % 8 {
        0..=2 => ("html", html(size, n, &mut dice)),
        3 | 4 => ("md", markdown(size, n, &mut dice)),
        5 => ("csv", csv(size, n, &mut dice)),
        6 => ("txt", plain(size.min(400), &mut dice)),
        _ => ("mjml", mjml(size, n, &mut dice)),
    };
    let folder = if name == "txt" { "sms-" } else { "" };
    (format!("campaigns/{:03}/{folder}{n:04}.{name}", n % N_CAMPAIGNS), text)
}

fn html(size: usize, n: u32, dice: &mut Dice) -> String {
    let mut text = format!(
        "<html lang=\"en\"><head><title>News {n}</title>\n<meta name=\"subject\" content=\"News {n} for you\"></head>\n<body>\n<h1>News</h1>\n"
    );
    while text.len() < size {
        let link = link(n, dice);
        let _ =
            writeln!(text, "<p style=\"margin:0\">{} <a href=\"{link}\">see more</a></p>", sentence(dice));
        if dice.below(6) == 0 {
            let _ = writeln!(text, "<img src=\"https://cdn.big.example/{n}.png\" alt=\"{}\">", word(dice));
        }
    }
    text.push_str("<p><a href=\"https://big.example/unsubscribe\">Unsubscribe</a></p>\n</body></html>\n");
    text
}

fn mjml(size: usize, n: u32, dice: &mut Dice) -> String {
    let mut text = format!("<mjml><mj-head><mj-title>News {n}</mj-title></mj-head><mj-body>\n");
    while text.len() < size {
        let _ = writeln!(
            text,
            "<mj-section><mj-column><mj-text>{}</mj-text><mj-button href=\"{}\">Shop</mj-button></mj-column></mj-section>",
            sentence(dice),
            link(n, dice)
        );
    }
    text.push_str("</mj-body></mjml>\n");
    text
}

fn markdown(size: usize, n: u32, dice: &mut Dice) -> String {
    let mut text = format!("---\ntitle: Post {n}\n---\n\n# Post {n}\n\n");
    while text.len() < size {
        let _ = write!(text, "{} [more]({}). {}\n\n", sentence(dice), link(n, dice), sentence(dice));
        if dice.below(8) == 0 {
            let _ = write!(text, "## {}\n\n", word(dice));
        }
    }
    text
}

fn csv(size: usize, n: u32, dice: &mut Dice) -> String {
    let mut text = "Headline 1,Headline 2,Description 1,Final URL\n".to_owned();
    while text.len() < size {
        let link = link(n, dice);
        let _ = writeln!(text, "{} {},{},\"{}\",{link}", word(dice), word(dice), word(dice), sentence(dice));
    }
    text
}

fn plain(size: usize, dice: &mut Dice) -> String {
    let mut text = String::new();
    while text.len() < size {
        text.push_str(&sentence(dice));
        text.push(' ');
    }
    text.push('\n');
    text
}

fn link(n: u32, dice: &mut Dice) -> String {
    let campaign = n % N_CAMPAIGNS;
    format!(
        "https://big.example/{}?utm_source=newsletter&utm_medium=email&utm_campaign=campaign-{campaign}",
        word(dice)
    )
}

/// A sentence; about one in ninety says what the policy knows.
fn sentence(dice: &mut Dice) -> String {
    let mut text = String::new();
    for _ in 0..6 + dice.below(10) {
        text.push_str(word(dice));
        text.push(' ');
    }
    if dice.below(90) == 0 {
        let n = dice.below(N_GROUPS);
        let _ = match dice.below(3) {
            0 => write!(text, "surely proven {n} "),
            1 => write!(text, "tested {n} times "),
            _ => write!(text, "{} {n} ", WORDS[n as usize % WORDS.len()]),
        };
    }
    text.push_str("today.");
    text
}

fn word(dice: &mut Dice) -> &'static str {
    WORDS[dice.below(WORDS.len() as u32) as usize]
}

/// Numbers that look thrown; the same for the same start.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: u32) -> u32 {
        // Knuth's multiplier; the high bits are the good ones.
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % u64::from(most.max(1))) as u32
    }
}

const WORDS: [&str; 40] = [
    "serum", "cream", "skin", "light", "gentle", "morning", "evening", "fresh", "new", "bottle", "travel",
    "winter", "summer", "season", "order", "delivery", "friends", "family", "gift", "price", "people",
    "team", "simple", "care", "routine", "water", "sun", "shade", "city", "garden", "story", "letter",
    "colour", "paper", "quiet", "bright", "small", "large", "first", "second",
];
