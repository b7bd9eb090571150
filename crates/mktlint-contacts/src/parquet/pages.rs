//! Pages that are looked at before they are believed.

use parquet::basic::{PageType, Type as Physical};
use parquet::column::page::{Page, PageMetadata, PageReader};
use parquet::errors::{ParquetError, Result};
use parquet::schema::types::ColumnDescriptor;

/// How many items all lists of a row group may have for each of its rows, so that one row cannot take all memory.
const ITEMS: u64 = 1000;

/// Pages that do not claim more values than they can have: the reader behind makes room for what they claim.
pub struct Pages {
    inner: Box<dyn PageReader>,
    /// Bits that one value of a dictionary has at least.
    least_bits: u64,
    /// How many values may follow.
    left: u64,
}

impl Pages {
    /// The pages of a column of a row group with so many rows.
    pub fn new(inner: Box<dyn PageReader>, column: &ColumnDescriptor, n_rows: u64) -> Self {
        let least_bits = match column.physical_type() {
            Physical::BOOLEAN => 1,
            Physical::INT32 | Physical::FLOAT => 32,
            Physical::INT64 | Physical::DOUBLE => 64,
            Physical::INT96 => 96,
            // The length.
            Physical::BYTE_ARRAY => 32,
            Physical::FIXED_LEN_BYTE_ARRAY => 8 * u64::try_from(column.type_length()).unwrap_or(1).max(1),
        };
        let left =
            if column.max_rep_level() > 0 { n_rows.saturating_mul(ITEMS).max(ITEMS * ITEMS) } else { n_rows };
        Self { inner, least_bits, left }
    }

    fn checked(&mut self, page: Page) -> Result<Page> {
        let n_values = u64::from(page.num_values());
        let is_dictionary = page.page_type() == PageType::DICTIONARY_PAGE;
        if is_dictionary && n_values * self.least_bits > 8 * page.buffer().len() as u64 {
            return Err(ParquetError::General("a dictionary is shorter than it says".to_owned()));
        }
        if !is_dictionary {
            let left = self.left.checked_sub(n_values);
            self.left =
                left.ok_or_else(|| ParquetError::General("a column has more values than rows".to_owned()))?;
        }
        Ok(page)
    }
}

impl Iterator for Pages {
    type Item = Result<Page>;

    fn next(&mut self) -> Option<Result<Page>> {
        self.get_next_page().transpose()
    }
}

impl PageReader for Pages {
    fn get_next_page(&mut self) -> Result<Option<Page>> {
        let page = self.inner.get_next_page()?;
        page.map(|page| self.checked(page)).transpose()
    }

    fn peek_next_page(&mut self) -> Result<Option<PageMetadata>> {
        self.inner.peek_next_page()
    }

    fn skip_next_page(&mut self) -> Result<()> {
        self.inner.skip_next_page()
    }

    fn at_record_boundary(&mut self) -> Result<bool> {
        self.inner.at_record_boundary()
    }
}
