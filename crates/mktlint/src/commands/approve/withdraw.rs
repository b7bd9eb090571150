//! `mktlint approve --withdraw`.

use mktlint_gate::record::Verdict;
use mktlint_gate::record::folder::new_id;
use smol_str::SmolStr;

use super::{Session, draft};
use crate::status::{Status, Stop};

/// Takes the decision `id` back, in the role in which it was made.
pub fn run(session: &Session<'_>, id: &str) -> Result<Status, Stop> {
    let Some(entry) = session.ledger.get(id) else {
        return Err(Stop::Usage(format!("there is no decision `{id}`; `mktlint decisions` lists them")));
    };
    let own = &entry.file.record;
    if let Some(earlier) = session.ledger.withdrawal(entry) {
        return Err(Stop::Usage(format!("`{}` has taken `{id}` back already", earlier.file.record.id)));
    }
    if own.verdict == Verdict::Withdrawn {
        return Err(Stop::Usage(format!("`{id}` takes something back itself; decide anew instead")));
    }
    let role = session.args.role.as_deref().map(SmolStr::new).or_else(|| own.role.clone());
    let Some(role) = role else {
        return Err(Stop::Usage(format!("`{id}` was decided in no role; say yours with `--role`")));
    };
    let voice = session.voice(&role)?;
    let mut record = draft::blank(session, Verdict::Withdrawn, own.unit.clone(), own.policy, &voice);
    record.tier = own.tier.clone();
    record.withdraws = Some(own.id.clone());
    record.id = new_id(&record).into();
    let said = format!("{} `{}` of {} in `{}`, for {}\n", own.verdict, own.id, own.person, role, own.unit);
    session.console.show(&format!("{} takes back:\n  {said}", voice.person))?;
    session.record(&record, &voice)
}
