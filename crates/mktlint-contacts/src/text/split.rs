//! Where records end.

/// A record: from, to, in bytes, without what ends it.
pub type Range = (u32, u32);

/// Finds records in text that comes in pieces.
pub trait Split: Send {
    /// Goes on at `from` in `text`, which begins where the last record ended that was handed over, and adds the
    /// records that end in it. Blank ones are left out.
    ///
    /// # Errors
    /// Where it becomes clear that no further record can be told from another.
    fn scan(&mut self, text: &[u8], from: usize, records: &mut Vec<Range>) -> Result<(), usize>;

    /// Adds the record that the end of the file ends.
    ///
    /// # Errors
    /// When the file may not end here.
    fn finish(&mut self, text: &[u8], records: &mut Vec<Range>) -> Result<(), usize>;

    /// The text was cut off in front of `by` bytes.
    fn shift(&mut self, by: usize);

    /// Where the record starts that has not ended.
    fn start(&self) -> usize;
}

fn add(text: &[u8], start: usize, end: usize, records: &mut Vec<Range>) {
    if !text[start..end].trim_ascii().is_empty() {
        // A chunk is shorter than 4 GB.
        records.push((start as u32, end as u32));
    }
}

/// Rows of CSV. Quotation marks mean something at the start of a cell alone, and a doubled one inside is one.
#[derive(Clone, Debug)]
pub struct Rows {
    delimiter: u8,
    start: usize,
    state: CellState,
}

/// Where in a cell of CSV a byte stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellState {
    /// In front of its first byte.
    Start,
    /// In a cell without quotation marks.
    Plain,
    /// Behind the opening one.
    Quoted,
    /// Behind one that closes, or is the first of two.
    Closing,
}

impl CellState {
    /// Behind `byte`, which ends no cell.
    fn next(self, byte: u8) -> Self {
        match (self, byte) {
            (Self::Start | Self::Closing, b'"') => Self::Quoted,
            (Self::Quoted, b'"') => Self::Closing,
            (Self::Quoted, _) => Self::Quoted,
            _ => Self::Plain,
        }
    }
}

impl Rows {
    /// Rows whose cells are told apart by `delimiter`.
    pub fn new(delimiter: u8) -> Self {
        Self { delimiter, start: 0, state: CellState::Start }
    }

    /// The cells of a row: from, to, and whether it has quotation marks.
    pub fn cells(delimiter: u8, row: &[u8], cells: &mut Vec<(usize, usize, bool)>) {
        cells.clear();
        let (mut start, mut state, mut is_quoted) = (0, CellState::Start, false);
        for (at, byte) in row.iter().enumerate() {
            if *byte == delimiter && state != CellState::Quoted {
                cells.push((start, at, is_quoted));
                (start, state, is_quoted) = (at + 1, CellState::Start, false);
            } else {
                state = state.next(*byte);
                is_quoted |= state == CellState::Quoted;
            }
        }
        cells.push((start, row.len(), is_quoted));
    }
}

impl Split for Rows {
    fn scan(&mut self, text: &[u8], from: usize, records: &mut Vec<Range>) -> Result<(), usize> {
        let mut at = from;
        while let Some(byte) = text.get(at) {
            if self.state == CellState::Quoted && *byte != b'"' {
                at += memchr::memchr(b'"', &text[at..]).unwrap_or(text.len() - at);
                continue;
            }
            match byte {
                b'\n' | b'\r' if self.state != CellState::Quoted => {
                    add(text, self.start, at, records);
                    (self.start, self.state) = (at + 1, CellState::Start);
                }
                byte if *byte == self.delimiter && self.state != CellState::Quoted => {
                    self.state = CellState::Start
                }
                byte => self.state = self.state.next(*byte),
            }
            at += 1;
        }
        Ok(())
    }

    fn finish(&mut self, text: &[u8], records: &mut Vec<Range>) -> Result<(), usize> {
        add(text, self.start, text.len(), records);
        self.start = text.len();
        Ok(())
    }

    fn shift(&mut self, by: usize) {
        self.start -= by;
    }

    fn start(&self) -> usize {
        self.start
    }
}

/// Lines, one object each.
#[derive(Clone, Debug, Default)]
pub struct JsonLines {
    start: usize,
}

impl Split for JsonLines {
    fn scan(&mut self, text: &[u8], from: usize, records: &mut Vec<Range>) -> Result<(), usize> {
        for end in memchr::memchr_iter(b'\n', &text[from..]) {
            add(text, self.start, from + end, records);
            self.start = from + end + 1;
        }
        Ok(())
    }

    fn finish(&mut self, text: &[u8], records: &mut Vec<Range>) -> Result<(), usize> {
        add(text, self.start, text.len(), records);
        self.start = text.len();
        Ok(())
    }

    fn shift(&mut self, by: usize) {
        self.start -= by;
    }

    fn start(&self) -> usize {
        self.start
    }
}

