//! Audiences without the people whom suppressions keep out.

use mktlint_decide::{Formula, Value};
use mktlint_diag::closest;

use crate::console::Console;
use crate::people::{Crowd, Group, attributes};
use crate::status::Stop;

/// Whom a message reaches.
#[derive(Clone, Debug, clap::Args)]
pub struct Reach {
    /// Leave out the people whom suppressions keep out
    #[arg(long)]
    pub minus_suppressions: bool,
    /// The channel of the message: only suppressions that count there
    #[arg(long, value_name = "CHANNEL", requires = "minus_suppressions")]
    pub channel: Option<String>,
    /// The purpose of the message, which can lift suppressions
    #[arg(long, value_name = "PURPOSE", requires = "minus_suppressions", default_value = "marketing")]
    pub purpose: String,
}

/// The attribute that [`Reach::purpose`] gives.
const PURPOSE: &str = "campaign.purpose";

impl Reach {
    /// The suppressions that count, each with the condition that it keeps people out by.
    ///
    /// # Errors
    /// When no suppression could count on such a channel, or the purpose does not exist.
    pub fn suppressions(&self, crowd: &Crowd, console: &Console) -> Result<Vec<(String, Formula)>, Stop> {
        if !self.minus_suppressions {
            return Ok(Vec::new());
        }
        self.check(crowd)?;
        let counts = |group: &Group<'_>| {
            let channels = group.channels();
            let channel = self.channel.as_deref();
            channels.is_empty() || channel.is_none_or(|channel| channels.contains(&channel))
        };
        let all = crowd.suppressions().into_iter().filter(counts);
        Ok(all.filter_map(|group| self.kept_out(&group, crowd, console)).collect())
    }

    /// The people of `group` without those of `suppressions`.
    pub fn formula(group: &Group<'_>, suppressions: &[(String, Formula)]) -> Formula {
        let others = suppressions.iter().filter(|(name, _)| name != group.name);
        let parts: Vec<Formula> =
            others.map(|(_, formula)| Formula::Not(Box::new(formula.clone()))).collect();
        match parts.is_empty() {
            true => group.own(),
            false => Formula::And(std::iter::once(group.own()).chain(parts).collect()),
        }
    }

    /// Whom the suppression keeps out, its `unless` settled; `None` when that lifts it for everybody. What hangs on
    /// more of the campaign than its purpose does not lift it, so that nobody is written to by mistake.
    fn kept_out(&self, group: &Group<'_>, crowd: &Crowd, console: &Console) -> Option<(String, Formula)> {
        let unless = group.unless();
        let purpose = Value::Name(self.purpose.as_str().into());
        let unless = unless.map(|unless| unless.given(PURPOSE, Some(&purpose), crowd.now));
        let formula = match unless {
            None | Some(Formula::Const(false)) => group.own(),
            Some(Formula::Const(true)) => return None,
            Some(unless) => {
                let names = attributes(&unless);
                let of_campaign = names
                    .iter()
                    .find(|name| crowd.schema().find(name).is_none_or(|attribute| !attribute.of_contact));
                match of_campaign {
                    None => group.own().minus(unless),
                    Some(name) => {
                        console.note(&format!(
                            "`{}` is subtracted whatever `{name}` is; its `unless` hangs on that",
                            group.name
                        ));
                        group.own()
                    }
                }
            }
        };
        Some((group.name.to_owned(), formula))
    }

    fn check(&self, crowd: &Crowd) -> Result<(), Stop> {
        let unknown = |what: &str, word: &str, known: Vec<String>| {
            if known.is_empty() || known.iter().any(|it| it == word) {
                return Ok(());
            }
            let help = match closest(word, known.iter().map(String::as_str)) {
                Some(near) => format!("did you mean `{near}`?"),
                None => {
                    let all: Vec<String> = known.iter().map(|it| format!("`{it}`")).collect();
                    format!("it can be {}", all.join(", "))
                }
            };
            Err(Stop::Usage(format!("no {what} is called `{word}`; {help}")))
        };
        unknown("purpose", &self.purpose, crowd.members(PURPOSE))?;
        match &self.channel {
            Some(channel) => unknown("channel", channel, crowd.members("campaign.channel")),
            None => Ok(()),
        }
    }
}
