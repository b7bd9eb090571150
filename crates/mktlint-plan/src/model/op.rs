//! Instructions.

use mktlint_asset::PartKind;
use mktlint_hir::model::builtin::Builtin;
use mktlint_hir::model::expr::{Arithmetic, Comparison, Meeting, Quantifier, Temporal, TextTest};
use mktlint_measure::text::Shape;
use serde::{Deserialize, Serialize};

use super::change::Kinds;
use super::ids::{ClaimId, CodeId, ConstId, InclusionId, PatternId, Seq, StrId};
use super::remote;

/// One step of a code.
///
/// Code is straight: jumps only go forward and stay inside, so one run of a code takes at most as many steps as it
/// has. [`Op::ForEach`] and [`Op::Call`] run a code with a smaller number, so nothing recurs.
/// [`crate::verify`] checks that, and that every path leaves exactly one value.
///
/// *Known* below is neither missing nor unknown. Unless an instruction says otherwise, an unknown operand (the first,
/// when there are several) is the result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Op {
    /// Pushes a value of the policy. Stack: `-> value`.
    Const(ConstId),
    /// Pushes missing. Stack: `-> value`.
    Missing,
    /// Pushes unknown, with the words that say which input is needed. Stack: `-> value`.
    Unknown(StrId),
    /// Pushes the send date, else the date of the run. Stack: `-> value`.
    Now,
    /// Pushes what is judged. Stack: `-> value`.
    It,
    /// Pushes the asset that is judged, or that `it` is part of. Stack: `-> record`.
    Asset,
    /// Pushes the campaign of the asset; its fields are unknown when there is none. Stack: `-> record`.
    Campaign,
    /// Pushes the matched words; unknown where nothing was matched. Stack: `-> text`.
    Match,
    /// Pushes a parameter or the variable of a loop. Stack: `-> value`.
    Local(u16),
    /// Pushes what the asset, else its campaign, says of a fact. Stack: `-> value`.
    Fact(StrId),
    /// Replaces a record by its field. Stack: `record -> value`.
    Field(StrId),
    /// Pushes the parts of a kind in the asset, in order. Stack: `-> list`.
    Parts(#[serde(with = "remote::PartKindDef")] PartKind),
    /// Joins so many values, each as people write it, missing as `missing`. Stack: `value… -> text`.
    Interpolate(u16),
    /// Makes a list of so many values; an unknown item stays an item. Stack: `value… -> list`.
    List(u16),
    /// Turns true into false and false or missing into true. Stack: `bool -> bool`.
    Not,
    /// False when one is false or missing, else unknown when one is unknown, else true. Stack: `bool bool -> bool`.
    And,
    /// True when one is true, else unknown when one is unknown, else false. Stack: `bool bool -> bool`.
    Or,
    /// Turns missing into false and leaves the rest, so that `and` and `or` of one condition give a `Bool`.
    /// Stack: `bool -> bool`.
    Truth,
    /// Skips so many steps when the top is false or missing, which becomes false. Stack: `bool -> bool`.
    SkipIfFalse(u32),
    /// Skips so many steps when the top is true. Stack: `bool -> bool`.
    SkipIfTrue(u32),
    /// Skips so many steps unless the top is missing; drops it when it is. Stack: `value -> value` when it skips, else
    /// `value ->`.
    SkipUnlessMissing(u32),
    /// Drops the condition. True: goes on. False or missing: skips `otherwise` steps. Unknown: stays, and skips `end`
    /// steps. Stack: `bool ->`, or `bool -> unknown` at `end`.
    Branch {
        /// Steps to the other branch.
        otherwise: u32,
        /// Steps past both.
        end: u32,
    },
    /// Skips so many steps. Stack: `->`.
    Skip(u32),
    /// Compares; false when one is missing. Stack: `value value -> bool`.
    Compare(#[serde(with = "remote::ComparisonDef")] Comparison),
    /// Computes; missing when one is missing, and for a division by zero. Stack: `value value -> value`.
    Arithmetic(#[serde(with = "remote::ArithmeticDef")] Arithmetic),
    /// Turns the sign. Stack: `value -> value`.
    Negate,
    /// Whether the item is in the list. Stack: `item list -> bool`.
    In,
    /// Whether the value lies in a range. The bounds that there are follow the value, least first.
    /// Stack: `value least? greatest? -> bool`.
    InRange {
        /// Whether there is a least value.
        least: bool,
        /// Whether there is a greatest value.
        greatest: bool,
        /// Whether the greatest value itself counts.
        inclusive: bool,
    },
    /// Whether the value is not missing. Stack: `value -> bool`.
    IsKnown,
    /// Tests a day; false when one is missing. Stack: `day value -> bool`.
    Temporal(#[serde(with = "remote::TemporalDef")] Temporal),
    /// The day so long ago (true), or from now (false). Stack: `duration -> day`.
    Ago(bool),
    /// Text against text, ignoring case; false when one is missing. Stack: `text text -> bool`.
    TextTest(#[serde(with = "remote::TextTestDef")] TextTest),
    /// Whether one of the patterns is found; false when the text is missing. Stack: `text -> bool`.
    Matches(Seq<PatternId>),
    /// How often the patterns are found, each by itself; missing when the text is missing. Stack: `text -> int`.
    CountMatches(Seq<PatternId>),
    /// Whether the text has the shape; false when it is missing. Stack: `text -> bool`.
    HasShape(#[serde(with = "remote::ShapeDef")] Shape),
    /// How two lists meet; false when one is missing. Stack: `list list -> bool`.
    Meets(#[serde(with = "remote::MeetingDef")] Meeting),
    /// Runs `code`, in the same frame, once for each item of the list with the item in `local`, until the answer is
    /// known. Any is false, all and none are true and count is 0 for an empty or missing list.
    /// Stack: `list -> value`.
    ForEach {
        /// What is asked.
        #[serde(with = "remote::QuantifierDef")]
        quantifier: Quantifier,
        /// The condition.
        code: CodeId,
        /// Where the item is put.
        local: u16,
    },
    /// Calls a function of the library; missing when an argument is missing. Stack: `value… -> value`.
    Builtin(#[serde(with = "remote::builtin")] Builtin),
    /// Runs `code` in a frame of its own whose first locals are the arguments. Stack: `value… -> value`.
    Call {
        /// What is run.
        code: CodeId,
        /// How many arguments.
        args: u8,
    },
    /// Whether an asset of the campaign says one of the claims; unknown when that was not looked at.
    /// Stack: `-> bool`.
    UsesClaims(Seq<ClaimId>),
    /// Whether nothing but these kinds changed; unknown when nobody compared. Stack: `-> bool`.
    ChangeOnly(Kinds),
    /// Whether one of these kinds changed; unknown when nobody compared. Stack: `-> bool`.
    ChangeTouches(Kinds),
    /// Whether somebody like that can be among the people that the campaign is sent to; unknown when nobody looked, or
    /// when that cannot be said. Stack: `-> bool`.
    CouldInclude(InclusionId),
}

/// A run of instructions that leaves one value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Code {
    /// Its instructions.
    pub ops: Seq<Op>,
    /// How many locals its frame has, parameters included.
    pub locals: u16,
}
