//! Which template language a tag is written in.

/// A template language.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// `{{ name | default: "there" }}`. Assumed when a file gives no evidence.
    #[default]
    Liquid,
    /// `{{ name|default("there") }}`: Jinja, Nunjucks, Twig.
    Jinja,
    /// `{{#if vip}}{{name}}{{/if}}`.
    Handlebars,
    /// `{{ .Title }}`, `{{< figure >}}`: Go templates and Hugo.
    Hugo,
    /// `*|FNAME|*`.
    Mailchimp,
    /// `%%FirstName%%`, `%%=v(@name)=%%`.
    Ampscript,
    /// `<%= name %>`: ERB, EJS.
    Erb,
    /// `{props.name}` in MDX.
    Mdx,
    /// `{keyword:shoes}` in the texts and links of ads.
    ValueTrack,
}

impl Dialect {
    /// The word that policies use.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Liquid => "liquid",
            Self::Jinja => "jinja",
            Self::Handlebars => "handlebars",
            Self::Hugo => "hugo",
            Self::Mailchimp => "mailchimp",
            Self::Ampscript => "ampscript",
            Self::Erb => "erb",
            Self::Mdx => "mdx",
            Self::ValueTrack => "valuetrack",
        }
    }
}

/// What `{{ content }}` shows of its language.
pub(super) fn of_output(content: &str) -> Option<Dialect> {
    let words = content.trim_start_matches(['-', '~']).trim_start();
    match words.as_bytes().first()? {
        b'#' | b'/' | b'>' | b'^' | b'&' | b'!' | b'{' => return Some(Dialect::Handlebars),
        b'.' => return Some(Dialect::Hugo),
        b'$' if !words.starts_with("${") => return Some(Dialect::Hugo),
        _ => {}
    }
    of_filters(words)
}

/// What `| default: "x"` or `|default("x")` shows.
fn of_filters(words: &str) -> Option<Dialect> {
    let filter = words.split_once('|')?.1.trim_start();
    let end = filter.find(|letter: char| !letter.is_alphanumeric() && letter != '_')?;
    let rest = filter.get(end..)?;
    match rest.as_bytes().first()? {
        b'(' => Some(Dialect::Jinja),
        b':' => Some(Dialect::Liquid),
        _ => None,
    }
}

/// What the word of `{% word … %}` shows.
pub(super) fn of_block(word: &str) -> Option<Dialect> {
    match word {
        "assign" | "capture" | "endcapture" | "case" | "when" | "endcase" | "unless" | "endunless"
        | "elsif" | "comment" | "render" | "liquid" | "echo" | "increment" | "decrement" | "cycle"
        | "tablerow" | "include_relative" | "highlight" | "schema" | "connected_content" => {
            Some(Dialect::Liquid)
        }
        "set" | "elif" | "block" | "endblock" | "extends" | "macro" | "endmacro" | "from" | "import"
        | "call" | "autoescape" | "with" | "endwith" | "load" | "trans" | "url" => Some(Dialect::Jinja),
        _ => None,
    }
}

/// Whether `{{ word … }}` decides rather than prints.
pub(super) fn is_control(content: &str) -> bool {
    let words = content.trim_start_matches(['-', '~']).trim_start();
    if words.starts_with(['#', '/', '>', '^']) || words.contains(":=") {
        return true;
    }
    let word = words.split([' ', '\n', '\t', '-', '~']).next().unwrap_or_default();
    let alone = words.trim_end_matches(['-', '~']).trim_end() == word;
    match word {
        "else" | "end" => true,
        "if" | "range" | "with" | "define" | "block" | "template" | "partial" => !alone,
        _ => false,
    }
}