/// The values of a JSON list, or values one behind the other.
#[derive(Clone, Debug, Default)]
pub struct JsonValues {
    start: usize,
    /// Brackets that are open, the one of the list aside.
    depth: u32,
    list: List,
    string: Text,
    /// Whether a value has begun.
    is_begun: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum List {
    /// Nothing was read.
    #[default]
    Perhaps,
    /// There is no list.
    None,
    /// In the list.
    Inside,
    /// Behind it.
    Behind,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Text {
    #[default]
    Outside,
    Inside,
    Escape,
}

impl JsonValues {
    fn end(&mut self, text: &[u8], end: usize, records: &mut Vec<Range>) {
        if std::mem::take(&mut self.is_begun) {
            add(text, self.start, end, records);
        }
        self.start = end;
    }

    /// One byte outside of texts; `false` when it cannot be there.
    fn step(&mut self, byte: u8, text: &[u8], at: usize, records: &mut Vec<Range>) -> bool {
        match byte {
            b'[' if self.list == List::Perhaps => {
                self.list = List::Inside;
                self.start = at + 1;
            }
            b'{' | b'[' => {
                self.begin(at);
                self.depth += 1;
            }
            b']' if self.depth == 0 && self.list == List::Inside => {
                self.end(text, at, records);
                self.list = List::Behind;
            }
            b'}' | b']' if self.depth == 0 => return false,
            b'}' | b']' => {
                self.depth -= 1;
                if self.depth == 0 {
                    self.end(text, at + 1, records);
                }
            }
            b'"' => {
                self.begin(at);
                self.string = Text::Inside;
            }
            b',' | b' ' | b'\t' | b'\r' | b'\n' if self.depth == 0 => self.end(text, at, records),
            _ => self.begin(at),
        }
        self.list != List::Behind || !self.is_begun
    }

    fn begin(&mut self, at: usize) {
        if self.list == List::Perhaps {
            self.list = List::None;
        }
        if !self.is_begun {
            (self.is_begun, self.start) = (true, at);
        }
    }
}

impl Split for JsonValues {
    fn scan(&mut self, text: &[u8], from: usize, records: &mut Vec<Range>) -> Result<(), usize> {
        for (at, byte) in text.iter().enumerate().skip(from) {
            match (self.string, byte) {
                (Text::Outside, byte) => {
                    if !self.step(*byte, text, at, records) {
                        return Err(at);
                    }
                }
                (Text::Escape, _) => self.string = Text::Inside,
                (Text::Inside, b'\\') => self.string = Text::Escape,
                (Text::Inside, b'"') => self.string = Text::Outside,
                (Text::Inside, _) => {}
            }
        }
        Ok(())
    }

    fn finish(&mut self, text: &[u8], records: &mut Vec<Range>) -> Result<(), usize> {
        let is_open = self.depth > 0 || self.string != Text::Outside || self.list == List::Inside;
        if is_open {
            return Err(text.len());
        }
        self.end(text, text.len(), records);
        Ok(())
    }

    fn shift(&mut self, by: usize) {
        self.start -= by;
    }

    fn start(&self) -> usize {
        self.start
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The records of `text`, however it is cut.
    #[track_caller]
    fn check(make: impl Fn() -> Box<dyn Split>, text: &str, expected: &[&str]) {
        for cut in 0..=text.len() {
            let (mut split, mut records) = (make(), Vec::new());
            let bytes = text.as_bytes();
            split.scan(&bytes[..cut], 0, &mut records).expect("it goes on");
            split.scan(bytes, cut, &mut records).expect("it goes on");
            split.finish(bytes, &mut records).expect("it may end");
            let found: Vec<&str> =
                records.iter().map(|(from, to)| &text[*from as usize..*to as usize]).collect();
            assert_eq!(found, expected, "{text:?} cut at {cut}");
        }
    }

    #[test]
    fn rows_end_outside_of_quotation_marks() {
        let rows = || -> Box<dyn Split> { Box::new(Rows::new(b',')) };
        check(rows, "a,b\r\n\r\nc,\"d\ne\"\"f\n\"\n\"g\"", &["a,b", "c,\"d\ne\"\"f\n\"", "\"g\""]);
        check(rows, "5\" pipe,b\nc,\"x\" y\nd", &["5\" pipe,b", "c,\"x\" y", "d"]);
    }

    #[test]
    fn cells_of_a_row() {
        let mut cells = Vec::new();
        let row = b"a,\"b,\"\"c\",,5\" pipe";
        Rows::cells(b',', row, &mut cells);
        let texts: Vec<&str> =
            cells.iter().map(|(from, to, _)| std::str::from_utf8(&row[*from..*to]).expect("ASCII")).collect();
        assert_eq!(texts, ["a", "\"b,\"\"c\"", "", "5\" pipe"]);
        assert_eq!(cells.iter().map(|cell| cell.2).collect::<Vec<_>>(), [false, true, false, false]);
    }

    #[test]
    fn values_of_a_list_and_values_in_a_row() {
        let values = || -> Box<dyn Split> { Box::new(JsonValues::default()) };
        check(
            values,
            r#" [ {"a": "]}\""}, 5 ,"x,y",[1,2] ] "#,
            &[r#"{"a": "]}\""}"#, "5", r#""x,y""#, "[1,2]"],
        );
        check(values, "{\n\"a\": 1}\n{\"b\": {}} {}", &["{\n\"a\": 1}", "{\"b\": {}}", "{}"]);
        check(values, "[]", &[]);
    }

    #[test]
    fn brackets_that_do_not_match_end_it() {
        let scan = |text: &str| {
            let (mut split, mut records) = (JsonValues::default(), Vec::new());
            let result = split.scan(text.as_bytes(), 0, &mut records);
            result.and_then(|()| split.finish(text.as_bytes(), &mut records))
        };
        assert_eq!(scan("[{}] {}"), Err(5));
        assert_eq!(scan("[{}}"), Err(3));
        assert_eq!(scan("[{}"), Err(3));
        assert_eq!(scan("{\"a"), Err(3));
    }
}
