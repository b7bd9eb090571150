//! Apache Parquet, one row group after the other.
//!
//! Columns are read as they are stored: levels and values, without a table of Arrow between. That leaves out a dozen
//! crates, and texts are looked up in dictionaries here anyway.

mod cursor;
mod guard;
mod leaf;
mod pages;
mod storage;

pub use guard::is_guarded;
pub use storage::Storage;

use std::sync::Arc;

use parquet::file::reader::{FileReader, SerializedFileReader};

use self::cursor::Cursor;
use self::guard::guarded;
use self::leaf::{Leaf, leaves};
use self::storage::Shared;
use crate::layout::{Layout, layout};
use crate::parallel::{self, Emit, Feed, Worker};
use crate::part::Part;
use crate::setup::{Consume, Desk, Setup};
use crate::{ColumnNote, ReadError};

/// Reads a Parquet file; comes back with what is odd about its columns.
pub fn run(
    storage: Storage,
    setup: &Setup<'_>,
    consume: &mut Consume<'_>,
) -> Result<Vec<ColumnNote>, ReadError> {
    let file = guarded(|| SerializedFileReader::new(Shared(Arc::new(storage))))?;
    let leaves = leaves(file.metadata().file_metadata().schema_descr());
    let names: Vec<String> = leaves.iter().map(|leaf| leaf.name.clone()).collect();
    let mut layout = layout(&setup.job, &setup.fields, &names)?;
    check_types(setup, &leaves, &mut layout)?;
    let groups = Groups { file: &file, next: 0, rows_before: 0 };
    let desk = || GroupDesk { file: &file, leaves: &leaves, layout: &layout, setup, desk: setup.desk() };
    parallel::run(groups, setup.job.threads, desk, consume)?;
    Ok(layout.notes)
}

/// Fails when a column that is needed holds another kind of value; leaves out those that are not needed.
fn check_types(setup: &Setup<'_>, leaves: &[Leaf], layout: &mut Layout) -> Result<(), ReadError> {
    for (field, column) in setup.fields.iter().zip(&mut layout.columns) {
        let Some(leaf) = column.map(|column| &leaves[column]).filter(|leaf| !leaf.fits(&field.kind)) else {
            continue;
        };
        let (name, found, wanted) = (crate::mask::column(&leaf.name), leaf.words(), field.kind.words());
        if field.is_needed {
            return Err(ReadError::ColumnType { column: name, found, wanted });
        }
        layout.notes.push(ColumnNote::OtherType { name, found, wanted });
        *column = None;
    }
    Ok(())
}

type File = SerializedFileReader<Shared>;

fn cut_off(group: usize) -> ReadError {
    ReadError::Parquet(format!("row group {} has fewer values than rows", group + 1))
}

/// Row groups in their order.
struct Groups<'f> {
    file: &'f File,
    next: usize,
    rows_before: u64,
}

/// A row group.
struct Group {
    number: usize,
    n_rows: u64,
    rows_before: u64,
}

impl Feed for Groups<'_> {
    type Work = Group;

    fn next(&mut self) -> Result<Option<Group>, ReadError> {
        let Some(metadata) = self.file.metadata().row_groups().get(self.next) else { return Ok(None) };
        let n_rows = u64::try_from(metadata.num_rows()).map_err(|_| cut_off(self.next))?;
        let group = Group { number: self.next, n_rows, rows_before: self.rows_before };
        self.rows_before = self.rows_before.checked_add(n_rows).ok_or_else(|| cut_off(self.next))?;
        self.next += 1;
        Ok(Some(group))
    }
}

struct GroupDesk<'s> {
    file: &'s File,
    leaves: &'s [Leaf],
    layout: &'s Layout,
    setup: &'s Setup<'s>,
    desk: Desk<'s>,
}

/// The columns of a row group that are read.
struct Cursors<'l> {
    /// Of each field.
    fields: Vec<Option<Cursor<'l>>>,
    /// Of the key.
    key: Option<Cursor<'l>>,
    /// Read when nothing else is, since rows are believed when a column has them.
    witness: Option<Cursor<'l>>,
}

impl Worker for GroupDesk<'_> {
    type Work = Group;
    type Part = Part;

    fn work(&mut self, group: Group, emit: &mut Emit<'_, Part>) -> Result<(), ReadError> {
        let mut cursors = self.open(&group)?;
        let mut done = 0;
        while done < group.n_rows {
            let left = usize::try_from(group.n_rows - done).unwrap_or(usize::MAX);
            let n_rows = left.min(self.setup.batch_rows());
            self.desk.batch.begin(group.rows_before + done);
            (0..n_rows).for_each(|_| self.desk.batch.add_row(true));
            self.fill(&mut cursors, n_rows, group.number)?;
            done += n_rows as u64;
            if !self.desk.judge(None, emit) {
                return Ok(());
            }
        }
        self.desk.emit(emit);
        Ok(())
    }
}

impl<'s> GroupDesk<'s> {
    fn open(&self, group: &Group) -> Result<Cursors<'s>, ReadError> {
        let reader = guarded(|| self.file.get_row_group(group.number))?;
        let leaves = self.leaves;
        let open = |column: usize| guarded(|| Cursor::new(&*reader, &leaves[column], group.n_rows));
        let columns = self.layout.columns.iter();
        let fields: Vec<Option<Cursor<'s>>> =
            columns.map(|column| column.map(open).transpose()).collect::<Result<_, _>>()?;
        let key = self.layout.key.filter(|_| self.setup.wants_members).map(open).transpose()?;
        let is_idle = key.is_none() && fields.iter().all(Option::is_none);
        let witness = if is_idle {
            // One without repetition has a value for each row.
            let plain = leaves.iter().position(|leaf| leaf.item.is_none());
            Some(open(plain.ok_or_else(|| cut_off(group.number))?)?)
        } else {
            None
        };
        Ok(Cursors { fields, key, witness })
    }

    fn fill(&mut self, cursors: &mut Cursors<'s>, n_rows: usize, group: usize) -> Result<(), ReadError> {
        let read = |cursor: &mut Cursor<'s>| match guarded(|| cursor.read(n_rows))? {
            found if found == n_rows => Ok(()),
            _ => Err(cut_off(group)),
        };
        for (field, cursor) in cursors.fields.iter_mut().enumerate() {
            let Some(cursor) = cursor else {
                (0..n_rows).for_each(|_| self.desk.batch.put_nothing(field));
                continue;
            };
            read(cursor)?;
            cursor.cells(&mut |cell| self.desk.put(field, cell, None));
            if self.desk.batch.columns[field].states.len() != n_rows {
                return Err(cut_off(group));
            }
        }
        if let Some(cursor) = &mut cursors.key {
            read(cursor)?;
            cursor.cells(&mut |cell| self.desk.batch.keys.push(cursor::key(cell)));
        }
        cursors.witness.as_mut().map_or(Ok(()), read)
    }
}
