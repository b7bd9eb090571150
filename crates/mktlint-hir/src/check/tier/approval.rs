//! Whether the members of roles are enough for what a tier asks of them.

use std::collections::BTreeSet;

use smol_str::SmolStr;

use super::{Declared, Problems};
use crate::codes;
use crate::db::{Db, Project};
use crate::model::item::{Approval, ItemKind, Meaning, Quorum};
use crate::people::{self, Items};

/// A tier that asks more roles is judged role by role alone: each set of roles is looked at.
const MOST_TOGETHER: usize = 10;

/// What is asked of one role, and who has it.
struct Asked<'t> {
    approval: &'t Approval,
    members: BTreeSet<SmolStr>,
}

impl Asked<'_> {
    fn n(&self) -> usize {
        match self.approval.count {
            Quorum::AtLeast(n) => n as usize,
            Quorum::All => self.members.len(),
        }
    }
}

/// Looks for a role that is asked twice, and for roles that have fewer members together than must approve: nobody
/// approves twice.
pub(super) fn judge(db: &dyn Db, project: Project, tier: &Declared<'_>, problems: &mut Problems<'_>) {
    let mut seen = BTreeSet::new();
    for approval in &tier.tier.approvals {
        if !seen.insert(&approval.role) {
            problems.add(tier, codes::impossible_approval::twice(approval.span, approval.role.name()));
            return;
        }
    }
    let items = people::Declared { db, project };
    let asked = tier.tier.approvals.iter().filter_map(|approval| {
        let item = items.item(ItemKind::Role, &approval.role)?;
        let Meaning::Role(role) = &item.meaning else { return None };
        let members: BTreeSet<SmolStr> = role.members.iter().cloned().collect();
        // A role that nobody has is reported where it is.
        (!members.is_empty()).then_some(Asked { approval, members })
    });
    let asked: Vec<Asked<'_>> = asked.collect();
    if let Some(few) = too_few(&asked) {
        let span = few.iter().map(|one| one.approval.span).reduce(mktlint_text::Span::cover);
        let names: Vec<&str> = few.iter().map(|one| one.approval.role.name()).collect();
        let wanted = few.iter().map(|one| one.n()).fold(0, usize::saturating_add);
        let span = span.unwrap_or(tier.item.name_span);
        problems.add(tier, codes::impossible_approval::too_few(span, &names, together(&few), wanted));
    }
}

fn together(roles: &[&Asked<'_>]) -> usize {
    roles.iter().flat_map(|role| &role.members).collect::<BTreeSet<_>>().len()
}

/// The fewest roles that have too few members together (Hall's theorem: where there are none, there is somebody for
/// each approval).
fn too_few<'a, 't>(asked: &'a [Asked<'t>]) -> Option<Vec<&'a Asked<'t>>> {
    let is_short = |roles: &[&Asked<'_>]| {
        roles.iter().map(|one| one.n()).fold(0, usize::saturating_add) > together(roles)
    };
    if let Some(alone) = asked.iter().find(|one| is_short(&[one])) {
        return Some(vec![alone]);
    }
    if asked.len() > MOST_TOGETHER {
        return None;
    }
    let subset = |bits: u32| -> Vec<&Asked<'t>> {
        asked.iter().zip(0..).filter(|(_, at)| bits & (1 << at) != 0).map(|(one, _)| one).collect()
    };
    let short = (1_u32..1 << asked.len()).filter(|bits| is_short(&subset(*bits)));
    short.min_by_key(|bits| bits.count_ones()).map(subset)
}
