//! What the columns of a Parquet file mean.

use parquet::basic::{ConvertedType, LogicalType, Repetition, TimeUnit, Type as Physical};
use parquet::schema::types::{ColumnDescriptor, SchemaDescriptor, Type};

use crate::field::Kind;

/// A column of a Parquet file.
#[derive(Clone, Debug)]
pub struct Leaf {
    /// Its number in the file.
    pub number: usize,
    /// `consent.email` of a column in a group; of a list the list's.
    pub name: String,
    /// What its values mean.
    pub meaning: Meaning,
    /// The definition level of a value that is there.
    pub known: i16,
    /// Of a list, the definition level of an item, known or not.
    pub item: Option<i16>,
}

/// What the values of a column mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// Booleans.
    Bool,
    /// Whole numbers.
    Integer {
        /// Whether the highest bit is a sign.
        is_signed: bool,
    },
    /// Numbers with so many digits behind the point.
    Decimal(i32),
    /// Binary numbers with a point.
    Float,
    /// Days from 1970-01-01.
    Day,
    /// Moments from 1970-01-01T00:00:00, in units of which a second has so many.
    Moment(i64),
    /// Times from midnight, in units of which a second has so many.
    Time(i64),
    /// Texts.
    Text,
    /// Something that no attribute holds.
    Other,
}

/// The columns of a file.
pub fn leaves(schema: &SchemaDescriptor) -> Vec<Leaf> {
    let leaf = |(number, column): (usize, &parquet::schema::types::ColumnDescPtr)| {
        let path = column.path().parts();
        let list = (column.max_rep_level() > 0).then(|| list(schema.root_schema(), path)).flatten();
        let name = path[..list.as_ref().map_or(path.len(), |list| list.name_len)].join(".");
        let is_odd = column.max_rep_level() > 1 || (column.max_rep_level() == 1 && list.is_none());
        Leaf {
            number,
            name,
            meaning: if is_odd { Meaning::Other } else { meaning(column) },
            known: column.max_def_level(),
            item: list.map(|list| list.item),
        }
    };
    schema.columns().iter().enumerate().map(leaf).collect()
}

struct List {
    /// How many parts of the path name the list.
    name_len: usize,
    /// The definition level of an item.
    item: i16,
}

/// The list that a column with repetition is; `None` when it is part of an item.
///
/// Files write a list as a group with one repeated group with one element, as a group with a repeated element, or as
/// a repeated column alone.
fn list(root: &Type, path: &[String]) -> Option<List> {
    let (mut at, mut level) = (root, 0);
    for (depth, name) in path.iter().enumerate() {
        at = children(at).iter().find(|child| child.name() == name)?;
        let repetition = at.get_basic_info().repetition();
        level += i16::from(repetition != Repetition::REQUIRED);
        if repetition != Repetition::REPEATED {
            continue;
        }
        let is_alone = children(at).len() <= 1;
        let below = path.len() - depth - 1;
        let name_len = if depth > 0 && below <= 1 && is_list(parent(root, &path[..depth])?) {
            depth
        } else if below == 0 {
            depth + 1
        } else {
            return None;
        };
        return is_alone.then_some(List { name_len, item: level });
    }
    None
}

fn parent<'t>(root: &'t Type, path: &[String]) -> Option<&'t Type> {
    path.iter().try_fold(root, |at, name| {
        children(at).iter().find(|child| child.name() == name).map(|child| &**child)
    })
}

fn is_list(group: &Type) -> bool {
    let info = group.get_basic_info();
    info.converted_type() == ConvertedType::LIST || matches!(info.logical_type_ref(), Some(LogicalType::List))
}

fn children(of: &Type) -> &[parquet::schema::types::TypePtr] {
    if of.is_group() { of.get_fields() } else { &[] }
}

