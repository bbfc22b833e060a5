//! One table, one file.

use std::fs::File;
use std::io::Cursor;
use std::path::Path;

use mkba_core::table::Table;
use polars::prelude::{DataFrame, PolarsResult};
use polars_io::mmap::MmapBytesReader;
use polars_io::prelude::{
    CsvReadOptions, CsvWriter, ParallelStrategy, ParquetCompression, ParquetReader, ParquetWriter, QuoteStyle,
    SerReader, SerWriter, StatisticsOptions,
};

use crate::disk::HashedFile;
use crate::error::ResultsError;
use crate::frame;

/// Rows in a group of a Parquet file: at least these, fewer than twice as many, if the table has them. It is part of the
/// format of our files, since the bytes depend on it.
pub const PARQUET_ROWS_PER_GROUP: usize = 65_536;

/// Writes a table as CSV: comma, `.` as decimal sign, lines end in a line feed, an absent number is an empty cell.
///
/// Numbers have the fewest digits that read back as the same number. Gives the BLAKE3 hash of the file.
///
/// # Errors
/// The table is malformed, or the file cannot be written completely.
pub fn write_csv(table: &Table, path: impl AsRef<Path>) -> Result<String, ResultsError> {
    write(table, path.as_ref(), to_csv)
}

/// The text that [`write_csv`] writes.
///
/// # Errors
/// The table is malformed.
pub fn csv_text(table: &Table) -> Result<String, ResultsError> {
    table.check()?;
    let mut bytes = Vec::new();
    let path = Path::new(&table.name);
    frame::from_table(table)
        .and_then(|mut frame| to_csv(&mut bytes, &mut frame))
        .map_err(|error| ResultsError::reading(path, error))?;
    String::from_utf8(bytes).map_err(|error| ResultsError::unreadable(path, error))
}

fn to_csv(to: &mut impl std::io::Write, frame: &mut DataFrame) -> PolarsResult<()> {
    CsvWriter::new(to)
        .n_threads(1)
        .with_quote_style(QuoteStyle::Necessary)
        .finish(frame)
}

/// Writes a table as Parquet: zstd pages, minimum, maximum and count of absent values per group of
/// [`PARQUET_ROWS_PER_GROUP`] rows. Gives the BLAKE3 hash of the file.
///
/// # Errors
/// The table is malformed, or the file cannot be written completely.
pub fn write_parquet(table: &Table, path: impl AsRef<Path>) -> Result<String, ResultsError> {
    write(table, path.as_ref(), |file, frame| {
        ParquetWriter::new(file)
            .with_compression(ParquetCompression::Zstd(None))
            .with_statistics(StatisticsOptions::default())
            .with_row_group_size(Some(PARQUET_ROWS_PER_GROUP))
            .set_parallel(false)
            .finish(frame)
            .map(|_bytes| ())
    })
}

/// Reads a CSV file that was written by [`write_csv`]; the name of the table is the stem of the file.
///
/// Each column is whole, number, number with absences, or else text, whichever first fits all its cells.
///
/// # Errors
/// The file cannot be read, or is not CSV in UTF-8 with rows of equal length.
pub fn read_csv(path: impl AsRef<Path>) -> Result<Table, ResultsError> {
    csv_from(path.as_ref(), open(path.as_ref())?)
}

/// As [`read_csv`], from the bytes of the file at `path`.
pub(crate) fn csv_of_bytes(path: &Path, bytes: &[u8]) -> Result<Table, ResultsError> {
    csv_from(path, Cursor::new(bytes))
}

fn csv_from<Source: MmapBytesReader>(path: &Path, source: Source) -> Result<Table, ResultsError> {
    let all_cells_as_text = Some(0);
    let frame = CsvReadOptions::default()
        .with_has_header(true)
        .with_infer_schema_length(all_cells_as_text)
        .with_n_threads(Some(1))
        .into_reader_with_file_handle(source)
        .finish()
        .map_err(|error| ResultsError::reading(path, error))?;
    let mut table = Table::new(name_of(path));
    for column in frame.columns() {
        let cells = column.str().map_err(|error| ResultsError::reading(path, error))?;
        let cells: Vec<Option<&str>> = cells.iter().collect();
        table = table.with(column.name().as_str(), frame::values_of_cells(&cells));
    }
    Ok(table)
}

/// Reads a Parquet file that was written by [`write_parquet`]; the name of the table is the stem of the file.
///
/// # Errors
/// The file cannot be read, is damaged, or holds columns that are neither text, whole nor double numbers.
pub fn read_parquet(path: impl AsRef<Path>) -> Result<Table, ResultsError> {
    parquet_from(path.as_ref(), open(path.as_ref())?)
}

/// As [`read_parquet`], from the bytes of the file at `path`.
pub(crate) fn parquet_of_bytes(path: &Path, bytes: &[u8]) -> Result<Table, ResultsError> {
    parquet_from(path, Cursor::new(bytes))
}

fn parquet_from<Source: MmapBytesReader>(path: &Path, source: Source) -> Result<Table, ResultsError> {
    ParquetReader::new(source)
        .read_parallel(ParallelStrategy::None)
        .finish()
        .and_then(|frame| frame::to_table(&name_of(path), &frame))
        .map_err(|error| ResultsError::reading(path, error))
}

fn write(
    table: &Table,
    path: &Path,
    writer: impl FnOnce(&mut HashedFile, &mut DataFrame) -> PolarsResult<()>,
) -> Result<String, ResultsError> {
    table.check()?;
    let mut file = HashedFile::create(path)?;
    match frame::from_table(table).and_then(|mut frame| writer(&mut file, &mut frame)) {
        Ok(()) => file.finish(path),
        Err(error) => Err(ResultsError::cannot_write(path)(file.refusal(error))),
    }
}

fn open(path: &Path) -> Result<File, ResultsError> {
    File::open(path).map_err(ResultsError::cannot_read(path))
}

fn name_of(path: &Path) -> String {
    path.file_stem()
        .map(|stem| stem.to_string_lossy().into_owned())
        .unwrap_or_default()
}
