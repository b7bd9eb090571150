//! The packs that fit what is here.

use mktlint_asset::Kind;

use super::library::Library;
use super::survey::Survey;

/// What a pack is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    /// What a platform or a template language takes: nobody means to break it.
    Limit,
    /// Good practice, which not everybody shares.
    Practice,
    /// Law of some country.
    Law,
}

/// A pack that may fit.
#[derive(Clone, Copy, Debug)]
pub struct Offer {
    /// Its name.
    pub pack: &'static str,
    /// What it is for, in a few words.
    pub why: &'static str,
    class: Class,
    fits: fn(&Found<'_>) -> bool,
}

/// What the table asks about.
struct Found<'f> {
    survey: &'f Survey,
    library: &'f Library<'f>,
}

impl Found<'_> {
    fn has(&self, kind: Kind) -> bool {
        self.survey.kinds.contains_key(&kind)
    }

    /// Whether there are messages to people by name.
    fn writes_to_people(&self) -> bool {
        self.has(Kind::Email) || self.has(Kind::Sms)
    }

    /// Whether advertisements run on one of `networks`.
    fn ads(&self, networks: &[&str]) -> bool {
        self.survey.runs_on(Kind::Ad, networks)
    }

    fn posts(&self, networks: &[&str]) -> bool {
        self.survey.runs_on(Kind::SocialPost, networks)
    }

    fn tags(&self, dialect: &str) -> bool {
        self.survey.dialects.contains_key(dialect)
    }

    /// Whether a manifest names a country of `region`, which is one itself or a region of the library.
    fn reaches(&self, region: &str) -> bool {
        self.survey.regions.iter().any(|word| word == region || self.library.is_in(word, region))
    }

    /// As [`Found::reaches`], also where no manifest says any country.
    fn may_reach(&self, region: &str) -> bool {
        self.survey.regions.is_empty() || self.reaches(region)
    }
}

