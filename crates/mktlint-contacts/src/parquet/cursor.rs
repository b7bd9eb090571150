//! The values of one column, some thousand rows at a time.

use parquet::column::reader::{ColumnReader, ColumnReaderImpl, get_column_reader};
use parquet::data_type::{
    BoolType, ByteArrayType, DataType, DoubleType, FixedLenByteArrayType, FloatType, Int32Type, Int64Type,
    Int96Type,
};
use parquet::errors::Result;
use parquet::file::reader::RowGroupReader;

use super::leaf::{Leaf, Meaning};
use super::pages::Pages;
use crate::cell::Cell;
use crate::spelling::Digits;

/// Reads a column of a row group from its first row on.
pub struct Cursor<'l> {
    leaf: &'l Leaf,
    values: Values,
    levels: Levels,
}

#[derive(Default)]
struct Levels {
    /// Of each value, known or not; empty when all are known.
    definition: Vec<i16>,
    /// Of each item; 0 where a row begins. Empty when the column is no list.
    repetition: Vec<i16>,
}

enum Values {
    Bool(ColumnReaderImpl<BoolType>, Vec<bool>),
    Int32(ColumnReaderImpl<Int32Type>, Vec<i32>),
    Int64(ColumnReaderImpl<Int64Type>, Vec<i64>),
    Int96(ColumnReaderImpl<Int96Type>, Vec<<Int96Type as DataType>::T>),
    Float(ColumnReaderImpl<FloatType>, Vec<f32>),
    Double(ColumnReaderImpl<DoubleType>, Vec<f64>),
    Bytes(ColumnReaderImpl<ByteArrayType>, Vec<<ByteArrayType as DataType>::T>),
    Fixed(ColumnReaderImpl<FixedLenByteArrayType>, Vec<<FixedLenByteArrayType as DataType>::T>),
}

impl<'l> Cursor<'l> {
    /// The column `leaf` of `group`, which has `n_rows` rows.
    pub fn new(group: &dyn RowGroupReader, leaf: &'l Leaf, n_rows: u64) -> Result<Self> {
        let column = group.metadata().schema_descr().column(leaf.number);
        let pages = Pages::new(group.get_column_page_reader(leaf.number)?, &column, n_rows);
        let values = match get_column_reader(column, Box::new(pages)) {
            ColumnReader::BoolColumnReader(reader) => Values::Bool(reader, Vec::new()),
            ColumnReader::Int32ColumnReader(reader) => Values::Int32(reader, Vec::new()),
            ColumnReader::Int64ColumnReader(reader) => Values::Int64(reader, Vec::new()),
            ColumnReader::Int96ColumnReader(reader) => Values::Int96(reader, Vec::new()),
            ColumnReader::FloatColumnReader(reader) => Values::Float(reader, Vec::new()),
            ColumnReader::DoubleColumnReader(reader) => Values::Double(reader, Vec::new()),
            ColumnReader::ByteArrayColumnReader(reader) => Values::Bytes(reader, Vec::new()),
            ColumnReader::FixedLenByteArrayColumnReader(reader) => Values::Fixed(reader, Vec::new()),
        };
        Ok(Self { leaf, values, levels: Levels::default() })
    }

    /// Reads on; comes back with the number of rows, less than `n_rows` at the end.
    pub fn read(&mut self, n_rows: usize) -> Result<usize> {
        let levels = &mut self.levels;
        match &mut self.values {
            Values::Bool(reader, values) => levels.read(reader, values, n_rows),
            Values::Int32(reader, values) => levels.read(reader, values, n_rows),
            Values::Int64(reader, values) => levels.read(reader, values, n_rows),
            Values::Int96(reader, values) => levels.read(reader, values, n_rows),
            Values::Float(reader, values) => levels.read(reader, values, n_rows),
            Values::Double(reader, values) => levels.read(reader, values, n_rows),
            Values::Bytes(reader, values) => levels.read(reader, values, n_rows),
            Values::Fixed(reader, values) => levels.read(reader, values, n_rows),
        }
    }

    /// The cells of the rows that were read last.
    pub fn cells(&self, put: &mut dyn FnMut(Cell<'_>)) {
        let meaning = self.leaf.meaning;
        if let (Values::Bytes(_, values), Some(item)) = (&self.values, self.leaf.item) {
            return self.lists(item, values, put);
        }
        match &self.values {
            Values::Bool(_, values) => self.each(values, put, |value| Cell::Bool(*value)),
            Values::Int32(_, values) => self.each(values, put, |value| match meaning {
                Meaning::Integer { is_signed: false } => integer(meaning, i64::from(*value as u32)),
                _ => integer(meaning, i64::from(*value)),
            }),
            Values::Int64(_, values) => self.each(values, put, |value| integer(meaning, *value)),
            Values::Int96(_, values) => self.each(values, put, |value| Cell::Moment(value.to_seconds())),
            // As text: 0.1 in 32 bits is not 0.1 in 64.
            Values::Float(_, values) => self.each(values, put, |value| Cell::Float(shortest(*value))),
            Values::Double(_, values) => self.each(values, put, |value| Cell::Float(*value)),
            Values::Bytes(_, values) => self.each(values, put, |value| bytes(meaning, value.data())),
            Values::Fixed(_, values) => self.each(values, put, |value| bytes(meaning, value.data())),
        }
    }

    fn each<'v, T>(&self, values: &'v [T], put: &mut dyn FnMut(Cell<'_>), cell: impl Fn(&'v T) -> Cell<'v>) {
        if self.levels.definition.is_empty() {
            return values.iter().for_each(|value| put(cell(value)));
        }
        let mut values = values.iter();
        for level in &self.levels.definition {
            let value = if *level == self.leaf.known { values.next() } else { None };
            put(value.map_or(Cell::Missing, &cell));
        }
    }

