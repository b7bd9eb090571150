//! `--select` and `--ignore`.

use std::collections::BTreeSet;

use mktlint_diag::{Diagnostic, closest};
use mktlint_hir::db::STANDARD_LIBRARY;
use mktlint_host::{Checked, codes, config};
use smol_str::SmolStr;

use super::Args;
use crate::catalog::{self, names};
use crate::status::Stop;

/// Which rules are wanted.
#[derive(Debug)]
pub struct Selection(config::Selection);

impl Selection {
    /// What flags and configuration say; flags that select go before a configuration that does.
    ///
    /// Names that no rule has are wrong usage. Where the policy did not compile nobody knows them.
    pub fn new(args: &Args, checked: &Checked) -> Result<Self, Stop> {
        Self::given(&args.select, &args.ignore, checked)
    }

    /// What the configuration says alone.
    pub fn of_configuration(checked: &Checked) -> Result<Self, Stop> {
        Self::given(&[], &[], checked)
    }

    fn given(wanted: &[String], unwanted: &[String], checked: &Checked) -> Result<Self, Stop> {
        let given = |names: &[String]| names.iter().map(SmolStr::new).collect::<Vec<SmolStr>>();
        let select = if wanted.is_empty() { checked.select.clone() } else { given(wanted) };
        let mut ignore = given(unwanted);
        ignore.extend(checked.ignore.iter().cloned());
        let selection = Self(config::Selection { select, ignore });
        if !checked.bad_policy && !checked.bad_config && !selection.is_empty() {
            let known = known(checked);
            verify(wanted.iter().chain(unwanted).map(String::as_str), &known).map_err(Stop::Usage)?;
            verify(checked.select.iter().chain(&checked.ignore).map(SmolStr::as_str), &known)
                .map_err(|message| Stop::Usage(format!("in `{}`: {message}", config::FILE)))?;
        }
        Ok(selection)
    }

    fn is_empty(&self) -> bool {
        self.0 == config::Selection::default()
    }

    /// Whether findings like `found` are wanted. What was not judged is told in any case.
    pub fn wants(&self, found: &Diagnostic) -> bool {
        self.0.wants(found)
    }

    /// Leaves out what is not wanted.
    pub fn apply(&self, checked: &mut Checked) {
        if checked.bad_policy || checked.bad_config {
            return;
        }
        checked.findings.retain(|found| self.wants(found));
        checked.undecided =
            checked.waits || checked.findings.iter().any(|found| found.undecided && found.counts());
    }
}

/// Says which of `wanted` no rule is called.
fn verify<'n>(wanted: impl Iterator<Item = &'n str>, known: &BTreeSet<SmolStr>) -> Result<(), String> {
    for name in wanted {
        let packs = || STANDARD_LIBRARY.iter().map(|(_, module, _)| *module);
        let in_pack = || STANDARD_LIBRARY.iter().any(|(_, module, text)| is_in_pack(name, module, text));
        if !known.iter().any(|known| names(name, known)) && !in_pack() {
            return Err(codes::selection::of(name, nearest(name, known).or_else(|| closest(name, packs()))));
        }
    }
    Ok(())
}

/// The names of all rules in force and all codes.
fn known(checked: &Checked) -> BTreeSet<SmolStr> {
    let plans = checked.plans.iter();
    let rules = plans.flat_map(|plan| catalog::of_plan(plan, Clone::clone)).map(|rule| rule.id);
    let codes = catalog::codes().into_iter().map(|code| SmolStr::new(code.id));
    rules.chain(codes).collect()
}

/// Whether `name` is a pack, or a rule of one, that need not be in force.
fn is_in_pack(name: &str, module: &str, text: &str) -> bool {
    if names(name, module) || module.starts_with(&format!("{name}.")) {
        return true;
    }
    let (own, last) = name.rsplit_once('.').unwrap_or(("", name));
    let declares = || {
        mktlint_syntax::chunks(text).iter().any(|chunk| chunk.name.as_ref().is_some_and(|it| it.text == last))
    };
    (own.is_empty() || own == module) && declares()
}

fn nearest<'k>(name: &str, known: &'k BTreeSet<SmolStr>) -> Option<&'k str> {
    let last_word = |name: &'k SmolStr| name.rsplit('.').next().unwrap_or(name);
    closest(name, known.iter().map(SmolStr::as_str)).or_else(|| closest(name, known.iter().map(last_word)))
}
