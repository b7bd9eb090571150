//! From words of an asset to what the policy says of them.

use mktlint_asset::{PartKind, keys, names};
use mktlint_check::spoken_at;
use mktlint_diag::Place;

use super::at::{At, judge, source, words};
use super::hover::params_of;
use super::schema;
use crate::{AssetFile, View};

/// Where the policy declares what stands at `offset`: an audience, a merge tag, a rule that a directive names, a
/// tracking parameter, a fact, a claim or disclosure; then the rules that have findings there. Each place once.
pub fn definition(view: View<'_>, file: &AssetFile, offset: u32) -> Vec<Place> {
    let Some(at) = At::new(view, file, offset) else { return Vec::new() };
    let mut places: Vec<Place> = Vec::new();
    let mut add = |place: Place| {
        if !places.contains(&place) {
            places.push(place);
        }
    };
    thing(&at).into_iter().for_each(&mut add);
    if let Some((judge, _)) = judge(view) {
        spoken_at(judge, &source(file), offset).into_iter().for_each(|spoken| add(spoken.place));
    }
    for found in at.findings() {
        match rule(view, &found.code) {
            Some(place) => add(place),
            // A code of mktlint's own has no declaration, but often says which one it is about.
            None => found
                .secondary
                .iter()
                .filter(|label| view.policy(&label.place.file).is_some())
                .for_each(|label| add(label.place.clone())),
        }
    }
    places
}

fn rule(view: View<'_>, name: &str) -> Option<Place> {
    let declaration = view.find_rule(name)?;
    Some(view.place(declaration, view.item(declaration).name_span))
}

fn thing(at: &At<'_>) -> Option<Place> {
    named(at).or_else(|| key(at)).or_else(|| tag(at)).or_else(|| parameter(at))
}

fn named(at: &At<'_>) -> Option<Place> {
    let (_, declaration, item) = super::hover::named(at)?;
    Some(at.view.place(declaration, item.name_span))
}

/// The fact or field that a key stands for.
fn key(at: &At<'_>) -> Option<Place> {
    let key = keys(&at.file.text, at.asset.format).into_iter().find(|key| key.name.touches(at.offset))?;
    let last = key.path.rsplit('.').next().unwrap_or(&key.path);
    let kind = at.asset.kind;
    let field = schema::field(at.view, kind, &key.path.replace('.', "_"));
    match field {
        Some(field) => schema::place(at.view, kind, field),
        None => schema::fact(at.view, last).map(|fact| fact.place),
    }
}

fn tag(at: &At<'_>) -> Option<Place> {
    let plan = at.plan()?;
    let (name, _) = words(at.asset, at.part(PartKind::MergeTag)?, names::NAME)?;
    plan.merge(name).map(|merge| plan.place(merge.place))
}

/// The clause of a convention for the parameter of a link.
fn parameter(at: &At<'_>) -> Option<Place> {
    let plan = at.plan()?;
    let address = at.address()?;
    let link = address.link();
    let mut pairs = link.query.iter();
    let pair = pairs.find(|pair| address.source(at.asset, &pair.range).touches(at.offset))?;
    let name = pair.key.text().strip_prefix("utm_")?;
    let mut params = params_of(at, plan, &link);
    params.find(|(_, param)| plan.str(param.name) == name).map(|(_, param)| plan.place(param.place))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::Fixture;

    const POLICY: &str = "contact { age: Int? }
audience adults = age? >= 18
fact checked: Bool
rule pressure { match \"act now\"  error \"no\" }
rule ready on Campaign { require checked  error \"no\" }
disclosure note \"See our study\"
claim proven { says \"clinically proven\"  needs disclosure note }
merge first_name { length 1..=14 }
utm mail on email { source = x  medium = email }
";

    /// The lines of the places, and the words there.
    #[track_caller]
    fn check(asset: &str, expected: &[&str]) {
        let fixture = Fixture::new(&format!("{POLICY}//- {asset}"));
        let view = fixture.view();
        let words = |place: &Place| {
            let text = view.policy(&place.file).expect("a policy").text(view.db);
            place.span.slice(text).to_owned()
        };
        let found: Vec<String> =
            definition(view, &fixture.asset(), fixture.offset).iter().map(words).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn findings_lead_to_their_rules() {
        check("blog/a.md\n**ac$0t** now\n", &["pressure"]);
        check("emails/a.mjml\n<mjml><mj-body><mj-text>ac$0t now</mj-text></mj-body></mjml>\n", &["pressure"]);
        check("sms/a.csv\nText\n\"Act no$0w\"\n", &["pressure"]);
        check("blog/a.md\nWords$0\n", &[]);
    }

    #[test]
    fn claims_and_disclosures_lead_to_theirs() {
        check("blog/a.md\nIt is clinic$0ally proven. See our study.\n", &["proven"]);
        check("blog/a.md\nIt is clinically proven. See our st$0udy.\n", &["note"]);
    }

    #[test]
    fn manifests_lead_to_audiences_and_facts() {
        check("campaign.yaml\nid: a\naudience: [adu$0lts]\n", &["adults"]);
        check(
            "campaign.json\n{\"id\": \"a\", \"checked\": true, \"audience\": \"adults and age? > 20$0\"}\n",
            &[],
        );
        check("campaign.toml\nid = \"a\"\nche$0cked = true\n", &["checked"]);
        check("campaign.toml\nid = \"a\"\npurp$0ose = \"legal\"\n", &["purpose"]);
    }

    #[test]
    fn tags_lead_to_their_bounds() {
        check("emails/a.html\n<p>{{ first_$0name }}</p>\n", &["first_name"]);
        check(
            "emails/a.html\n<a href=\"https://a.example/?utm_sour$0ce=x\">x</a>\n",
            &["source = x", "mail"],
        );
    }

    #[test]
    fn directives_lead_to_rules() {
        check("blog/a.md\n<!-- mktlint: waive press$0ure because \"x\" -->\n\nAct now\n", &["pressure"]);
    }
}
