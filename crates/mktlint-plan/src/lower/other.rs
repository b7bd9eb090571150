//! Terms, conventions for links, merge tags, regions, waivers.

use mktlint_hir::model::item::{self, Meaning};
use mktlint_hir::model::program::Placed;
use smol_str::SmolStr;

use super::Lowering;
use super::code::Buffer;
use crate::{Allowed, Merge, Op, Region, Term, Utm, UtmParam, Waiver, Written};

impl<'p> Lowering<'p> {
    pub fn term(&mut self, placed: &'p Placed, term: &'p item::Term) {
        let lowered = Term {
            head: self.head(placed, term.level, &term.terms),
            preferred: self.str(&term.preferred),
            avoid: self.sought(placed, &term.avoid, term.case_sensitive),
            case_sensitive: term.case_sensitive,
        };
        self.plan.terms.push(lowered);
    }

    pub fn utm(&mut self, placed: &'p Placed, utm: &'p item::Utm) {
        let hosts: Vec<Written> =
            utm.hosts.iter().filter_map(|host| self.written(placed, Some(host))).collect();
        let params: Vec<UtmParam> = utm.params.iter().map(|param| self.utm_param(placed, param)).collect();
        let lowered = Utm {
            head: self.head(placed, utm.level, &utm.terms),
            channels: self.strs(&utm.channels),
            hosts: self.rows(hosts),
            params: self.rows(params),
            group: self.written(placed, utm.group.as_ref()),
            others_allowed: utm.others_allowed,
            order: self.strs(&utm.order),
        };
        self.plan.utms.push(lowered);
    }

    fn utm_param(&mut self, placed: &'p Placed, param: &'p item::UtmParam) -> UtmParam {
        UtmParam {
            name: self.str(&param.name),
            presence: param.presence,
            allowed: self.allowed(placed, &param.allowed),
            place: self.place(placed, param.span),
        }
    }

    fn allowed(&mut self, placed: &'p Placed, allowed: &'p item::Allowed) -> Allowed {
        match allowed {
            item::Allowed::Any => Allowed::Any,
            item::Allowed::OneOf(words) => Allowed::OneOf(self.strs(words)),
            item::Allowed::Equal(text) => {
                let mut buffer = Buffer::default();
                self.interpolate(placed, &text.segments, &mut buffer);
                Allowed::Equal(self.code(buffer.ops, buffer.observed))
            }
            item::Allowed::Pattern(needle) => match self.pattern(placed, needle, false) {
                Some(pattern) => Allowed::Pattern(pattern),
                None => {
                    let words = self.str(&needle.text);
                    Allowed::Equal(self.code(vec![Op::Unknown(words)], Vec::new()))
                }
            },
            item::Allowed::Shape(shape) => Allowed::Shape(*shape),
        }
    }

    /// Bounds of merge tags, in order of the tag's name.
    pub fn merges(&mut self) {
        for placed in &self.program.items {
            let (Meaning::Merge(merge), true) = (&placed.item.meaning, placed.force.is_some()) else {
                continue;
            };
            let lowered = Merge {
                name: self.str(placed.item.path.name()),
                place: self.place(placed, placed.item.name_span),
                length: merge.length,
                fallback: self.optional_str(merge.fallback.as_ref()),
                fallback_required: merge.fallback_required,
            };
            self.plan.merges.push(lowered);
        }
        let strings = &self.plan.strings;
        self.plan.merges.sort_by(|a, b| strings.get(a.name).cmp(strings.get(b.name)));
    }

    pub fn named_region(&mut self, placed: &Placed, countries: &[SmolStr]) {
        let lowered = Region { name: self.str(placed.item.path.name()), countries: self.strs(countries) };
        self.plan.regions.push(lowered);
    }

    pub fn waiver(&mut self, placed: &Placed, waive: &item::Waive) {
        let lowered = Waiver {
            place: self.place(placed, placed.item.name_span),
            rules: self.strs(waive.rules.iter().map(|path| &path.0)),
            files: self.strs(&waive.files),
            until: waive.until,
            by: self.optional_str(waive.by.as_ref()),
            because: self.optional_str(waive.because.as_ref()),
        };
        self.plan.waivers.push(lowered);
    }
}