fn meaning(column: &ColumnDescriptor) -> Meaning {
    match (column.physical_type(), column.logical_type_ref()) {
        (_, Some(LogicalType::Decimal(decimal))) => Meaning::Decimal(decimal.scale),
        (Physical::INT32, Some(LogicalType::Date)) => Meaning::Day,
        (_, Some(LogicalType::Timestamp(of))) => Meaning::Moment(per_second(&of.unit)),
        (_, Some(LogicalType::Time(of))) => Meaning::Time(per_second(&of.unit)),
        (Physical::INT32 | Physical::INT64, Some(LogicalType::Integer(of))) => {
            Meaning::Integer { is_signed: of.is_signed }
        }
        (Physical::BYTE_ARRAY, Some(LogicalType::String | LogicalType::Enum | LogicalType::Json)) => {
            Meaning::Text
        }
        (_, Some(_)) => Meaning::Other,
        (physical, None) => converted(physical, column),
    }
}

fn converted(physical: Physical, column: &ColumnDescriptor) -> Meaning {
    match (physical, column.converted_type()) {
        (_, ConvertedType::DECIMAL) => Meaning::Decimal(column.type_scale()),
        (Physical::INT32, ConvertedType::DATE) => Meaning::Day,
        (Physical::INT32, ConvertedType::TIME_MILLIS) => Meaning::Time(1_000),
        (Physical::INT64, ConvertedType::TIME_MICROS) => Meaning::Time(1_000_000),
        (Physical::INT64, ConvertedType::TIMESTAMP_MILLIS) => Meaning::Moment(1_000),
        (Physical::INT64, ConvertedType::TIMESTAMP_MICROS) => Meaning::Moment(1_000_000),
        (
            Physical::INT32 | Physical::INT64,
            ConvertedType::UINT_8 | ConvertedType::UINT_16 | ConvertedType::UINT_32 | ConvertedType::UINT_64,
        ) => Meaning::Integer { is_signed: false },
        (Physical::INT32 | Physical::INT64, _) => Meaning::Integer { is_signed: true },
        (Physical::BOOLEAN, _) => Meaning::Bool,
        (Physical::FLOAT | Physical::DOUBLE, _) => Meaning::Float,
        (Physical::INT96, _) => Meaning::Moment(1),
        // Old writers do not say that it is text; whether it is shows when it is read.
        (Physical::BYTE_ARRAY, ConvertedType::BSON) => Meaning::Other,
        (Physical::BYTE_ARRAY, _) => Meaning::Text,
        (Physical::FIXED_LEN_BYTE_ARRAY, _) => Meaning::Other,
    }
}

fn per_second(unit: &TimeUnit) -> i64 {
    match unit {
        TimeUnit::MILLIS => 1_000,
        TimeUnit::MICROS => 1_000_000,
        TimeUnit::NANOS => 1_000_000_000,
    }
}

impl Leaf {
    /// Whether values of this column can be values of an attribute of this kind.
    pub fn fits(&self, kind: &Kind) -> bool {
        match (self.meaning, kind) {
            (Meaning::Text, kind) => self.item.is_none() || kind.is_set(),
            _ if self.item.is_some() => false,
            (Meaning::Bool, Kind::Bool) | (Meaning::Time(_), Kind::Time) => true,
            (Meaning::Integer { .. }, Kind::Bool | Kind::Number { .. }) => true,
            (Meaning::Decimal(_) | Meaning::Float, Kind::Number { .. }) => true,
            (Meaning::Day | Meaning::Moment(_), Kind::Day { .. } | Kind::Moment) => true,
            _ => false,
        }
    }

    /// What it holds, for messages.
    pub fn words(&self) -> String {
        let one = match self.meaning {
            Meaning::Bool => "true or false",
            Meaning::Integer { .. } => "whole numbers",
            Meaning::Decimal(_) | Meaning::Float => "numbers",
            Meaning::Day => "days",
            Meaning::Moment(_) => "moments",
            Meaning::Time(_) => "times of day",
            Meaning::Text => "texts",
            Meaning::Other => "groups or bytes",
        };
        if self.item.is_some() { format!("lists of {one}") } else { one.to_owned() }
    }
}
