//! Lines above a manifest.

use mktlint_asset::Kind;
use mktlint_check::{CampaignFact, Whom};
use mktlint_diag::FilePath;
use mktlint_hir::model::item::ItemKind;

use super::names::declared;
use crate::policy::lens::counted;
use crate::{AssetFile, Lens, LensAction, View};

/// For each campaign of a manifest: its audience, its assets with their findings, and its tier with the reasons.
pub fn lenses(view: View<'_>, file: &AssetFile) -> Vec<Lens> {
    if file.spec.kind != Kind::Campaign {
        return Vec::new();
    }
    file.judged.facts.campaigns.iter().flat_map(|campaign| of_campaign(view, file, campaign)).collect()
}

fn of_campaign(view: View<'_>, file: &AssetFile, campaign: &CampaignFact) -> Vec<Lens> {
    let span = campaign.place.span;
    let lens = |title, action| Lens { span, title, action };
    let mut lenses: Vec<Lens> =
        audiences(view, campaign).into_iter().map(|(title, action)| lens(title, action)).collect();
    lenses.push(lens(assets(view, &file.path), None));
    lenses.extend(tier(campaign).map(|title| lens(title, None)));
    lenses
}

/// Each audience once.
fn audiences(view: View<'_>, campaign: &CampaignFact) -> Vec<(String, Option<LensAction>)> {
    let mut found: Vec<(String, Option<LensAction>)> = Vec::new();
    for named in &campaign.audience {
        let line = match &named.whom {
            Whom::Name(name) => {
                let meant = declared(view, name, |kind| kind == ItemKind::Audience);
                let path = match meant.as_slice() {
                    [(_, path)] => Some(path),
                    _ => None,
                };
                let item =
                    path.and_then(|path| view.find(ItemKind::Audience, path)).map(|own| view.item(own));
                let title = item.and_then(|item| item.title.as_ref());
                let title = title.map(|title| format!(": {title}")).unwrap_or_default();
                let action = path.map(|path| LensAction::ShowWitness { name: path.0.clone() });
                (format!("audience `{name}`{title}"), action)
            }
            Whom::Condition(_) => ("audience by a condition".to_owned(), None),
            Whom::Wrong(..) => continue,
        };
        if !found.contains(&line) {
            found.push(line);
        }
    }
    found
}

/// How many files the manifest speaks for, and their findings, its own among them.
fn assets(view: View<'_>, manifest: &FilePath) -> String {
    let manifests: Vec<&FilePath> = view
        .assets
        .files
        .iter()
        .filter(|(_, file)| !file.facts.campaigns.is_empty())
        .map(|(path, _)| path)
        .collect();
    let own = |path: &FilePath| path != manifest && nearest(&manifests, path) == Some(manifest);
    let files: Vec<_> = view.assets.files.iter().filter(|(path, _)| own(path)).collect();
    let of_manifest = view.assets.files.get(manifest);
    let alone = files.iter().map(|(_, file)| *file).chain(of_manifest).flat_map(|file| &file.findings);
    let paths = files.iter().map(|(path, _)| *path).chain([manifest]);
    let together = paths.filter_map(|path| view.assets.together.get(path)).flatten();
    let all = alone.chain(together);
    let n = all.filter(|found| found.counts() && view.texts.wants(found)).count();
    let findings = if n == 0 { "no findings".to_owned() } else { counted(n, "finding") };
    format!("{} of assets, {findings}", counted(files.len(), "file"))
}

/// The manifest in the nearest folder above `path`.
fn nearest<'m>(manifests: &[&'m FilePath], path: &str) -> Option<&'m FilePath> {
    let folder = |manifest: &FilePath| manifest.rfind('/').map_or(0, |at| at + 1);
    let is_above =
        |manifest: &&&FilePath| path.starts_with(manifest.get(..folder(manifest)).unwrap_or_default());
    manifests.iter().filter(is_above).max_by_key(|manifest| folder(manifest)).copied()
}

fn tier(campaign: &CampaignFact) -> Option<String> {
    let fact = &campaign.tier;
    let tier = fact.tier.as_ref()?;
    let reasons = fact.reasons.join("; ");
    let open = fact.undecided.iter().map(|why| format!("; undecided {why}")).collect::<String>();
    Some(format!("tier `{tier}`: {reasons}{open}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::Fixture;

    #[test]
    fn a_manifest_says_whom_what_and_how_risky() {
        let text = "contact { age: Int? }\n/// Grown-ups.\naudience adults \"Grown-ups\" = age? >= 18\n\
            tier low { when change only [metadata] }\ntier medium {}\n\
            tier high { when regions touch [DE]  yields to low }\n\
            rule pressure { match \"act now\"  error \"no\" }\n\
            //- a/campaign.yaml\nid: x$0\naudience: [adults, \"age? >= 21\"]\nregions: [DE]\n\
            //- a/emails/one.md\nAct now.\n//- a/emails/two.md\nSoon.\n//- a/b/campaign.yaml\nid: y\n\
            //- a/b/emails/three.md\nAct now.\n";
        let fixture = Fixture::new(text);
        let file = fixture.asset();
        let shown = |lens: &Lens| {
            let clicks = if lens.action.is_some() { " (shows example)" } else { "" };
            format!("{}: {}{clicks}", lens.span.slice(&file.text), lens.title)
        };
        let found: Vec<String> = lenses(fixture.view(), &file).iter().map(shown).collect();
        assert_eq!(
            found,
            [
                "x: audience `adults`: Grown-ups (shows example)",
                "x: audience by a condition",
                // The second one is that a fixture reads no conditions.
                "x: 2 files of assets, 2 findings",
                "x: tier `high`: `regions touch [DE]`: the campaign is seen in DE",
            ]
        );
    }
}
