//! Declarations, each parsed alone.

use std::collections::BTreeMap;
use std::sync::Arc;

use mktlint_syntax::Parse;
use smol_str::SmolStr;

use super::input::{Db, SourceFile};

/// One declaration. It stays the same declaration while its kind, name and number among equals do; its text and place
/// may change under it.
#[salsa::tracked(debug)]
pub struct Declaration<'db> {
    /// The file it is in.
    #[returns(copy)]
    pub file: SourceFile,
    /// `rule`; empty when the chunk does not start with a word.
    #[returns(ref)]
    pub kind: SmolStr,
    /// The word behind the kind; empty when there is none.
    #[returns(ref)]
    pub name: SmolStr,
    /// Its number among the declarations of the file with the same kind and name, from 0.
    #[returns(copy)]
    pub ordinal: u32,
    /// Its text.
    #[tracked]
    #[returns(ref)]
    pub text: Arc<str>,
    /// Where the text starts in the file. Only whoever shows a place may ask.
    #[tracked]
    #[returns(copy)]
    pub offset: u32,
}

/// The declarations of a file, in order.
///
/// Runs again after every edit of the file; the declarations whose text did not change stay equal, so nothing behind
/// them runs again.
#[salsa::tracked(returns(ref))]
pub fn declarations<'db>(db: &'db dyn Db, file: SourceFile) -> Vec<Declaration<'db>> {
    let text = file.text(db);
    let mut seen: rustc_hash::FxHashMap<(SmolStr, SmolStr), u32> = rustc_hash::FxHashMap::default();
    mktlint_syntax::chunks(text)
        .iter()
        .map(|chunk| {
            let kind = chunk.kind.as_ref().map(|name| name.text.clone()).unwrap_or_default();
            let name = chunk.name.as_ref().map(|name| name.text.clone()).unwrap_or_default();
            let count = seen.entry((kind.clone(), name.clone())).or_default();
            let ordinal = *count;
            *count += 1;
            Declaration::new(db, file, kind, name, ordinal, chunk.text(text).into(), chunk.offset)
        })
        .collect()
}

/// The numbers of the declarations of a file, by kind, name and number among equals.
#[salsa::tracked(returns(ref))]
pub fn identities(db: &dyn Db, file: SourceFile) -> BTreeMap<(SmolStr, SmolStr, u32), u32> {
    let identity = |own: &Declaration<'_>| (own.kind(db).clone(), own.name(db).clone(), own.ordinal(db));
    declarations(db, file).iter().map(identity).zip(0..).collect()
}

/// The tree, with spans that count from the start of the declaration.
///
/// `no_eq`: trees are not compared; [`crate::analysis()`] right behind it is.
#[salsa::tracked(returns(ref), no_eq)]
pub fn parsed<'db>(db: &'db dyn Db, declaration: Declaration<'db>) -> Arc<Parse> {
    Arc::new(mktlint_syntax::parse_chunk(declaration.text(db)))
}
