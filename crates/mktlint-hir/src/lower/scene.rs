//! What names mean at a place, for editors: the declaration around it may be half typed.

use mktlint_syntax::ast::{Declaration as Tree, ExprKind};

use super::Lower;
use crate::db::{Db, Project, SourceFile};
use crate::infer::Infer;
use crate::model::DeclPath;
use crate::model::item::ItemKind;

/// What types expressions in the clause `clause` of a declaration (in its header where there is none), before anything
/// is typed. The header of `tree` says what is judged and which parameters there are; mistakes in it are not reported.
pub fn infer_at<'db>(
    db: &'db dyn Db,
    project: Project,
    file: SourceFile,
    tree: &Tree,
    kind: ItemKind,
    clause: Option<&str>,
) -> Infer<'db> {
    let path = DeclPath(file.module(db).clone());
    let mut lower = Lower::new(db, project, file, (tree, ""), kind, path);
    match kind {
        ItemKind::Rule => lower.scene_of_rule(),
        ItemKind::Let | ItemKind::Test => lower.contact_scene_if_declared(),
        ItemKind::Fn => {
            lower.contact_scene_if_declared();
            let call = tree.segments.first().and_then(|segment| segment.value.as_ref());
            if let Some(ExprKind::Call { args, .. }) = call.map(|call| &call.kind) {
                lower.parameters(args);
            }
        }
        ItemKind::Audience | ItemKind::Suppress | ItemKind::Prove => lower.contact_scene(),
        ItemKind::Cap | ItemKind::QuietHours if clause == Some("who") => lower.contact_scene(),
        ItemKind::Tier => lower.tier_scene(),
        ItemKind::Cap | ItemKind::QuietHours | ItemKind::Utm => lower.campaign_scene(),
        _ => {}
    }
    lower.infer
}