const fn limit(pack: &'static str, why: &'static str, fits: fn(&Found<'_>) -> bool) -> Offer {
    Offer { pack, why, class: Class::Limit, fits }
}

const fn practice(pack: &'static str, why: &'static str, fits: fn(&Found<'_>) -> bool) -> Offer {
    Offer { pack, why, class: Class::Practice, fits }
}

const fn law(pack: &'static str, why: &'static str, fits: fn(&Found<'_>) -> bool) -> Offer {
    Offer { pack, why, class: Class::Law, fits }
}

const GOOGLE: &[&str] = &["google", "googleads", "adwords"];

/// Every pack that is offered, in the order of the policy.
const OFFERS: &[Offer] = &[
    limit("std.ads.google_rsa", "what fits into search ads of Google", |it| it.ads(GOOGLE)),
    limit("std.ads.google_display", "what fits into display ads of Google", |it| it.ads(GOOGLE)),
    limit("std.ads.google_pmax", "what an asset group of Google needs", |it| it.ads(GOOGLE)),
    limit("std.ads.google_editorial", "signs and capitals that Google refuses", |it| it.ads(GOOGLE)),
    limit("std.ads.microsoft", "what fits into ads of Microsoft", |it| it.ads(&["microsoft", "bing"])),
    limit("std.ads.meta", "what fits into ads of Meta", |it| {
        it.ads(&["meta", "facebook", "fb", "instagram"])
    }),
    limit("std.ads.linkedin", "what fits into ads on LinkedIn", |it| it.ads(&["linkedin"])),
    limit("std.ads.tiktok", "what fits into ads on TikTok", |it| it.ads(&["tiktok"])),
    limit("std.ads.pinterest", "what fits into promoted pins", |it| it.ads(&["pinterest"])),
    limit("std.social.x", "what a post on X takes", |it| it.posts(&["x", "twitter"])),
    limit("std.social.bluesky", "what a post on Bluesky takes", |it| it.posts(&["bluesky", "bsky"])),
    limit("std.social.facebook", "what a post on Facebook takes", |it| it.posts(&["facebook", "fb"])),
    limit("std.social.instagram", "what a post on Instagram takes", |it| it.posts(&["instagram", "ig"])),
    limit("std.social.linkedin", "what a post on LinkedIn takes", |it| it.posts(&["linkedin"])),
    limit("std.social.pinterest", "what a pin takes", |it| it.posts(&["pinterest"])),
    limit("std.social.reddit", "what a post on Reddit takes", |it| it.posts(&["reddit"])),
    limit("std.social.telegram", "what a message on Telegram takes", |it| it.posts(&["telegram"])),
    limit("std.social.threads", "what a post on Threads takes", |it| it.posts(&["threads"])),
    limit("std.social.tiktok", "what a post on TikTok takes", |it| it.posts(&["tiktok"])),
    limit("std.social.youtube", "what a video on YouTube takes", |it| it.posts(&["youtube", "yt"])),
    limit("std.stores", "what the app stores take", |it| it.has(Kind::AppListing)),
    limit("std.templates.liquid", "tags of Liquid that print nothing", |it| it.tags("liquid")),
    limit("std.templates.handlebars", "tags of Handlebars that go wrong", |it| it.tags("handlebars")),
    limit("std.templates.jinja", "tags of Jinja that go wrong", |it| it.tags("jinja")),
    limit("std.templates.mailchimp", "merge tags of Mailchimp", |it| it.tags("mailchimp")),
    limit("std.templates.ampscript", "tags of Marketing Cloud", |it| it.tags("ampscript")),
    practice("std.email.structure", "messages that arrive whole", |it| it.has(Kind::Email)),
    practice("std.email.subject", "subjects that inboxes show whole", |it| it.has(Kind::Email)),
    practice("std.email.dark_patterns", "tricks that readers hold against you", |it| it.has(Kind::Email)),
    practice("std.email.bulk_sender", "what Gmail and Yahoo ask of senders", |it| it.has(Kind::Email)),
    practice("std.push", "notifications that can be read at a glance", |it| it.has(Kind::Push)),
    practice("std.utm", "campaign tags of links", |it| !it.survey.hosts.is_empty()),
    practice("std.links", "links that give somebody away or lead nowhere", |it| it.survey.n_links > 0),
    practice("std.style.inclusive", "wording that leaves nobody out", |it| it.survey.has_prose()),
    practice("std.style.readability", "sentences that people finish", |it| it.survey.has_prose()),
    practice("std.style.superlatives", "best and first need proof", |it| it.survey.has_prose()),
    law("std.us.can_spam", "email to people in the US", |it| it.has(Kind::Email) && it.may_reach("US")),
    law("std.us.cema", "subjects of email in the US", |it| it.has(Kind::Email) && it.reaches("US")),
    law("std.us.tcpa", "texts to people in the US", |it| it.has(Kind::Sms) && it.may_reach("US")),
    law("std.sms.ctia", "what carriers in the US and Canada ask", |it| {
        it.has(Kind::Sms) && (it.may_reach("US") || it.reaches("CA"))
    }),
    law("std.sms.quiet_hours", "when texts may arrive in the US", |it| it.has(Kind::Sms) && it.reaches("US")),
    law("std.us.ftc_endorsement", "reviews and endorsements in the US", |it| it.reaches("US")),
    law("std.us.ftc_pricing", "prices and free offers in the US", |it| it.reaches("US")),
    law("std.us.ftc_green", "environmental claims in the US", |it| it.reaches("US")),
    law("std.ca.casl", "messages to people in Canada", |it| it.writes_to_people() && it.reaches("CA")),
    law("std.eu.gdpr", "messages to people in the EU", |it| it.writes_to_people() && it.may_reach("EEA")),
    law("std.eu.price_reductions", "announced reductions in the EU", |it| it.reaches("EU")),
    law("std.eu.ucpd", "unfair practices in the EU", |it| it.reaches("EU")),
    law("std.eu.green_claims", "environmental claims in the EU", |it| it.reaches("EU")),
    law("std.uk.pecr", "messages to people in the UK", |it| it.writes_to_people() && it.reaches("GB")),
    law("std.uk.cap_code", "advertising in the UK", |it| it.reaches("GB")),
    law("std.au.spam_act", "messages to people in Australia", |it| it.writes_to_people() && it.reaches("AU")),
    law("std.tr.iys", "messages to people in Turkey", |it| it.writes_to_people() && it.reaches("TR")),
    law("std.audience.suppression_classes", "whom to leave alone", |it| it.survey.names_audiences),
];

/// The packs that fit, by what putting them in force means.
#[derive(Debug, Default)]
pub struct Offers {
    /// What a platform takes, and nothing has to be told: in force from the start.
    pub ready: Vec<Offer>,
    /// Practice that needs nothing to be told either.
    pub taste: Vec<Offer>,
    /// Those that ask what no file shows.
    pub asking: Vec<Offer>,
}

impl Offers {
    /// The packs that fit what `survey` found.
    pub fn of(survey: &Survey, library: &Library<'_>) -> Self {
        let found = Found { survey, library };
        let mut offers = Self::default();
        for offer in OFFERS.iter().filter(|offer| (offer.fits)(&found)) {
            let asks = !library.asked(offer.pack).is_empty();
            match offer.class {
                Class::Limit if !asks => offers.ready.push(*offer),
                Class::Practice if !asks => offers.taste.push(*offer),
                _ => offers.asking.push(*offer),
            }
        }
        offers
    }

    /// How many.
    pub fn n(&self) -> usize {
        self.ready.len() + self.taste.len() + self.asking.len()
    }
}

/// The names of all packs that are ever offered.
#[cfg(test)]
pub fn all() -> impl Iterator<Item = &'static str> {
    OFFERS.iter().map(|offer| offer.pack)
}
