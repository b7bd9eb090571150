//! Reading conditions from files that somebody may have made by hand.

use std::cell::Cell;

use serde::de::Error;
use serde::{Deserialize, Deserializer};

/// How deep conditions and values may stand in each other in a file. Reading takes stack for each level, so a file must
/// not choose how much. Policies nest a few levels, and the compiler gives up before this.
const DEEPEST: u32 = 300;

thread_local! {
    static DEPTH: Cell<u32> = const { Cell::new(0) };
}

/// Leaves a level when it goes, on every way out.
struct Level;

impl Drop for Level {
    fn drop(&mut self) {
        DEPTH.set(DEPTH.get().saturating_sub(1));
    }
}

/// Reads what stands inside a condition or a value of the same kind; fails when that is too deep.
pub fn nested<'de, D: Deserializer<'de>, T: Deserialize<'de>>(from: D) -> Result<T, D::Error> {
    let depth = DEPTH.get();
    if depth >= DEEPEST {
        return Err(D::Error::custom("conditions stand in each other too deeply"));
    }
    DEPTH.set(depth + 1);
    let _level = Level;
    T::deserialize(from)
}
