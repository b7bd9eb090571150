//! Which name means which declaration.

mod kind;
mod path;
mod scope;

pub use kind::{Namespace, kind_of_word, word_of_kind};
pub use path::{Found, find_path, module_members};
pub use scope::{
    Entry, Import, PRELUDE, Scope, absolute, all_names, anywhere, declaration_at, declared_name,
    dotted as dotted_path, file_index, file_scope, full_name, global, imports, imports_of, is_nameless,
    outline, path_of, resolve, visible_names,
};
