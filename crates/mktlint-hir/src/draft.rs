//! A problem as the analysis knows it, before anyone asks where the file is.

use mktlint_diag::{Code, Diagnostic, Edit, Fix, Place, Safety};
use mktlint_text::Span;
use smol_str::SmolStr;

use crate::db::{Db, Declaration, SourceFile, declarations, identities};
use crate::model::DeclPath;
use crate::model::item::ItemKind;

/// A second place that a problem speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// In the same declaration.
    Here(Span),
    /// The name of another declaration.
    Name(ItemKind, DeclPath),
    /// Bytes of another declaration, from its start.
    There(ItemKind, DeclPath, Span),
}

/// A problem in one declaration. Spans count from its start, so it stays equal while other declarations change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Which.
    pub code: &'static Code,
    /// The exact words.
    pub span: Span,
    /// What is wrong.
    pub message: String,
    /// A few words at the place.
    pub label: String,
    /// What it contradicts.
    pub secondary: Vec<(Target, String)>,
    /// Facts.
    pub notes: Vec<String>,
    /// What to type.
    pub help: Option<String>,
    /// Title, bytes to replace, replacement.
    pub fix: Option<(String, Span, String)>,
}

impl Draft {
    /// A problem at `span`.
    pub fn new(code: &'static Code, span: Span, message: impl Into<String>) -> Self {
        Self {
            code,
            span,
            message: message.into(),
            label: String::new(),
            secondary: Vec::new(),
            notes: Vec::new(),
            help: None,
            fix: None,
        }
    }

    /// Says something at the place.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Shows a second place.
    #[must_use]
    pub fn also(mut self, target: Target, label: impl Into<String>) -> Self {
        self.secondary.push((target, label.into()));
        self
    }

    /// Adds a fact.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// Says what to type.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// `did you mean`, as help and as a fix that replaces the words at the place.
    #[must_use]
    pub fn did_you_mean(mut self, word: Option<&str>) -> Self {
        if let Some(word) = word {
            self.help = Some(format!("did you mean `{word}`?"));
            self.fix = Some((format!("write `{word}`"), self.span, word.to_owned()));
        }
        self
    }

    /// Offers an edit.
    #[must_use]
    pub fn fix(mut self, title: impl Into<String>, span: Span, text: impl Into<String>) -> Self {
        self.fix = Some((title.into(), span, text.into()));
        self
    }

    /// With places; `find` tells where a target stands, and `None` leaves that label out.
    pub fn place(
        &self,
        place: impl Fn(Span) -> Place,
        find: impl Fn(&Target) -> Option<Place>,
    ) -> Diagnostic {
        let at = place(self.span);
        let file = at.file.clone();
        let mut diagnostic = Diagnostic::new(self.code, at, self.message.clone()).label(self.label.clone());
        for (target, label) in &self.secondary {
            if let Some(place) = find(target) {
                diagnostic = diagnostic.also_at(place, label.clone());
            }
        }
        diagnostic.notes.clone_from(&self.notes);
        diagnostic.help.extend(self.help.clone());
        diagnostic.fix = self.fix.as_ref().map(|(title, span, text)| Fix {
            title: title.clone(),
            safety: Safety::Safe,
            file,
            edits: vec![Edit { span: place(*span).span, text: text.clone() }],
        });
        diagnostic
    }
}

/// A problem of one declaration, where a query returns those of many.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The file of the declaration.
    pub file: SourceFile,
    /// Its kind, name and number among equals: what makes it the same declaration.
    pub identity: (SmolStr, SmolStr, u32),
    /// The problem.
    pub draft: Draft,
}

impl Found {
    /// A problem of `declaration`.
    pub fn new(db: &dyn Db, declaration: Declaration<'_>, draft: Draft) -> Self {
        let identity = (declaration.kind(db).clone(), declaration.name(db).clone(), declaration.ordinal(db));
        Self { file: declaration.file(db), identity, draft }
    }

    /// The declaration.
    pub fn declaration<'db>(&self, db: &'db dyn Db) -> Option<Declaration<'db>> {
        let number = *identities(db, self.file).get(&self.identity)?;
        declarations(db, self.file).get(number as usize).copied()
    }
}
