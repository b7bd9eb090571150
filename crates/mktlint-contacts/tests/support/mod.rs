//! Parquet files for tests and measurements.

use std::io::Write;
use std::sync::Arc;

use parquet::basic::Compression;
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, Int32Type, Int64Type};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::parser::parse_message_type;

/// The values of a column. The type of a name is how Parquet's own language of schemas has it.
pub enum Data {
    /// `boolean`
    Bool(Vec<Option<bool>>),
    /// `int32`, perhaps with a meaning: `(DATE)`.
    Int32(&'static str, Vec<Option<i32>>),
    /// `int64`, perhaps with a meaning: `(TIMESTAMP(MICROS,false))`.
    Int64(&'static str, Vec<Option<i64>>),
    /// `binary (STRING)`
    Text(Vec<Option<String>>),
    /// Lists of `binary (STRING)`, as Spark and Arrow write them.
    Lists(Vec<Option<Vec<String>>>),
}

/// A column: its name and its values.
pub type Column = (&'static str, Data);

/// Writes Parquet: one row group for each of `groups`, which have the same columns.
pub fn write_parquet<W: Write + Send>(
    groups: impl IntoIterator<Item = Vec<Column>>,
    into: W,
    compression: Compression,
) {
    let mut groups = groups.into_iter().peekable();
    let message = message(groups.peek().expect("there is a group"));
    let schema = Arc::new(parse_message_type(&message).expect("it is a schema"));
    let properties = Arc::new(WriterProperties::builder().set_compression(compression).build());
    let mut writer = SerializedFileWriter::new(into, schema, properties).expect("it begins");
    for columns in groups {
        let mut group = writer.next_row_group().expect("there is room");
        for (_, data) in columns {
            let mut column = group.next_column().expect("it goes on").expect("there is a column");
            write(&mut column, data);
            column.close().expect("it is whole");
        }
        group.close().expect("it is whole");
    }
    writer.close().expect("it is whole");
}

fn message(columns: &[Column]) -> String {
    let field = |(name, data): &Column| match data {
        Data::Bool(_) => format!("optional boolean {name};"),
        Data::Int32(meaning, _) => format!("optional int32 {name} {meaning};"),
        Data::Int64(meaning, _) => format!("optional int64 {name} {meaning};"),
        Data::Text(_) => format!("optional binary {name} (STRING);"),
        Data::Lists(_) => format!(
            "optional group {name} (LIST) {{ repeated group list {{ optional binary element (STRING); }} }}"
        ),
    };
    let fields: Vec<String> = columns.iter().map(field).collect();
    format!("message contact {{ {} }}", fields.join(" "))
}

fn write(column: &mut SerializedColumnWriter<'_>, data: Data) {
    match data {
        Data::Bool(values) => plain::<BoolType>(column, values),
        Data::Int32(_, values) => plain::<Int32Type>(column, values),
        Data::Int64(_, values) => plain::<Int64Type>(column, values),
        Data::Text(values) => {
            let bytes = values.into_iter().map(|text| text.map(|text| ByteArray::from(text.into_bytes())));
            plain::<ByteArrayType>(column, bytes.collect());
        }
        Data::Lists(values) => lists(column, values),
    }
}

fn plain<T: DataType>(column: &mut SerializedColumnWriter<'_>, values: Vec<Option<T::T>>) {
    let levels: Vec<i16> = values.iter().map(|value| i16::from(value.is_some())).collect();
    let values: Vec<T::T> = values.into_iter().flatten().collect();
    column.typed::<T>().write_batch(&values, Some(&levels), None).expect("it is written");
}

fn lists(column: &mut SerializedColumnWriter<'_>, rows: Vec<Option<Vec<String>>>) {
    let (mut values, mut definition, mut repetition) = (Vec::new(), Vec::new(), Vec::new());
    for row in rows {
        match row {
            None => (definition.push(0), repetition.push(0)),
            Some(items) if items.is_empty() => (definition.push(1), repetition.push(0)),
            Some(items) => {
                for (number, item) in items.into_iter().enumerate() {
                    values.push(ByteArray::from(item.into_bytes()));
                    definition.push(3);
                    repetition.push(i16::from(number > 0));
                }
                ((), ())
            }
        };
    }
    let typed = column.typed::<ByteArrayType>();
    typed.write_batch(&values, Some(&definition), Some(&repetition)).expect("it is written");
}
