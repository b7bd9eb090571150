//! `textDocument/prepareRename` and `rename`, `workspace/willRenameFiles`: other names.

use gen_lsp_types::{
    FileRename, PrepareRenameParams, PrepareRenamePlaceholder, PrepareRenameResult, RenameFilesParams,
    RenameParams, Uri, WorkspaceEdit,
};
use mktlint_ide::asset::names::{AssetName, names};
use mktlint_ide::policy::moved::moved;
use mktlint_ide::policy::rename::{self, Subject};
use mktlint_ide::{AssetFile, FileEdits};
use mktlint_text::Span;
use smol_str::SmolStr;

use crate::context::{Content, Context, Document};
use crate::convert::uri;
use crate::failure::{Answer, Failure};

/// The word at a place, when what it names can get another name.
pub fn prepare(context: &Context, params: PrepareRenameParams) -> Answer<Option<PrepareRenameResult>> {
    let at = &params.text_document_position_params;
    let Some(document) = context.document(&at.text_document.uri) else { return Ok(None) };
    let (span, name) = nameable(context, &document, document.offset(at.position))?;
    let range = document.range(span);
    Ok(Some(PrepareRenamePlaceholder { range, placeholder: name.to_string() }.into()))
}

fn nameable(context: &Context, document: &Document, offset: u32) -> Answer<(Span, SmolStr)> {
    match &document.content {
        Content::Policy(file) => rename::prepare(context.view(), *file, offset).map_err(Failure::Refused),
        Content::Asset(asset) => {
            let name = asset_name(context, asset, offset).ok_or_else(no_name)?;
            let subject = Subject::of_asset(context.view(), &name.what).map_err(Failure::Refused)?;
            Ok((name.place.span, subject.name))
        }
        Content::Other => Err(no_name()),
    }
}

fn no_name() -> Failure {
    Failure::Refused("no name stands here".to_owned())
}

/// The name at a place of an asset.
pub fn asset_name(context: &Context, asset: &AssetFile, offset: u32) -> Option<AssetName> {
    let all = names(context.view(), asset).into_iter();
    all.filter(|name| name.place.span.touches(offset)).min_by_key(|name| name.place.span.len())
}

/// Gives what stands at a place another name.
pub fn rename(context: &Context, params: RenameParams) -> Answer<Option<WorkspaceEdit>> {
    let context = &context.with_manifests()?;
    let at = &params.text_document_position_params;
    let Some(document) = context.document(&at.text_document.uri) else { return Ok(None) };
    let offset = document.offset(at.position);
    let edits = match &document.content {
        Content::Policy(file) => rename::rename(context.view(), *file, offset, &params.new_name),
        Content::Asset(asset) => {
            let name = asset_name(context, asset, offset).ok_or_else(no_name)?;
            let subject = Subject::of_asset(context.view(), &name.what).map_err(Failure::Refused)?;
            subject.rename(context.view(), &params.new_name)
        }
        Content::Other => Err("no name stands here".to_owned()),
    };
    written(context, &edits.map_err(Failure::Refused)?)
}

fn written(context: &Context, edits: &[FileEdits]) -> Answer<Option<WorkspaceEdit>> {
    let edit = context.workspace_edit(edits);
    edit.map(Some).ok_or_else(|| Failure::Refused("a file that must change cannot be read".to_owned()))
}

/// What must be written elsewhere when files move; files of one workspace at a time.
pub fn will_rename(context: &Context, params: RenameFilesParams) -> Answer<Option<WorkspaceEdit>> {
    for own in context.each() {
        // Until a policy compiles, what the policies say is better than nothing.
        let own = own.with_manifests().unwrap_or(own);
        let modules: Vec<(SmolStr, SmolStr)> =
            params.files.iter().filter_map(|renamed| modules(&own, renamed)).collect();
        let edits = moved(own.view(), &modules);
        if !edits.is_empty() {
            return written(&own, &edits);
        }
    }
    Ok(None)
}

/// The modules of a file or folder before and after.
fn modules(context: &Context, renamed: &FileRename) -> Option<(SmolStr, SmolStr)> {
    let module = |uri: &Uri| context.module(&uri::path(uri)?).map(SmolStr::from);
    Some((module(&renamed.old_uri)?, module(&renamed.new_uri)?))
}