    /// Lists of texts. Items that are null are left out.
    fn lists(&self, item: i16, values: &[<ByteArrayType as DataType>::T], put: &mut dyn FnMut(Cell<'_>)) {
        let (mut values, mut items, mut is_known) = (values.iter(), Vec::new(), false);
        let levels = self.levels.definition.iter().zip(&self.levels.repetition);
        for (number, (definition, repetition)) in levels.enumerate() {
            if *repetition == 0 {
                if number > 0 {
                    put(if is_known { Cell::Items(&items) } else { Cell::Missing });
                }
                items.clear();
                // One level below an item the list is there and empty; a list that must be there has no other.
                is_known = *definition + 1 >= item;
            }
            if *definition == self.leaf.known {
                items.extend(values.next().map(|value| value.data()));
            }
        }
        if !self.levels.repetition.is_empty() {
            put(if is_known { Cell::Items(&items) } else { Cell::Missing });
        }
    }
}

impl Levels {
    fn read<T: DataType>(
        &mut self,
        reader: &mut ColumnReaderImpl<T>,
        values: &mut Vec<T::T>,
        n_rows: usize,
    ) -> Result<usize> {
        values.clear();
        self.definition.clear();
        self.repetition.clear();
        let levels = (Some(&mut self.definition), Some(&mut self.repetition));
        reader.read_records(n_rows, levels.0, levels.1, values).map(|(rows, ..)| rows)
    }
}

fn integer<'c>(meaning: Meaning, value: i64) -> Cell<'c> {
    match meaning {
        Meaning::Integer { is_signed: true } => Cell::Number(Digits { mantissa: value.into(), scale: 0 }),
        // 64 bits without a sign come as the same bits with one.
        Meaning::Integer { is_signed: false } => {
            Cell::Number(Digits { mantissa: (value as u64).into(), scale: 0 })
        }
        Meaning::Decimal(scale) => Cell::Number(Digits { mantissa: value.into(), scale }),
        Meaning::Day => Cell::Day(value),
        Meaning::Moment(per_second) => Cell::Moment(value.div_euclid(per_second)),
        Meaning::Time(per_second) => Cell::Time(value.div_euclid(per_second)),
        Meaning::Bool | Meaning::Float | Meaning::Text | Meaning::Other => Cell::Other,
    }
}

fn shortest(value: f32) -> f64 {
    value.to_string().parse().unwrap_or(f64::NAN)
}

fn bytes(meaning: Meaning, value: &[u8]) -> Cell<'_> {
    match meaning {
        Meaning::Text => Cell::Text(value),
        Meaning::Decimal(scale) => decimal(value, scale),
        _ => Cell::Other,
    }
}

/// The highest byte first, with a sign.
fn decimal<'c>(value: &[u8], scale: i32) -> Cell<'c> {
    let Some((first, rest)) = value.split_first() else { return Cell::Other };
    let sign = if first & 0x80 == 0 { 0x00 } else { 0xFF };
    let significant: &[u8] = &value[value.iter().take_while(|byte| **byte == sign).count()..];
    if significant.len() > 15 || rest.len() > 64 {
        // More than 36 digits; no attribute has so many.
        return Cell::Other;
    }
    let start = if sign == 0 { 0_i128 } else { -1 };
    let mantissa = significant.iter().fold(start, |sum, byte| (sum << 8) | i128::from(*byte));
    Cell::Number(Digits { mantissa, scale })
}

/// The text of a key.
pub fn key(cell: Cell<'_>) -> Option<Box<str>> {
    match cell {
        Cell::Text([]) | Cell::Missing => None,
        Cell::Text(text) => Some(String::from_utf8_lossy(text).into()),
        Cell::Number(Digits { mantissa, scale: 0 }) => Some(mantissa.to_string().into()),
        Cell::Bool(value) => Some(value.to_string().into()),
        Cell::Float(value) => Some(value.to_string().into()),
        other => Some(crate::batch::shown(other).into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_in_bytes() {
        let check = |value: &[u8], mantissa| {
            assert_eq!(decimal(value, 2), Cell::Number(Digits { mantissa, scale: 2 }), "{value:?}");
        };
        check(&[0x04, 0xD2], 1234);
        check(&[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x04, 0xD2], 1234);
        check(&[0xFB, 0x2E], -1234);
        check(&[0xFF, 0xFF, 0xFB, 0x2E], -1234);
        check(&[0xFF], -1);
        check(&[0x80], -128);
        check(&[0x00, 0x80], 128);
        assert_eq!(decimal(&[0x7F; 17], 0), Cell::Other);
        assert_eq!(decimal(&[], 0), Cell::Other);
    }
}
